"""Who has seen this: the read log of a profile (NEN 7513)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, require
from bren_desktop.services.context import Context
from bren_desktop.services.rows import ReadEntry

_SAME_SITTING_MS = 10 * 60 * 1000


class Leaving(StrEnum):
    """The ways in which a document leaves the encrypted store in plain form; the value is the logged action."""

    PRINTED = "afdrukken"
    SAVED = "opslaan als bestand"


class Sightings:
    """Logs the seeing of lists and search results: once per sitting of ten minutes, not per row or keystroke."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last: dict[tuple[str, str], int] = {}

    def note(self, actor: Actor, action: str) -> None:
        """Log `action` unless it was logged for this person in the last ten minutes."""
        now = self._context.clock.now_ms()
        last = self._last.get((actor.person, action))
        if last is None or now - last > _SAME_SITTING_MS:
            self._last[actor.person, action] = now
            self._context.log_read(actor, action, Kind.CASE, "")


class ReadLog:
    """The readings of cases: those on this laptop, and those that colleagues' laptops told of."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def entries(self, actor: Actor, entity: str, limit: int = 500) -> Sequence[ReadEntry]:
        """Who read, printed or exported a case, on any laptop of the team, newest first."""
        require(actor, Right.READ_LOG)
        with self._context.read(actor) as reader:
            return sorted(reader.read_log(entity, limit), key=lambda entry: entry.at_ms, reverse=True)

    def note_leaving(self, actor: Actor, case: str, way: Leaving, reference: str) -> None:
        """Log that a document about `case` was printed or saved; `reference` is its kenmerk."""
        require(actor, Right.READ_CASE)
        self._context.log_read(actor, way, Kind.CASE, case, reference)
