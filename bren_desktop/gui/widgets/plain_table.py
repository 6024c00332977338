"""A short table of texts, all of it loaded: read row by row with the arrow keys."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from bren_desktop.gui import icons

_ROW_HEIGHT = 34
_LAST, _MOST = 160, 2.0


class PlainTable(QTableWidget):
    """Rows of texts under titles; a row can be flagged, with a sign in one of its cells.

    Where there is room to spare the columns share it, until the user drags one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widths: Sequence[int] = ()
        self._is_dragged = False
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.sectionResized.connect(self._on_section_resized)

    def set_columns(self, titles: Sequence[str], widths: Sequence[int]) -> None:
        """What stands above the columns, and how wide each is at least but for the last."""
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(list(titles))
        self._widths = widths
        self._share_out()

    def show_rows(self, rows: Sequence[Sequence[str]], flagged: Container[int] = (), sign: int = 0) -> None:
        """Show these rows, the cursor on the first; those `flagged` with a sign in the cell of column `sign`."""
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                if place in flagged and column == sign:
                    item.setIcon(icons.icon("warning"))
                self.setItem(place, column, item)
        if rows:
            self.setCurrentCell(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_dragged:
            self._share_out()

    def _share_out(self) -> None:
        """Let every column grow by its share."""
        growth = self.viewport().width() / (sum(self._widths) + _LAST)
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, int(width * min(_MOST, max(1.0, growth))))

    def _on_section_resized(self) -> None:
        self._is_dragged = self._is_dragged or bool(QGuiApplication.mouseButtons())
