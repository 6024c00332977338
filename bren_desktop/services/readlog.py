"""Who has seen this: the read log of a profile (NEN 7513)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bren_desktop.domain.access import EmergencyAccess, lasts
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import notes
from bren_desktop.domain.rights import Right, require
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.operations import Operation
from bren_desktop.services import audit
from bren_desktop.services.context import Context, local_day
from bren_desktop.services.loading import children, resolve
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import ReadEntry
from bren_desktop.services.share_door import Device

REFUSED = "geweigerd"
VIEWED = "logboek bekijken"
_SAME_SITTING_MS = 10 * 60 * 1000
_ALL = 100_000
_MOST_LABELS = 4
_TOLD = frozenset(kind.value for kind in Kind) - {Kind.EMERGENCY_ACCESS.value}


class Leaving(StrEnum):
    """The ways in which a document leaves the encrypted store in plain form; the value is the logged action."""

    PRINTED = "afdrukken"
    SAVED = "opslaan als bestand"
    WORD = "opslaan als Word-bestand"
    MAILED = "e-mailconcept maken"
    PROTECTED = "pdf met wachtwoord maken"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day up to and including another; None is as far as the log goes."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether `day` is in it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one person did with a case on one day, `times` times, in words that a parent can read.

    `laptop` has the letters of the laptop, empty where they are not known; `emergency`: it was by emergency access.
    """

    day: date
    first_ms: int
    last_ms: int
    times: int
    person: str
    name: str
    role: str
    what: str
    laptop: str
    emergency: bool
    detail: str = ""


class Sightings:
    """Logs the seeing of lists and search results: once per sitting of ten minutes, not per row or keystroke."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last: dict[tuple[str, str, str], int] = {}

    def note(self, actor: Actor, action: str, entity: str = "") -> None:
        """Log `action`, on a case or on all, unless it was logged for this person in the last ten minutes."""
        now, what = self._context.clock.now_ms(), (actor.person, action, entity)
        last = self._last.get(what)
        if last is None or now - last > _SAME_SITTING_MS:
            self._last[what] = now
            self._context.log_read(actor, action, Kind.CASE, entity)


class ReadLog:
    """The readings of cases: those on this laptop, and those that colleagues' laptops told of.

    `laptops` tells which laptop is whose, for changes: their author is known by person.
    """

    def __init__(self, context: Context, laptops: Callable[[], Sequence[Device]] = tuple) -> None:
        self._context = context
        self._laptops = laptops
        self._sightings = Sightings(context)

    def entries(self, actor: Actor, entity: str, limit: int = 500) -> Sequence[ReadEntry]:
        """Who read, printed or exported a case, on any laptop of the team, newest first."""
        require(actor, Right.READ_LOG)
        with self._context.read(actor) as reader:
            return _newest_first(reader.read_log(entity, limit))

    def seen(self, actor: Actor, name: str, period: Period = ALWAYS) -> Sequence[Sighting]:
        """Who has seen or changed the case called `name`: by day and person, the newest first. Looking is logged."""
        require(actor, Right.READ_LOG)
        with self._context.read(actor) as reader:
            entity = resolve(reader, Kind.CASE, name)
            entries = self._whole(reader, actor, entity)
            uses = [use for _, use in children(reader, Kind.EMERGENCY_ACCESS, EmergencyAccess, entity)]
        self._sightings.note(actor, VIEWED, entity)
        return [seen for seen in _by_day(entries, uses) if period.holds(seen.day)]

    def events(self, actor: Actor, name: str, period: Period = ALWAYS) -> Sequence[audit.AuditEvent]:
        """The log of the case called `name` in the terms of NEN 7513, oldest first. That it was asked is logged."""
        require(actor, Right.READ_LOG)
        with self._context.read(actor) as reader:
            entity = resolve(reader, Kind.CASE, name)
            entries = self._whole(reader, actor, entity)
        self._context.log_read(actor, "logboek exporteren", Kind.CASE, entity)
        return [audit.event(entry, actor.team) for entry in reversed(entries) if period.holds(local_day(entry.at_ms))]

    def note_leaving(self, actor: Actor, case: str, way: Leaving, reference: str) -> None:
        """Log that a document about `case` was printed or saved; `reference` is its kenmerk."""
        require(actor, Right.READ_CASE)
        self._context.log_read(actor, way, Kind.CASE, case, reference)

    def _whole(self, reader: Reader, actor: Actor, entity: str) -> Sequence[ReadEntry]:
        """Readings and changes together, newest first."""
        letters = {actor.person: {actor.device}}
        for device in self._laptops():
            letters.setdefault(device.person, set()).add(device.letters)
        own = {person: " of ".join(sorted(found)) for person, found in letters.items()}
        return _newest_first([*reader.read_log(entity, _ALL), *_changes(reader, entity, own)])


def _newest_first(entries: Iterable[ReadEntry]) -> Sequence[ReadEntry]:
    return sorted(entries, key=lambda entry: entry.at_ms, reverse=True)


def _changes(reader: Reader, entity: str, letters: Mapping[str, str]) -> Iterator[ReadEntry]:
    """What was written about a case, as events: which fields, never what they say. Noodtoegang is logged by itself."""
    history = [operation for operation in reader.history(entity, _ALL) if operation.kind in _TOLD]
    first = {operation.entity: operation for operation in history}
    for operation in history:
        author = operation.author
        is_first = first[operation.entity] is operation
        yield ReadEntry(
            milliseconds(operation.clock),
            author.person,
            author.name,
            author.role,
            letters.get(author.person, ""),
            audit.RECORDED if is_first else _action(operation),
            operation.kind,
            entity,
            _about(operation, is_first=is_first),
        )


def _action(operation: Operation) -> str:
    if any(len(change.replaces) > 1 for change in operation.changes):
        return audit.SETTLED
    is_assigned = any(change.field == "toegewezen" for change in operation.changes)
    return audit.ASSIGNED if is_assigned else audit.AMENDED


def _about(operation: Operation, *, is_first: bool) -> str:
    """The kind of record, and the labels of the fields that changed."""
    known = notes(MODELS[Kind(operation.kind)])
    labels = dict.fromkeys(known[change.field].label for change in operation.changes if change.field in known)
    fields = [] if is_first else list(labels)
    below = [operation.kind] if is_first or operation.kind != Kind.CASE else []
    shown = ", ".join((below + fields)[:_MOST_LABELS])
    return f"{shown}, …" if len(below + fields) > _MOST_LABELS else shown


def _by_day(entries: Iterable[ReadEntry], uses: Sequence[EmergencyAccess]) -> Sequence[Sighting]:
    """The same thing by the same person on one day, on one laptop, is one line."""
    found: dict[tuple[object, ...], list[ReadEntry]] = {}
    for entry in entries:
        same = local_day(entry.at_ms), entry.person, entry.device, audit.meaning(entry.action).words, entry.detail
        found.setdefault(same, []).append(entry)
    return [_sighting(alike, uses) for alike in found.values()]


def _sighting(alike: Sequence[ReadEntry], uses: Sequence[EmergencyAccess]) -> Sighting:
    last, first = alike[0], alike[-1]
    day = local_day(last.at_ms)
    return Sighting(
        day=day,
        first_ms=first.at_ms,
        last_ms=last.at_ms,
        times=len(alike),
        person=last.person,
        name=last.name,
        role=last.role,
        what=audit.meaning(last.action).words,
        laptop=last.device,
        emergency=any(use.persoon == last.person and use.op is not None and lasts(use.op, day) for use in uses),
        detail=last.detail,
    )
