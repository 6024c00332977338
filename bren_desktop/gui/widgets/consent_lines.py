"""How a case stands for each purpose: a badge, until when or why not, and a button to ask again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from bren_desktop.domain.purposes import Standing
from bren_desktop.domain.sharing import GROUP_OF, State
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.consent_words import standing_badge, standing_line
from bren_desktop.gui.widgets.badge import BadgeLabel

_NOT_ASKED = (State.NONE, State.OTHERS)


class ConsentLines(QWidget):
    """`asked` names the purpose that somebody wants to ask again."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        self._editable = True
        self._again: frozenset[str] = frozenset()
        self._standings: Sequence[Standing] = ()
        self.badges: dict[str, BadgeLabel] = {}
        self.lines: dict[str, QLabel] = {}
        self.buttons: dict[str, QPushButton] = {}
        for row, purpose in enumerate(GROUP_OF):
            self._add(grid, row, purpose)

    def show_standings(self, standings: Sequence[Standing], again: Collection[str]) -> None:
        """Show how the case stands; `again` names the purposes that are to be asked again."""
        self._standings, self._again = standings, frozenset(again)
        for each in standings:
            allowed_still = each.verdict.allowed and each.purpose in self._again
            self.badges[each.purpose].show_badge(standing_badge(each, again=allowed_still))
            line = standing_line(each)
            self.lines[each.purpose].setText(line)
            self.lines[each.purpose].setVisible(bool(line))
        self._offer()

    def set_editable(self, editable: bool) -> None:
        """Offer to ask again, or not."""
        self._editable = editable
        self._offer()

    def _offer(self) -> None:
        for each in self._standings:
            wanted = each.purpose in self._again or not (each.verdict.allowed or each.verdict.state in _NOT_ASKED)
            button = self.buttons[each.purpose]
            button.setVisible(wanted and self._editable)
            partial_yet = each.verdict.state is State.PARTIAL
            button.setText(self.tr("Aanvullen…") if partial_yet else self.tr("Opnieuw vragen…"))

    def _add(self, grid: QGridLayout, row: int, purpose: str) -> None:
        label = vocabulary("toestemmingsdoelen").label(purpose)
        name = QLabel(label[:1].upper() + label[1:], self)
        line = QLabel(self)
        for each, role in ((name, "label"), (line, "hint")):
            each.setTextFormat(Qt.TextFormat.PlainText)
            each.setWordWrap(True)
            each.setProperty("role", role)
        badge, button = BadgeLabel(self), QPushButton(self)
        button.setProperty("role", "link")
        button.setAccessibleName(self.tr("Opnieuw vragen: {doel}").format(doel=label))
        button.clicked.connect(partial(self.asked.emit, purpose))
        for column, widget in enumerate((name, badge, button)):
            grid.addWidget(widget, 2 * row, column)
        grid.addWidget(line, 2 * row + 1, 0, 1, 3)
        self.badges[purpose], self.lines[purpose], self.buttons[purpose] = badge, line, button
