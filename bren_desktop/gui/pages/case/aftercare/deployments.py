"""The pareltjes at work on a case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.aftercare import Deployment
from bren_desktop.gui.aftercare_words import deployment_line
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.deployment import DeploymentDialog
from bren_desktop.gui.forms.tab_aftercare import Ui_AftercareTab
from bren_desktop.gui.pages.case.aftercare.loading import Loaded, experts
from bren_desktop.gui.pages.case.aftercare.part import Part, say
from bren_desktop.services.below import Filed


class Deployments(Part):
    """Enter on an inzet opens its next step."""

    def __init__(self, desk: Desk, ui: Ui_AftercareTab, tab: QWidget) -> None:
        super().__init__(desk, ui, tab)
        self._case = ""
        self._held: Mapping[str, Filed[Deployment]] = {}
        ui.add_deployment.clicked.connect(self._on_add)
        ui.deployment_step.clicked.connect(self._on_step)
        ui.deployments.chosen.connect(self._on_step)

    def show(self, loaded: Loaded, *, editable: bool) -> None:
        self.editable, self._case = editable, loaded.case
        self._held = {held.entity: held for held in loaded.deployments}
        self.ui.deployments.show_lines([deployment_line(held, loaded.names) for held in loaded.deployments])
        self.ui.add_deployment.setVisible(editable)
        self.ui.deployment_step.setVisible(editable and bool(self._held))
        say(
            self.ui.deployments_state,
            ""
            if self._held
            else self.tr(
                "Hier komt welk pareltje meedoet, van vraag tot evaluatie. Vraag een inzet zodra u weet wie er past."
            ),
        )

    def _on_add(self) -> None:
        self._open(None)

    def _on_step(self) -> None:
        held = self._held.get(self.ui.deployments.current())
        if held is not None and self.editable:
            self._open(held)

    def _open(self, held: Filed[Deployment] | None) -> None:
        workspace = self.desk.workspace
        self.desk.tasks.ask(lambda: experts(workspace), partial(self._on_experts, self._case, held))

    def _on_experts(self, case: str, held: Filed[Deployment] | None, pool: Mapping[str, str]) -> None:
        self.open(DeploymentDialog(self.desk, case, pool, held, parent=self.tab.window()), self.ui.deployments)
