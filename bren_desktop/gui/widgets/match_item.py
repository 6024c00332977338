"""Draws one proposed expert in the list: name, place in the team, organisation, score with its words, availability."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bren_desktop.gui import theme
from bren_desktop.gui.match_words import availability, score_words, warning
from bren_desktop.gui.widgets.badge import badge_width, paint_badge
from bren_desktop.services.views import Match

MATCH_ROLE = Qt.ItemDataRole.UserRole
PART_ROLE = MATCH_ROLE + 1
HEADING_ROLE = MATCH_ROLE + 2
_SIDE, _HEIGHT, _LINE = 12, 76, 22
_BAR, _PART, _HEADING = 6, 20, 34


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
        painter.save()
        if isinstance(match, Match):
            area = ground.rect.adjusted(_SIDE, 8, -_SIDE, -8)
            _paint_match(painter, area, match, str(index.data(PART_ROLE) or ""), ground.font)
        else:
            _paint_line(painter, ground.rect.adjusted(_SIDE, 6, -_SIDE, 0), index, ground.font)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if index.data(MATCH_ROLE) is None:
            return QSize(240, _HEADING)
        return QSize(240, _HEIGHT + (_PART if index.data(PART_ROLE) else 0))


def _paint_line(painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex, font: QFont) -> None:
    """A heading, or the sentence that says that nobody stands below it."""
    is_heading = bool(index.data(HEADING_ROLE))
    painter.setPen(theme.current().colour("text" if is_heading else "muted"))
    _text(painter, area, str(index.data()), _bold(font) if is_heading else font)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _paint_match(painter: QPainter, area: QRect, match: Match, part: str, font: QFont) -> None:
    colours = theme.current()
    painter.setFont(font)
    free = area.width()
    for badge in filter(None, (availability(match), warning(match))):
        width = badge_width(badge, font)
        paint_badge(painter, QRect(area.left() + free - width, area.top(), width + 1, _LINE), badge)
        free -= width + 8
    painter.setPen(colours.colour("text" if match.available else "muted"))
    _text(painter, QRect(area.left(), area.top(), free, _LINE), match.name, _bold(font))
    below = area.top() + 20
    if part:
        painter.setPen(colours.colour("accent"))
        _text(painter, QRect(area.left(), below, area.width(), _LINE), part, font)
        below += _PART
    painter.setPen(colours.colour("muted"))
    _text(painter, QRect(area.left(), below, area.width(), _LINE), match.organisation, font)
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
