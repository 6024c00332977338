"""The pareltjes for a case in one list: the proposed team, who lived it, who else fits, and who is away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from bren_desktop.gui.match_words import availability, part_words, score_words
from bren_desktop.gui.widgets.match_item import HEADING_ROLE, MATCH_ROLE, PART_ROLE, MatchDelegate
from bren_desktop.matching.team import Part
from bren_desktop.services.views import Match, Proposal, TeamPlace


class MatchList(QListWidget):
    """Headings are no stop for the keyboard. `match` is who stands under the cursor, `part` what for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(MatchDelegate(self))

    def show_proposal(self, proposal: Proposal) -> None:
        """Show another proposal, with the cursor on the first of the team."""
        self.clear()
        chosen = {place.match.entity for place in proposal.team}
        others = [match for match in proposal.matches if match.entity not in chosen]
        lived = [place for place in proposal.team if place.part == Part.EXPERIENCE]
        beside = [place for place in proposal.team if place.part != Part.EXPERIENCE]
        self._add_places(self.tr("Voorgesteld team"), beside, self.tr("Nog niemand past goed genoeg."))
        none = self.tr("Nog niemand in de pool die dit zelf meemaakte en nu kan.")
        self._add_places(self.tr("Ervaringsdeskundige"), lived, none)
        self._add_matches(self.tr("Verder in de pool"), [match for match in others if match.available])
        self._add_matches(self.tr("Nu niet beschikbaar"), [match for match in others if not match.available])
        self._go_to_first()

    def match(self) -> Match | None:
        """Who stands under the cursor."""
        item: QListWidgetItem | None = self.currentItem()
        found = item.data(MATCH_ROLE) if item is not None else None
        return found if isinstance(found, Match) else None

    def part(self) -> str:
        """What they are in the team for; empty for who is not."""
        item: QListWidgetItem | None = self.currentItem()
        return str(item.data(PART_ROLE) or "") if item is not None else ""

    def _add_places(self, heading: str, places: Sequence[TeamPlace], none: str) -> None:
        self._add_line(heading, is_heading=True)
        for place in places:
            self._add(place.match, part_words(place))
        if not places:
            self._add_line(none)

    def _add_matches(self, heading: str, matches: Sequence[Match]) -> None:
        if matches:
            self._add_line(heading, is_heading=True)
        for match in matches:
            self._add(match)

    def _add_line(self, text: str, *, is_heading: bool = False) -> None:
        item = QListWidgetItem(text, self)
        item.setData(HEADING_ROLE, is_heading)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add(self, match: Match, part: str = "") -> None:
        item = QListWidgetItem(self)
        item.setData(MATCH_ROLE, match)
        item.setData(PART_ROLE, part)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(match, part))

    def _go_to_first(self) -> None:
        rows = [row for row in range(self.count()) if self.item(row).data(MATCH_ROLE) is not None]
        if rows:
            self.setCurrentRow(rows[0])
            self.scrollToTop()


def _spoken(match: Match, part: str) -> str:
    said = (match.name, part, match.organisation, score_words(match.score), availability(match).word)
    return ", ".join(filter(None, said))
