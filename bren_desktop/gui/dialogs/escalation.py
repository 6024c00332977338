"""A step on the escalatieladder: set, and closed with its result."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.aftercare import Escalation
from bren_desktop.domain.escalating import goes_up, next_rung
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.escalation import Ui_EscalationForm
from bren_desktop.gui.widgets.look import fit
from bren_desktop.services.below import Filed


class EscalationDialog(RecordDialog[Escalation]):
    """A new step after those `before`; with `held`, one that is there already and may be closed."""

    def __init__(
        self,
        desk: Desk,
        case: str,
        before: Sequence[Escalation],
        held: Filed[Escalation] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, f"casus:{case}:escalatie:{held.entity if held else ''}", parent)
        self._case, self._before, self._held = case, before, held
        self.ui = Ui_EscalationForm()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr("Vul onderaan in wat deze stap opleverde en wanneer.")
            if held
            else self.tr("Elke stap gaat een trede omhoog. Een lagere stap mag, met de reden erbij.")
        )
        today = desk.workspace.context.today()
        start = held.record if held else Escalation(stap=next_rung(before), op=today)
        self.bind(Escalation, start, self.ui.save, self.ui.cancel)
        self.ui.field_stap.setEnabled(held is None)
        for field in (self.ui.field_afgesloten_op, self.ui.field_resultaat):
            field.setVisible(held is not None)
        (self.ui.field_afgesloten_op if held else self.ui.field_stap).setFocus()

    def write(self, record: Escalation) -> Callable[[], object]:
        workspace, case, held = self.desk.workspace, self._case, self._held
        if held is None:
            return lambda: workspace.aftercare.escalate(workspace.actor, case, record)
        fields = self.binding.changed_fields()
        return lambda: workspace.aftercare.amend_escalation(workspace.actor, held.entity, record, fields, held.seen)

    def shown(self, record: Escalation | None) -> None:
        rung = str(self.binding.raw().get("stap"))
        said = bool(self._held and self._held.record.waarom_niet_hoger)
        self.ui.field_waarom_niet_hoger.setVisible(said or not goes_up(rung, self._before))
        fit(self)

    def done_text(self) -> str:
        return self.tr("Stap vastgelegd.")
