"""Status badges: a rounded ground, an icon and a word, so that colour never carries the meaning alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bren_desktop.gui import icons, theme
from bren_desktop.gui.models.columns import Badge, Tone

_HEIGHT, _PADDING, _ICON, _GAP = 22, 8, 14, 4


def badge_width(badge: Badge, font: QFont) -> int:
    """How wide a badge is in `font`."""
    icon = _ICON + _GAP if badge.icon else 0
    return QFontMetrics(font).horizontalAdvance(_words(badge)) + 2 * _PADDING + icon


def paint_badge(painter: QPainter, area: QRect, badge: Badge) -> int:
    """Draw a badge at the left of `area`, vertically in its middle; the width that it took."""
    width = min(badge_width(badge, painter.font()), area.width())
    place = QRect(area.left(), area.top() + (area.height() - _HEIGHT) // 2, width, _HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, place, badge.tone)
    _paint_words(painter, place, badge)
    painter.restore()
    return width


def _paint_ground(painter: QPainter, place: QRect, tone: Tone) -> None:
    colours = theme.current()
    painter.setBrush(colours.colour(f"{tone.value}_soft"))
    painter.setPen(colours.colour(tone.value) if colours.name == "contrast" else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), _HEIGHT / 2, _HEIGHT / 2)


def _paint_words(painter: QPainter, place: QRect, badge: Badge) -> None:
    ink = theme.current().colour(badge.tone.value)
    left = place.left() + _PADDING
    if badge.icon:
        icons.paint_icon(painter, badge.icon, QRect(left, place.top() + (_HEIGHT - _ICON) // 2, _ICON, _ICON), ink)
        left += _ICON + _GAP
    room = QRect(left, place.top(), place.right() - _PADDING - left + 2, _HEIGHT)
    words = QFontMetrics(painter.font()).elidedText(_words(badge), Qt.TextElideMode.ElideRight, room.width())
    painter.setPen(ink)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def _words(badge: Badge) -> str:
    return badge.word if badge.icon else badge.text()


class BadgeLabel(QWidget):
    """A badge in a form or header; without a word it hides."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = Badge("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_badge(self, badge: Badge | None) -> None:
        """Show another badge, or none."""
        self._badge = badge or Badge("")
        self.setAccessibleName(self._badge.word)
        self.setVisible(bool(self._badge.word))
        self.updateGeometry()
        self.update()

    def badge(self) -> Badge:
        return self._badge

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._badge, self.font()) + 1, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_badge(painter, self.rect(), self._badge)
        painter.end()
