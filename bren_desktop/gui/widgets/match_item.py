"""Draws one proposed expert in the list: name, organisation, score as a bar with its words, availability."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bren_desktop.gui import theme
from bren_desktop.gui.match_words import availability, score_words
from bren_desktop.gui.widgets.badge import badge_width, paint_badge
from bren_desktop.services.views import Match

MATCH_ROLE = Qt.ItemDataRole.UserRole
_SIDE, _HEIGHT, _LINE = 12, 76, 22
_BAR = 6


class MatchDelegate(QStyledItemDelegate):
    """For a list whose items hold a Match."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        match = index.data(MATCH_ROLE)
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget: QWidget | None = ground.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        if isinstance(match, Match):
            painter.save()
            _paint_match(painter, ground.rect.adjusted(_SIDE, 8, -_SIDE, -8), match, ground.font)
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(240, _HEIGHT)


def _paint_match(painter: QPainter, area: QRect, match: Match, font: QFont) -> None:
    colours = theme.current()
    ink = colours.colour("text" if match.available else "muted")
    badge = availability(match)
    painter.setFont(font)
    badge_room = badge_width(badge, font)
    paint_badge(painter, QRect(area.right() - badge_room, area.top(), badge_room + 1, _LINE), badge)
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    painter.setPen(ink)
    room = QRect(area.left(), area.top(), area.width() - badge_room - 8, _LINE)
    _text(painter, room, match.name, bold)
    painter.setPen(colours.colour("muted"))
    _text(painter, QRect(area.left(), area.top() + 20, area.width(), _LINE), match.organisation, font)
    _paint_score(painter, QRect(area.left(), area.bottom() - 16, area.width(), 18), match, font)


def _paint_score(painter: QPainter, area: QRect, match: Match, font: QFont) -> None:
    colours = theme.current()
    words = score_words(match.score)
    room = QFontMetrics(font).horizontalAdvance(words) + 12
    bar = QRectF(area.left(), area.center().y() - _BAR / 2 + 1, max(40, area.width() - room), _BAR)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.colour("sunken"))
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    painter.setBrush(colours.colour("accent" if match.available else "edge"))
    filled = QRectF(bar.left(), bar.top(), max(_BAR, bar.width() * match.score), _BAR)
    painter.drawRoundedRect(filled, _BAR / 2, _BAR / 2)
    painter.setPen(colours.colour("text" if match.available else "muted"))
    _text(painter, QRect(area.right() - room + 12, area.top(), room, area.height()), words, font)


def _text(painter: QPainter, room: QRect, text: str, font: QFont) -> None:
    painter.setFont(font)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
