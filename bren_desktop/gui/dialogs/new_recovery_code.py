"""Ask for the passphrase, then make a new recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.gui.dialogs.key_work import KeyWork
from bren_desktop.gui.forms.new_recovery_code import Ui_NewRecoveryCode
from bren_desktop.gui.tasks import Tasks

if TYPE_CHECKING:
    from bren_desktop.domain.keyring_state import KeyringState
    from bren_desktop.services.keys import Keys


class NewRecoveryCodeDialog(QDialog):
    """Accepted once there is a new code; `made` carries it with the state of the keyring."""

    made = Signal(str, object)

    def __init__(self, keys: Keys, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_NewRecoveryCode()
        self.ui.setupUi(self)
        self._keys = keys
        self._work = KeyWork(self.ui, tasks, [self.ui.current], [self.ui.make, self.ui.cancel], self)
        self.ui.make.clicked.connect(self._on_make)
        self.ui.cancel.clicked.connect(self.reject)

    def _on_make(self) -> None:
        current = self.ui.current.text()
        keys = self._keys
        self._work.start(
            lambda: (keys.new_recovery_code(current), keys.keyring_state()), self._on_made, self.ui.current
        )

    def _on_made(self, answer: tuple[str, KeyringState]) -> None:
        self.accept()
        self.made.emit(*answer)
