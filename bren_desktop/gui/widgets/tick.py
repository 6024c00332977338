"""One tick in a row of a form."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QWidget

AS_HIGH_AS_A_LINE = 32


class Tick(QCheckBox):
    """`raw` is "ja", or empty where it is not ticked."""

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(AS_HIGH_AS_A_LINE)
        self.clicked.connect(self.edited)

    def raw(self) -> str:
        """Whether it is ticked."""
        return "ja" if self.isChecked() else ""

    def set_raw(self, value: object) -> None:
        """Tick it for "ja"."""
        self.setChecked(value == "ja")

    def setReadOnly(self, read_only: bool) -> None:
        """Show only."""
        self.setEnabled(not read_only)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
