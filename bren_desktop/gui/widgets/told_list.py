"""A list inside a card: what each record is, what there is to say about it, and a badge. As high as what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from bren_desktop.gui import theme
from bren_desktop.gui.models.columns import Badge
from bren_desktop.gui.widgets.badge import badge_width, paint_badge

_ROLE = Qt.ItemDataRole.UserRole
_SIDE, _ABOVE, _GAP, _BADGE = 4, 8, 12, 22
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_ENOUGH = 100_000


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the list: `key` comes back when it is chosen."""

    key: str
    title: str
    text: str = ""
    badge: Badge | None = None

    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join(part for part in (self.title, self.badge.word if self.badge else "", self.text) if part)


class ToldList(QListWidget):
    """`chosen` carries the key of a line on Enter or a double click; `pressed` a letter of `letters` and the key."""

    chosen = Signal(str)
    letter_pressed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letters = ""
        self.setProperty("role", "plain")
        self.setItemDelegate(_ToldDelegate(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.itemActivated.connect(lambda item: self.chosen.emit(item.data(_ROLE).key))
        self.hide()

    def show_lines(self, lines: Sequence[Told]) -> None:
        """Show these lines; the one that was chosen stays so."""
        before = self.current()
        self.clear()
        for line in lines:
            item = QListWidgetItem(self)
            item.setData(_ROLE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken())
        keys = [line.key for line in lines]
        self.setCurrentRow(keys.index(before) if before in keys else 0)
        self.setVisible(bool(lines))
        self._fit()

    def current(self) -> str:
        """The key of the line under the cursor; empty without one."""
        item: QListWidgetItem | None = self.currentItem()
        return item.data(_ROLE).key if item is not None else ""

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


class _ToldDelegate(QStyledItemDelegate):
    """Title and text wrap at the left of the badge."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, ToldList) else option.rect.width()
        title, text = _rooms(QRect(0, 0, width, _ENOUGH), index.data(_ROLE), option.font)
        return QSize(width, max(text.bottom(), title.bottom(), _ABOVE + _BADGE) + _ABOVE + 1)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Told = index.data(_ROLE)
        colours = theme.current()
        selected = _is_selected(option) and bool(option.state & QStyle.StateFlag.State_Active)
        painter.save()
        _paint_ground(painter, option, selected=selected)
        title, text = _rooms(option.rect, line, option.font)
        painter.setFont(_strong(option.font))
        painter.setPen(colours.colour("on_accent_soft" if selected else "text"))
        painter.drawText(title, _WRAPPED, line.title)
        painter.setFont(option.font)
        painter.setPen(colours.colour("on_accent_soft" if selected else "muted"))
        painter.drawText(text, _WRAPPED, line.text)
        if line.badge:
            width = badge_width(line.badge, option.font) + 1
            corner = QPoint(option.rect.right() - _SIDE - width, option.rect.top() + _ABOVE - 2)
            paint_badge(painter, QRect(corner, QSize(width, _BADGE)), line.badge)
        painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, *, selected: bool) -> None:
    colours = theme.current()
    if selected:
        painter.fillRect(option.rect, colours.colour("accent_soft"))
    elif _is_selected(option) or option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, colours.colour("hover"))
    painter.setPen(colours.colour("border"))
    painter.drawLine(option.rect.topLeft(), option.rect.topRight())


def _is_selected(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)


def _rooms(area: QRect, line: Told, font: QFont) -> tuple[QRect, QRect]:
    """Where title and text go within `area`."""
    badge = badge_width(line.badge, font) + _GAP if line.badge else 0
    left, top, width = area.left() + _SIDE, area.top() + _ABOVE, area.width() - 2 * _SIDE
    title = QFontMetrics(_strong(font)).boundingRect(QRect(left, top, width - badge, _ENOUGH), _WRAPPED, line.title)
    below = QRect(left, title.bottom() + 2, width, _ENOUGH)
    return title, QFontMetrics(font).boundingRect(below, _WRAPPED, line.text) if line.text else QRect(
        left, title.bottom(), width, 0
    )


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
