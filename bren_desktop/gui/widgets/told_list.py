"""A list inside a card: what each record is, what there is to say about it, and a badge. As high as what it holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from bren_desktop.gui.widgets.told_item import TOLD_ROLE, Told, ToldDelegate, add_told


class ToldList(QListWidget):
    """`chosen` carries the key of a line on Enter or a double click; `pressed` a letter of `letters` and the key."""

    chosen = Signal(str)
    letter_pressed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letters = ""
        self.setProperty("role", "plain")
        self.setItemDelegate(ToldDelegate(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.itemActivated.connect(lambda item: self.chosen.emit(item.data(TOLD_ROLE).key))
        self.hide()

    def show_lines(self, lines: Sequence[Told]) -> None:
        """Show these lines; the one that was chosen stays so."""
        before = self.current()
        self.clear()
        for line in lines:
            add_told(self, line)
        keys = [line.key for line in lines]
        self.setCurrentRow(keys.index(before) if before in keys else 0)
        self.setVisible(bool(lines))
        self._fit()

    def current(self) -> str:
        """The key of the line under the cursor; empty without one."""
        item: QListWidgetItem | None = self.currentItem()
        return item.data(TOLD_ROLE).key if item is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().casefold()
        if letter and letter in self.letters and not event.modifiers() and self.current():
            self.letter_pressed.emit(letter, self.current())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _fit(self) -> None:
        heights = (self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(sum(heights) + 2 * self.frameWidth())
