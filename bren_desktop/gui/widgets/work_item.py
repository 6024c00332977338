"""Draws a line of the werkvoorraad: title, what to do, and a badge per reason."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bren_desktop.domain.entities import Kind
from bren_desktop.gui import icons, theme
from bren_desktop.gui.widgets.badge import badge_width, paint_badge
from bren_desktop.gui.widgets.work_words import detail, reason_badge, title
from bren_desktop.services.worklist import WorkItem

_ROLE = Qt.ItemDataRole.UserRole
_HEIGHT, _PADDING, _ICON, _GAP = 56, 12, 22, 8
_ICONS = {Kind.CASE.value: "cases", Kind.EXPERT.value: "pool"}


class WorkItemDelegate(QStyledItemDelegate):
    """Two lines of text at the left, badges at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(300, max(_HEIGHT, 2 * QFontMetrics(option.font).height() + 2 * _PADDING))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: WorkItem = index.data(_ROLE)
        colours = theme.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option, selected)
        ink = colours.colour("on_accent_soft" if selected else "text")
        soft = ink if selected else colours.colour("muted")
        area = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        middle = area.center().y() - _ICON // 2
        icons.paint_icon(painter, _icon(item), QRect(area.left(), middle, _ICON, _ICON), soft)
        area.setLeft(area.left() + _ICON + _PADDING)
        painter.setFont(option.font)
        area.setRight(_paint_badges(painter, area, item) - _GAP)
        _paint_lines(painter, area, item, (ink, soft))
        painter.restore()


def _icon(item: WorkItem) -> str:
    return "pencil" if item.draft and not item.kind else _ICONS.get(item.kind, "cases")


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, selected: bool) -> None:
    colours = theme.current()
    if selected:
        painter.fillRect(option.rect, colours.colour("accent_soft"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, colours.colour("hover"))
    painter.setPen(colours.colour("border"))
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


def _paint_badges(painter: QPainter, area: QRect, item: WorkItem) -> int:
    """Draw the badges from the right; the left edge of the last one."""
    left = area.right()
    for reason in reversed(item.reasons):
        badge = reason_badge(reason)
        width = badge_width(badge, painter.font()) + 1
        paint_badge(painter, QRect(left - width, area.top(), width, area.height()), badge)
        left -= width + _GAP
    return left


def _paint_lines(painter: QPainter, area: QRect, item: WorkItem, inks: tuple[QColor, QColor]) -> None:
    lines = [(title(item), True), (detail(item), False)]
    shown = [(text, strong) for text, strong in lines if text]
    height = painter.fontMetrics().height()
    top = area.center().y() - height * len(shown) // 2
    for text, strong in shown:
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        painter.save()
        painter.setFont(font)
        painter.setPen(inks[0] if strong else inks[1])
        words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(QRect(area.left(), top, area.width(), height), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
        top += height
