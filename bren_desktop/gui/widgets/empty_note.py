"""What stands in the place of a list with nothing in it: that it is so, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.gui.forms.empty_note import Ui_EmptyNote


class EmptyNote(QWidget):
    """A title with a text below it, in the middle, and a button where there is a step to take: `wanted`."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_EmptyNote()
        self.ui.setupUi(self)
        self.ui.action.hide()
        self.ui.action.clicked.connect(self.wanted)

    def say(self, title: str, text: str, action: str = "") -> None:
        """Say this; the button has the words of `action`, and is not there without them."""
        self.ui.title.setText(title)
        self.ui.text.setText(text)
        self.ui.action.setText(action or self.ui.action.text())
        self.ui.action.setVisible(bool(action))
