"""What the parts of the tab Opvolging share."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QWidget

from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.tab_aftercare import Ui_AftercareTab
from bren_desktop.gui.pages.case.aftercare.loading import Loaded


class Part(QObject):
    """One card of the tab. `changed` tells that something was recorded, and where the keyboard goes back to."""

    changed = Signal(QWidget)

    def __init__(self, desk: Desk, ui: Ui_AftercareTab, tab: QWidget) -> None:
        super().__init__(tab)
        self.desk, self.ui, self.tab = desk, ui, tab
        self.editable = False

    def show(self, loaded: Loaded, *, editable: bool) -> None:
        """Show what was loaded; `editable`: the user may follow up this case."""
        raise NotImplementedError

    def today(self) -> date:
        return self.desk.workspace.context.today()

    def open(self, dialog: RecordDialog[Any], home: QWidget) -> None:
        """Open a window; what it recorded is seen at `home`."""
        dialog.recorded.connect(lambda: self.changed.emit(home))
        dialog.open()


def say(label: QLabel, text: str) -> None:
    """Show a sentence, or nothing."""
    label.setText(text)
    label.setVisible(bool(text))
