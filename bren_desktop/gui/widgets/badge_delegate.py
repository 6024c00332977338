"""Draws the cells of a table whose model gives a badge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bren_desktop.gui.models.columns import Badge
from bren_desktop.gui.models.paged import BADGE_ROLE
from bren_desktop.gui.widgets.badge import badge_width, paint_badge

_SIDE = 8
_LEAST_HEIGHT = 34


class BadgeDelegate(QStyledItemDelegate):
    """For any table: cells without a badge are drawn as usual."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        badge = index.data(BADGE_ROLE)
        if not isinstance(badge, Badge):
            super().paint(painter, option, index)
            return
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget: QWidget | None = ground.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        painter.setFont(ground.font)
        paint_badge(painter, ground.rect.adjusted(_SIDE, 0, -_SIDE, 0), badge)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        badge = index.data(BADGE_ROLE)
        width = badge_width(badge, option.font) + 2 * _SIDE if isinstance(badge, Badge) else size.width()
        return QSize(width, max(size.height(), _LEAST_HEIGHT))
