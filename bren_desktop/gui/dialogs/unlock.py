"""The first thing that a user sees: unlock the profile with its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from bren_desktop.gui.dialogs.key_work import KeyWork
from bren_desktop.gui.door import ProfileDoor
from bren_desktop.gui.forms.unlock import Ui_Unlock
from bren_desktop.gui.tasks import Tasks


class UnlockPanel(QWidget):
    """Gives the opened workspace through `opened`; the others ask for the ways with the code on paper and a backup."""

    opened = Signal(object)
    recovery_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, door: ProfileDoor, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_Unlock()
        self.ui.setupUi(self)
        self._door = door
        self._work = KeyWork(
            self.ui, tasks, [self.ui.passphrase], [self.ui.open, self.ui.recover, self.ui.restore], self
        )
        self.ui.open.clicked.connect(self._on_open)
        self.ui.passphrase.returnPressed.connect(self._on_open)
        self.ui.recover.clicked.connect(self.recovery_wanted)
        self.ui.restore.clicked.connect(self.restore_wanted)

    def tell(self, text: str) -> None:
        """Say something besides, above the passphrase."""
        self.ui.hint.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ui.passphrase.setFocus()

    def _on_open(self) -> None:
        passphrase = self.ui.passphrase.text()
        if not passphrase:
            self._work.show_problem(self.tr("Vul uw wachtwoord in."), self.ui.passphrase)
            return
        self._work.start(lambda: self._door.unlock(passphrase), self.opened.emit, self.ui.passphrase)
