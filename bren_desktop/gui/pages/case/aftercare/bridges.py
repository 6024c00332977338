"""The overbruggingen of a case: those that run, and what became of those that ended."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.aftercare import Bridge
from bren_desktop.gui.aftercare_words import bridge_line
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.bridge import BridgeCheckDialog, BridgeDialog
from bren_desktop.gui.forms.tab_aftercare import Ui_AftercareTab
from bren_desktop.gui.pages.case.aftercare.loading import Loaded
from bren_desktop.gui.pages.case.aftercare.part import Part, say
from bren_desktop.services.below import Filed


class Bridges(Part):
    """Enter on one that runs records a look at it."""

    def __init__(self, desk: Desk, ui: Ui_AftercareTab, tab: QWidget) -> None:
        super().__init__(desk, ui, tab)
        self._case = ""
        self._held: Mapping[str, Filed[Bridge]] = {}
        ui.add_bridge.clicked.connect(self._on_add)
        ui.check_bridge.clicked.connect(self._on_check)
        ui.change_bridge.clicked.connect(self._on_change)
        ui.bridges.chosen.connect(self._on_check)
        ui.bridges.currentItemChanged.connect(self._on_current_changed)

    def show(self, loaded: Loaded, *, editable: bool) -> None:
        self.editable, self._case = editable, loaded.case
        self._held = {held.entity: held for held in loaded.bridges}
        self.ui.bridges.show_lines([bridge_line(held, self.today()) for held in loaded.bridges])
        self.ui.add_bridge.setVisible(editable)
        self._on_current_changed()
        say(
            self.ui.bridges_state,
            ""
            if self._held
            else self.tr("Doe nooit niets: leg hier vast welke hulp er is totdat de juiste hulp begint."),
        )

    def _current(self) -> Filed[Bridge] | None:
        return self._held.get(self.ui.bridges.current()) if self.editable else None

    def _on_current_changed(self) -> None:
        held = self._current()
        self.ui.change_bridge.setVisible(held is not None)
        self.ui.check_bridge.setVisible(held is not None and held.record.is_open)

    def _on_add(self) -> None:
        self.open(BridgeDialog(self.desk, self._case, None, self.tab.window()), self.ui.bridges)

    def _on_check(self) -> None:
        held = self._current()
        if held is not None and held.record.is_open:
            self.open(BridgeCheckDialog(self.desk, self._case, held, self.tab.window()), self.ui.bridges)

    def _on_change(self) -> None:
        held = self._current()
        if held is not None:
            self.open(BridgeDialog(self.desk, self._case, held, self.tab.window()), self.ui.bridges)
