"""Draws a line of the werkvoorraad: what to do in which case, and why and when in badges; or the head of a section."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bren_desktop.domain.entities import Kind
from bren_desktop.gui import icons, theme
from bren_desktop.gui.models.columns import Badge
from bren_desktop.gui.models.worklist import ITEM_ROLE, TODAY_ROLE, Head
from bren_desktop.gui.widgets.badge import badge_width, paint_badge
from bren_desktop.gui.widgets.work_words import badges, detail, headline
from bren_desktop.services.work_items import Section, WorkItem

_HEIGHT, _HEAD_HEIGHT, _PADDING, _ICON, _GAP = 52, 36, 12, 22, 8
_ICONS = {Kind.CASE.value: "cases", Kind.EXPERT.value: "pool"}
_STRONG = QFont.Weight.DemiBold


class WorkItemDelegate(QStyledItemDelegate):
    """Two lines of text at the left, badges at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = QFontMetrics(option.font).height()
        if isinstance(index.data(ITEM_ROLE), Head):
            return QSize(300, max(_HEAD_HEIGHT, line + 2 * _GAP))
        return QSize(300, max(_HEIGHT, 2 * line + 2 * _GAP))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: WorkItem | Head = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        if isinstance(row, Head):
            _paint_head(painter, option.rect, row)
        else:
            _paint_item(painter, option, row, badges(row, index.data(TODAY_ROLE)))
        painter.restore()


def _paint_head(painter: QPainter, place: QRect, head: Head) -> None:
    colours = theme.current()
    painter.setFont(_strong(painter))
    painter.setPen(colours.colour("alarm" if head.section is Section.LATE else "muted"))
    area = place.adjusted(_PADDING, 0, -_PADDING, -_GAP // 2)
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, head.text())
    painter.setPen(colours.colour("border"))
    painter.drawLine(place.bottomLeft(), place.bottomRight())


def _paint_item(painter: QPainter, option: QStyleOptionViewItem, item: WorkItem, marks: list[Badge]) -> None:
    colours = theme.current()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    _paint_ground(painter, option, selected)
    ink = colours.colour("on_accent_soft" if selected else "text")
    soft = ink if selected else colours.colour("muted")
    area = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
    middle = area.center().y() - _ICON // 2
    icons.paint_icon(painter, _icon(item), QRect(area.left(), middle, _ICON, _ICON), soft)
    area.setLeft(area.left() + _ICON + _PADDING)
    area.setRight(_paint_badges(painter, area, marks) - _GAP)
    _paint_lines(painter, area, item, (ink, soft))


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


def _paint_badges(painter: QPainter, area: QRect, marks: list[Badge]) -> int:
    """Draw the badges from the right; the left edge of the last one."""
    left = area.right()
    for badge in reversed(marks):
        width = badge_width(badge, painter.font()) + 1
        paint_badge(painter, QRect(left - width, area.top(), width, area.height()), badge)
        left -= width + _GAP
    return left


def _paint_lines(painter: QPainter, area: QRect, item: WorkItem, inks: tuple[QColor, QColor]) -> None:
    """What to do, strong, with its case beside it; below that the sentence."""
    what, which = headline(item)
    height = painter.fontMetrics().height()
    top = QRect(area.left(), area.center().y() - height, area.width(), height)
    usual = QFont(painter.font())
    painter.setFont(_strong(painter))
    used = _draw(painter, top, what, inks[0])
    painter.setFont(usual)
    _draw(painter, top.adjusted(used + _PADDING, 0, 0, 0), which, inks[0])
    _draw(painter, top.translated(0, height), detail(item), inks[1])


def _strong(painter: QPainter) -> QFont:
    font = QFont(painter.font())
    font.setWeight(_STRONG)
    return font


def _draw(painter: QPainter, place: QRect, text: str, ink: QColor) -> int:
    """Draw what fits of a text; the width that it took."""
    metrics = QFontMetrics(painter.font())
    words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.setPen(ink)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
    return metrics.horizontalAdvance(words)
