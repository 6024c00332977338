"""An answer given with one key, for a list that is gone through at the table: j, n or -."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from bren_desktop.gui.widgets.choice import ChoiceEdit

_CLEARS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class AnswerEdit(ChoiceEdit):
    """Takes the option of which a word is the key that was pressed. `answered` tells that one may go on."""

    answered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().casefold()
        code = self._options.code(key) if key.strip() else ""
        if self.isReadOnly() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif code:
            self._take(code)
            self.answered.emit()
        elif event.key() in _CLEARS:
            self._take("")
        else:
            super().keyPressEvent(event)

    def _take(self, code: str) -> None:
        self.close_offers()
        self.set_raw(code)
        self.edited.emit()
