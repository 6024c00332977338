"""One's own deadlines for a calendar program: case number, what kind of deadline, and the day. Never a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, require
from bren_desktop.services.context import Context
from bren_desktop.services.work_items import WorkItem, WorkReason
from bren_desktop.services.worklist import Worklist

_NEUTRAL: Mapping[WorkReason, str] = {
    WorkReason.CONSENT: "Toestemming",
    WorkReason.AGE: "Leeftijdsmoment",
    WorkReason.REQUEST: "Verzoek of bewaartermijn",
}
"""What a calendar says instead of a label that tells more than colleagues of other teams need to read."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One whole day in a calendar. `uid` stays the same, so that importing again moves it instead of adding one."""

    uid: str
    day: date
    summary: str


class WorkCalendar:
    """Writes the deadlines of the werkvoorraad. `write` puts appointments made at a moment into a file."""

    def __init__(
        self, context: Context, worklist: Worklist, write: Callable[[Path, Sequence[Appointment], int], None]
    ) -> None:
        self._context = context
        self._worklist = worklist
        self._write = write

    def write(self, actor: Actor, path: Path) -> int:
        """Write one's own deadlines to `path`; what was put off stands on the day until which it was. How many."""
        require(actor, Right.READ_CASE)
        found = [item for item in self._worklist.entries(actor) if item.due is not None]
        appointments = [_appointment(item, item.due) for item in found if item.due is not None]
        self._write(path, appointments, self._context.clock.now_ms())
        self._context.log_read(actor, "exporteren", Kind.CASE, detail=f"{len(appointments)} termijnen naar een agenda")
        return len(appointments)


def _appointment(item: WorkItem, due: date) -> Appointment:
    uid = blake2b(f"{item.entity}/{item.code}".encode(), digest_size=16).hexdigest()
    day = item.snoozed.until if item.snoozed else due
    return Appointment(uid, day, f"{_NEUTRAL.get(item.reason, item.words[0])} · {item.number}")
