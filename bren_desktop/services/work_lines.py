"""Whose work is looked for, and what waits: the words that the parts of the werkvoorraad share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.actors import Role
from bren_desktop.domain.clocks.events import Event, What
from bren_desktop.domain.duties import OWN_CASES
from bren_desktop.domain.rights import Right
from bren_desktop.domain.states import State
from bren_desktop.services.rows import Tracked


@dataclass(frozen=True, slots=True)
class View:
    """Whose work is looked for: one's own, or that of the colleague `name` for whom one stands in."""

    role: Role
    person: str
    rights: frozenset[Right]
    """Those that the one who looks has too: who stands in for a chair decides nothing by that."""
    name: str = ""

    def minds(self, tracked: Tracked) -> bool:
        """Whether cases like this are this colleague's."""
        return self.role not in OWN_CASES or self.person in tracked.assigned


@dataclass(frozen=True, slots=True)
class Line:
    """Something that waits in a case. Without `due` it waits for a person."""

    code: str
    due: date | None = None
    count: int = 1
    since: date | None = None
    waits_for: str = ""
    at_hand: bool = True


def told(tracked: Tracked, what: What) -> list[Event]:
    """The events of one sort in a case, in the order in which they were recorded."""
    return [each for each in tracked.events if each.what is what]


def waited_for(tracked: Tracked) -> Event | None:
    """The step by which an addition was asked for that has not come."""
    steps = told(tracked, What.STEP)
    return steps[-1] if steps and steps[-1].value == State.AWAITING else None
