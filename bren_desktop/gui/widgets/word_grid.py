"""The six words that two people compare: large, numbered, in two rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

_COLUMNS = 3


class WordGrid(QWidget):
    """A screen reader reads them one after the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 8, 8, 8)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(2 * _COLUMNS, 1)
        self._labels: list[QLabel] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def words(self) -> tuple[str, ...]:
        """What is shown."""
        return tuple(label.text() for label in self._labels)

    def show_words(self, words: Sequence[str]) -> None:
        """Show these words."""
        for label in self.findChildren(QLabel):
            self._grid.removeWidget(label)
            label.deleteLater()
        self._labels = []
        for place, word in enumerate(words):
            row, column = divmod(place, _COLUMNS)
            self._grid.addWidget(self._label(str(place + 1), "hint"), row, 2 * column)
            self._labels.append(self._label(word, "code"))
            self._grid.addWidget(self._labels[-1], row, 2 * column + 1)
        self.setAccessibleName(self.tr("Zes woorden: {words}").format(words=", ".join(words)))

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setText(text)
        return label
