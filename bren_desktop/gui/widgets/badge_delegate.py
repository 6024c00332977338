"""Draws the cells of a table whose model gives a badge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bren_desktop.gui.models.columns import Badge
from bren_desktop.gui.models.paged import BADGE_ROLE
from bren_desktop.gui.widgets.badge import badge_width, paint_badge

_MARGIN = 8
_ROW_HEIGHT = 34


class BadgeDelegate(QStyledItemDelegate):
    """For any table: cells without a badge are drawn as usual."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        badge = index.data(BADGE_ROLE)
        if not isinstance(badge, Badge):
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.setFont(option.font)
        paint_badge(painter, option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0), badge)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        badge = index.data(BADGE_ROLE)
        width = badge_width(badge, option.font) + 2 * _MARGIN if isinstance(badge, Badge) else size.width()
        return QSize(width, max(size.height(), _ROW_HEIGHT))
