"""Open the profile with the code on paper, and choose a new passphrase at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from bren_desktop.errors import UserFacingError
from bren_desktop.gui.dialogs.key_work import KeyWork, refused, strength_sentence
from bren_desktop.gui.door import ProfileDoor
from bren_desktop.gui.forms.recovery import Ui_Recovery
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.tasks import Tasks

if TYPE_CHECKING:
    from bren_desktop.services.workspace import Workspace


class RecoveryPanel(QWidget):
    """Gives the opened workspace through `opened`, its passphrase already replaced."""

    opened = Signal(object)
    back_wanted = Signal()

    def __init__(self, door: ProfileDoor, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_Recovery()
        self.ui.setupUi(self)
        self._door = door
        edits = [self.ui.passphrase, self.ui.again]
        self._work = KeyWork(self.ui, tasks, edits, [self.ui.code, self.ui.open, self.ui.back], self)
        self._show_strength("")
        self.ui.passphrase.textChanged.connect(self._show_strength)
        self.ui.open.clicked.connect(self._on_open)
        self.ui.again.returnPressed.connect(self._on_open)
        self.ui.back.clicked.connect(self.back_wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ui.code.setFocus()

    def _show_strength(self, passphrase: str) -> None:
        self.ui.strength.setText(strength_sentence(passphrase))

    def _on_open(self) -> None:
        code, passphrase = self.ui.code.text(), self.ui.passphrase.text()
        problem = refused(passphrase, self.ui.again.text())
        if not code.strip():
            self._work.show_problem(self.tr("Vul de herstelcode in."), self.ui.code)
        elif problem:
            self._work.show_problem(sentence(problem), self.ui.passphrase)
        else:
            self._work.start(lambda: self._recover(code, passphrase), self._on_opened, self.ui.code)

    def _recover(self, code: str, passphrase: str) -> Workspace:
        workspace = self._door.unlock_with_recovery(code)
        try:
            workspace.keys.replace_passphrase(passphrase)
        except UserFacingError:
            workspace.lock()
            raise
        return workspace

    def _on_opened(self, workspace: Workspace) -> None:
        self.ui.code.clear()
        self.opened.emit(workspace)
