"""The escalatieladder as a row of steps: not set, running or closed, by its look, its icon and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bren_desktop.domain.vocabulary import Term, vocabulary
from bren_desktop.gui import icons, theme

_HEIGHT, _GAP, _ICON, _LINE = 32, 6, 16, 2


class Rung(StrEnum):
    """How a step of the ladder stands."""

    NOT_SET = "niet gezet"
    RUNNING = "loopt"
    CLOSED = "afgesloten"


@dataclass(frozen=True, slots=True)
class _Look:
    ground: str
    ink: str
    icon: str


_LOOKS = {
    Rung.NOT_SET: _Look("surface", "muted", ""),
    Rung.RUNNING: _Look("warn_soft", "warn", "clock"),
    Rung.CLOSED: _Look("quiet_soft", "quiet", "check"),
}


class Ladder(QWidget):
    """Steps 1 to 7; each says in its tip who it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rungs: Mapping[str, Rung] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rungs(self, rungs: Mapping[str, Rung]) -> None:
        """Show how the steps stand, by code; the others are not set."""
        self._rungs = rungs
        self.setAccessibleDescription(", ".join(self._words(term.code) for term in self._terms()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, term in enumerate(self._terms(), 1):
            self._paint(painter, self._place(number), str(number), self._rungs.get(term.code, Rung.NOT_SET))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for number, term in enumerate(self._terms(), 1):
                if self._place(number).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), self._words(term.code), self)
                    return True
        return super().event(event)

    def _terms(self) -> list[Term]:
        return list(vocabulary("escalatiestappen"))

    def _words(self, code: str) -> str:
        number = [term.code for term in self._terms()].index(code) + 1
        rung = self._rungs.get(code, Rung.NOT_SET)
        return f"{number}. {vocabulary('escalatiestappen').label(code)}: {rung.value}"

    def _place(self, number: int) -> QRect:
        count = len(self._terms())
        width = (self.width() - _GAP * (count - 1)) / count
        return QRect(round((number - 1) * (width + _GAP)), 0, round(width), self.height())

    def _paint(self, painter: QPainter, place: QRect, number: str, rung: Rung) -> None:
        colours, look = theme.current(), _LOOKS[rung]
        painter.setBrush(colours.colour(look.ground))
        painter.setPen(colours.colour("border" if rung is Rung.NOT_SET else look.ink))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(colours.colour(look.ink))
        words = place.adjusted(0, 0, -_ICON if look.icon else 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, number)
        if look.icon:
            left = words.center().x() + painter.fontMetrics().horizontalAdvance(number) // 2 + 4
            area = QRect(left, place.center().y() - _ICON // 2 + 1, _ICON, _ICON)
            icons.paint_icon(painter, look.icon, area, colours.colour(look.ink))
