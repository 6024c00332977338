"""Choose a new passphrase, or show that the present one is known before something that needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.gui.dialogs.key_work import KeyWork, refused, strength_sentence
from bren_desktop.gui.forms.change_passphrase import Ui_ChangePassphrase
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.tasks import Tasks

if TYPE_CHECKING:
    from bren_desktop.services.keys import Keys


class ChangePassphraseDialog(QDialog):
    """Accepted once the passphrase is another."""

    def __init__(self, keys: Keys, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ChangePassphrase()
        self.ui.setupUi(self)
        self._keys = keys
        edits = [self.ui.current, self.ui.passphrase, self.ui.again]
        self._work = KeyWork(self.ui, tasks, edits, [self.ui.change, self.ui.cancel], self)
        self._show_strength("")
        self.ui.passphrase.textChanged.connect(self._show_strength)
        self.ui.change.clicked.connect(self._on_change)
        self.ui.cancel.clicked.connect(self.reject)

    def _show_strength(self, passphrase: str) -> None:
        self.ui.strength.setText(strength_sentence(passphrase))

    def _on_change(self) -> None:
        current, new = self.ui.current.text(), self.ui.passphrase.text()
        problem = refused(new, self.ui.again.text())
        if problem:
            self._work.show_problem(sentence(problem), self.ui.passphrase)
            return
        self._work.start(lambda: self._keys.change_passphrase(current, new), lambda _: self.accept(), self.ui.current)
