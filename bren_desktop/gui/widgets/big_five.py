"""The Big 5 as five cells: what it is, how it stands, who arranges it and by when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bren_desktop.domain.aftercare import BigFiveRow, FuturePlan
from bren_desktop.domain.growing_up import stand_of
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.aftercare_words import brief, day_words
from bren_desktop.gui.widgets.badge import BadgeLabel
from bren_desktop.gui.widgets.tones import badge_for


class BigFive(QWidget):
    """Shows a plan; changing it is done in a window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(12)
        self.cells = {term.code: _Cell(term.label.capitalize(), self) for term in vocabulary("big5")}
        for cell in self.cells.values():
            line.addWidget(cell, 1)

    def show_plan(self, plan: FuturePlan) -> None:
        """Show how each of the five stands."""
        rows = {row.id: row for row in plan.big5}
        for code, stand in stand_of(plan).items():
            self.cells[code].show_row(stand, rows.get(code, BigFiveRow()))


class _Cell(QFrame):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        self._name, self._badge, self._facts = _label(name, "heading", self), BadgeLabel(self), _label("", "hint", self)
        for widget in (self._name, self._badge, self._facts):
            column.addWidget(widget)
        column.addStretch(1)

    def show_row(self, stand: str, row: BigFiveRow) -> None:
        badge = badge_for("big5_standen", stand)
        self._badge.show_badge(badge)
        who = " · ".join(part for part in (row.wie, day_words(row.wanneer)) if part)
        self._facts.setText("\n".join(part for part in (who, brief(row.toelichting)) if part))
        self._facts.setVisible(bool(self._facts.text()))
        self.setAccessibleName(f"{self._name.text()}: {badge.word if badge else ''}. {self._facts.text()}")


def _label(text: str, role: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
