"""The escalatieladder of a case: its steps, and when it is time to think of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.aftercare import Escalation
from bren_desktop.gui.aftercare_words import escalation_line, stagnation_words
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.escalation import EscalationDialog
from bren_desktop.gui.forms.tab_aftercare import Ui_AftercareTab
from bren_desktop.gui.pages.case.aftercare.loading import Loaded
from bren_desktop.gui.pages.case.aftercare.part import Part, say
from bren_desktop.gui.widgets.ladder import Rung
from bren_desktop.gui.widgets.look import restyle
from bren_desktop.services.below import Filed


class Escalations(Part):
    """Enter on a step opens its result."""

    def __init__(self, desk: Desk, ui: Ui_AftercareTab, tab: QWidget) -> None:
        super().__init__(desk, ui, tab)
        self._case = ""
        self._held: Mapping[str, Filed[Escalation]] = {}
        restyle(ui.stagnation_bar, "tone", "warn")
        ui.escalate.clicked.connect(self._on_escalate)
        ui.change_escalation.clicked.connect(self._on_change)
        ui.escalations.chosen.connect(self._on_change)

    def show(self, loaded: Loaded, *, editable: bool) -> None:
        self.editable, self._case = editable, loaded.case
        self._held = {held.entity: held for held in loaded.escalations}
        today, ui = self.today(), self.ui
        ui.ladder.show_rungs(_rungs(held.record for held in loaded.escalations))
        ui.escalations.show_lines([escalation_line(held, today) for held in loaded.escalations])
        ui.escalate.setVisible(editable)
        ui.change_escalation.setVisible(editable and bool(self._held))
        numbers = {each.point.id: number for number, each in enumerate(loaded.standings, 1)}
        reason = stagnation_words(loaded.stagnation, numbers, today)
        ui.stagnation_text.setText(reason)
        ui.stagnation_bar.setVisible(bool(reason))
        empty = self.tr("Loopt het vast? Zet hier een stap, met het besluit dat u vraagt en aan wie.")
        say(ui.escalations_state, "" if self._held else empty)

    def _on_escalate(self) -> None:
        before = [held.record for held in self._held.values()]
        self.open(EscalationDialog(self.desk, self._case, before, None, self.tab.window()), self.ui.escalations)

    def _on_change(self) -> None:
        held = self._held.get(self.ui.escalations.current())
        if held is not None and self.editable:
            self.open(EscalationDialog(self.desk, self._case, (), held, self.tab.window()), self.ui.escalations)


def _rungs(steps: Iterable[Escalation]) -> dict[str, Rung]:
    """How each step stands; one that runs again runs."""
    found: dict[str, Rung] = {}
    for step in steps:
        if step.is_open or step.stap not in found:
            found[step.stap] = Rung.RUNNING if step.is_open else Rung.CLOSED
    return found
