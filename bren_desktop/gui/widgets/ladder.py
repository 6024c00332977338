"""The escalatieladder, each step by its name: not set, running or closed, by its look, its icon and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bren_desktop.domain.vocabulary import Term, vocabulary
from bren_desktop.gui import icons, theme

_HEIGHT, _GAP, _ICON, _MARGIN = 28, 4, 16, 8


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
    """Steps 1 to 7 under each other; each says in its tip how it stands."""

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
        return QSize(280, len(self._terms()) * (_HEIGHT + _GAP) - _GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, term in enumerate(self._terms(), 1):
            name = f"{number}. {term.label}"
            self._paint(painter, self._place(number), name, self._rungs.get(term.code, Rung.NOT_SET))
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
        return QRect(0, (number - 1) * (_HEIGHT + _GAP), self.width(), _HEIGHT)

    def _paint(self, painter: QPainter, place: QRect, name: str, rung: Rung) -> None:
        colours, look = theme.current(), _LOOKS[rung]
        painter.setBrush(colours.colour(look.ground))
        painter.setPen(colours.colour("border" if rung is Rung.NOT_SET else look.ink))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(colours.colour(look.ink))
        words = place.adjusted(_MARGIN, 0, -_MARGIN - (_ICON + _MARGIN if look.icon else 0), 0)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if look.icon:
            area = QRect(place.right() - _MARGIN - _ICON, place.center().y() - _ICON // 2 + 1, _ICON, _ICON)
            icons.paint_icon(painter, look.icon, area, colours.colour(look.ink))
