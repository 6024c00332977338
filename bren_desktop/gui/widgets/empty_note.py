"""What stands in the place of a list with nothing in it: that it is so, and what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from bren_desktop.gui.forms.empty_note import Ui_EmptyNote


class EmptyNote(QWidget):
    """A title with a text below it, in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_EmptyNote()
        self.ui.setupUi(self)

    def say(self, title: str, text: str) -> None:
        self.ui.title.setText(title)
        self.ui.text.setText(text)
