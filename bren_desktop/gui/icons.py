"""Our own line icons from `resources/icons`, drawn in the colours of the theme in force."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from bren_desktop import bundled
from bren_desktop.gui import theme

_INK = "#000000"
DRAWN = 500
"""So many pictures are kept: of each icon a few sizes and colours."""
_ON_SELECTION = "on_accent_soft"


@cache
def icon(name: str, role: str = "muted", role_on: str = "accent") -> QIcon:
    """The icon `name` in the colour of `role`, or of `role_on` while its button is checked."""
    return QIcon(_Engine(name, role, role_on))


def paint_icon(painter: QPainter, name: str, rect: QRect, colour: QColor) -> None:
    """Draw the icon `name` in `rect`."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(rect, _drawn(name, rect.width(), rect.height(), colour.name(), ratio))


def pixmap(name: str, size: int, colour: QColor, ratio: float = 2.0) -> QPixmap:
    """The icon `name` as a square picture, for labels."""
    return _drawn(name, size, size, colour.name(), ratio)


@lru_cache(maxsize=DRAWN)
def _drawn(name: str, width: int, height: int, colour: str, ratio: float) -> QPixmap:
    """The icon as a picture: rows are painted with every key, and drawing its lines anew costs ten times as much."""
    picture = QPixmap(QSize(width, height) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(name, colour).render(painter, QRectF(0, 0, width, height))
    painter.end()
    return picture


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (bundled.folder("resources") / "icons" / f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(drawing.replace(_INK, colour).encode("utf-8")))


class _Engine(QIconEngine):
    """Looks up its colour when it paints, so that a change of theme needs no new icons."""

    def __init__(self, name: str, role: str, role_on: str) -> None:
        super().__init__()
        self._name, self._role, self._role_on = name, role, role_on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = self._role_on if state == QIcon.State.On else self._role
        if mode == QIcon.Mode.Selected:
            role = _ON_SELECTION
        paint_icon(painter, self._name, rect, theme.current().colour(role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role, self._role_on)
