"""Draws what a record is, strong, with below it what there is to say about it, and a badge at the right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bren_desktop.gui import theme
from bren_desktop.gui.models.columns import Badge
from bren_desktop.gui.widgets.badge import badge_width, paint_badge

TOLD_ROLE = Qt.ItemDataRole.UserRole
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


def add_told(view: QListWidget, line: Told) -> None:
    """Add a line to a list that draws by a ToldDelegate."""
    item = QListWidgetItem(view)
    item.setData(TOLD_ROLE, line)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken())


class ToldDelegate(QStyledItemDelegate):
    """Title and text wrap at the left of the badge, `side` from the edges of the list."""

    def __init__(self, view: QListWidget, side: int = _SIDE) -> None:
        super().__init__(view)
        self._view, self._side = view, side

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        title, text = _rooms(self._within(QRect(0, 0, width, _ENOUGH)), index.data(TOLD_ROLE), option.font)
        return QSize(width, max(text.bottom(), title.bottom(), _ABOVE + _BADGE) + _ABOVE + 1)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Told = index.data(TOLD_ROLE)
        colours = theme.current()
        selected = _is_selected(option) and bool(option.state & QStyle.StateFlag.State_Active)
        painter.save()
        _paint_ground(painter, option, selected=selected)
        area = self._within(option.rect)
        title, text = _rooms(area, line, option.font)
        painter.setFont(_strong(option.font))
        painter.setPen(colours.colour("on_accent_soft" if selected else "text"))
        painter.drawText(title, _WRAPPED, line.title)
        painter.setFont(option.font)
        painter.setPen(colours.colour("on_accent_soft" if selected else "muted"))
        painter.drawText(text, _WRAPPED, line.text)
        if line.badge:
            width = badge_width(line.badge, option.font) + 1
            corner = QPoint(area.right() - width, area.top() + _ABOVE - 2)
            paint_badge(painter, QRect(corner, QSize(width, _BADGE)), line.badge)
        painter.restore()

    def _within(self, room: QRect) -> QRect:
        return room.adjusted(self._side, 0, -self._side, 0)


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
    left, top, width = area.left(), area.top() + _ABOVE, area.width()
    title = QFontMetrics(_strong(font)).boundingRect(QRect(left, top, width - badge, _ENOUGH), _WRAPPED, line.title)
    below = QRect(left, title.bottom() + 2, width, _ENOUGH)
    return title, QFontMetrics(font).boundingRect(below, _WRAPPED, line.text) if line.text else QRect(
        left, title.bottom(), width, 0
    )


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
