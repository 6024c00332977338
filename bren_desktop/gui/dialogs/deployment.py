"""An inzet of a pareltje: asked, and then step by step. The window shows what was told and the next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.aftercare import Deployment
from bren_desktop.domain.deploying import DECLINED, TOLD_AT, Step, next_step
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.deployment import Ui_DeploymentForm
from bren_desktop.gui.widgets.field import Field
from bren_desktop.gui.widgets.look import fit
from bren_desktop.services.below import Filed


class DeploymentDialog(RecordDialog[Deployment]):
    """`experts`: the pool as people choose from it, name to entity; `expert`: the name to begin with.

    With `held`, an inzet that was asked already.
    """

    def __init__(
        self,
        desk: Desk,
        case: str,
        experts: Mapping[str, str],
        held: Filed[Deployment] | None = None,
        expert: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, f"casus:{case}:inzet:{held.entity if held else ''}", parent)
        self._case, self._experts, self._held = case, experts, held
        self.ui = Ui_DeploymentForm()
        self.ui.setupUi(self)
        today = desk.workspace.context.today()
        record = held.record if held else Deployment(gevraagd_op=today, expert=expert)
        names = {entity: name for name, entity in experts.items()}
        start = record.model_copy(update={"expert": names.get(record.expert, record.expert)})
        self.bind(Deployment, start, self.ui.save, self.ui.cancel, {"expert": tuple(experts)})
        self.ui.about.setText(
            self.tr("Een inzet volgt u van vraag tot evaluatie. Een los consult registreert u op het tabblad Matching.")
        )
        upcoming = next_step(record) if held else Step.REQUEST
        self._show_steps(upcoming)
        self._first_field(upcoming).setFocus()

    def write(self, record: Deployment) -> Callable[[], object]:
        workspace, case, held = self.desk.workspace, self._case, self._held
        whole = record.model_copy(update={"expert": self._experts.get(record.expert, record.expert)})
        if held is None:
            return lambda: workspace.aftercare.request_expert(workspace.actor, case, whole)
        fields = self.binding.changed_fields()
        return lambda: workspace.aftercare.amend_deployment(workspace.actor, held.entity, whole, fields, held.seen)

    def shown(self, record: Deployment | None) -> None:
        refused = self.binding.raw().get("antwoord") == DECLINED
        self.ui.field_reden_afwijzing.setVisible(refused)
        fit(self)

    def done_text(self) -> str:
        return self.tr("Inzet vastgelegd.")

    def _first_field(self, upcoming: Step | None) -> Field:
        """Where the keyboard begins."""
        if upcoming not in (None, Step.REQUEST):
            return self.binding.fields[upcoming]
        return self.ui.field_inzetvorm if self.binding.raw()["expert"] else self.ui.field_expert

    def _show_steps(self, upcoming: Step | None) -> None:
        """Offer the steps that were taken and the next; after the last one all of them."""
        steps = list(Step)
        if upcoming is not None:
            steps = steps[: steps.index(upcoming) + 1]
        elif self._held and self._held.record.antwoord == DECLINED:
            steps = [Step.REQUEST, Step.ANSWER]
        shown = {field for step in steps for field in (step.value, *TOLD_AT[step])}
        for name, field in self.binding.fields.items():
            field.setVisible(name in shown)
