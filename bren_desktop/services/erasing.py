"""Erasing a case (decision 18a): asked by two people of different roles; then gone here, on the share, in backups.

In a team of one laptop a named witness takes the place of the second, and stands in the log.
The withdrawn cases that were merged into it go with it.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.witnesses import family, words_of
from bren_desktop.errors import InvalidInputError, OnlyReadingError
from bren_desktop.services import share_door
from bren_desktop.services.audit import COPIED, HANDED_OVER
from bren_desktop.services.backups import Backups
from bren_desktop.services.context import Context
from bren_desktop.services.doubles import absorbed
from bren_desktop.services.filters import rename_after
from bren_desktop.services.loading import load, resolve
from bren_desktop.services.ports import ErasedIds, Reader
from bren_desktop.services.readlog import Leaving
from bren_desktop.services.rows import ReadEntry
from bren_desktop.services.share_door import ShareDoor
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.services.witnessing import checked, works_alone

_LEFT = frozenset({"export", COPIED, HANDED_OVER, *Leaving})
_ALL = 10_000


@dataclass(frozen=True, slots=True)
class Erased:
    """How far it is, and what people must see to: what left from this laptop, backups out of reach."""

    id: str
    state: share_door.Erasing
    outside: tuple[ReadEntry, ...]
    backups: tuple[str, ...]
    filters: tuple[str, ...] = ()
    """Kept filters of this laptop that were named after the case, and are called otherwise now."""


class Erasing:
    """Erasures in one profile."""

    def __init__(
        self,
        context: Context,
        store: SyncStore,
        door: Callable[[], ShareDoor],
        erased: ErasedIds,
        backups: Backups,
    ) -> None:
        self._context = context
        self._store = store
        self._door = door
        self._erased = erased
        self._backups = backups

    def outside(self, actor: Actor, name: str) -> tuple[ReadEntry, ...]:
        """What of the case called `name` left the program, in plain form or to another team, as far as is known."""
        require(actor, Right.ERASE)
        with self._context.read(actor) as reader:
            return _outside(reader, together(reader, resolve(reader, Kind.CASE, name)))

    def doubles(self, actor: Actor, case: str) -> tuple[str, ...]:
        """The numbers of the cases that go with this one, because they were merged into it."""
        require(actor, Right.ERASE)
        with self._context.read(actor) as reader:
            return tuple(load(reader, Kind.CASE, Case, each).nummer for each in absorbed(reader, case))

    def is_alone(self, actor: Actor) -> bool:
        """Whether this is the only laptop of the team, so that a witness will do. Waits for a run of sync."""
        require(actor, Right.ERASE)
        return works_alone(actor, self._door().devices())

    def witness(self, actor: Actor, case: str, name: str) -> str:
        """The name of who may look on while a case is erased. Raises InvalidInputError for who may not."""
        if not self.is_alone(actor):
            raise InvalidInputError(
                "Uw team heeft meer laptops. Er is niets gewist. Een collega vraagt het wissen op een eigen laptop.",
                field="getuige",
            )
        with self._context.read(actor) as reader:
            return checked(name, actor, load(reader, Kind.CASE, Case, resolve(reader, Kind.CASE, case)))

    def erase(self, actor: Actor, name: str, witness: str = "") -> Erased:
        """The actor's half of erasing the case called `name`; with both halves there, or a `witness`, it is done."""
        require(actor, Right.ERASE)
        seen_by = self.witness(actor, name, witness) if witness else ""
        with self._context.read(actor) as reader:
            entity = resolve(reader, Kind.CASE, name)
            must_not_be_held(reader, entity)
            if reader.only_reads(entity):
                raise OnlyReadingError
            shown = reader.shown_id(Kind.CASE, entity)
            going = together(reader, entity)
            outside = _outside(reader, going)
            names = {word for each in going for word in _names(load(reader, Kind.CASE, Case, each))}
        state = self._halves(actor, going, seen_by)
        self.settle(actor)
        renamed = rename_after(self._context, actor, names)
        return Erased(shown, state, outside, tuple(self._backups.left(actor)), renamed)

    def _halves(self, actor: Actor, going: Sequence[str], witness: str) -> share_door.Erasing:
        """The actor's half of each. A case does not go before what was merged into it: nothing else tells of that."""
        *doubles, case = going
        states = [self._half(actor, each, witness) for each in doubles]
        if share_door.Erasing.ASKED in states and self.completes(actor, case):
            return share_door.Erasing.ASKED
        return self._half(actor, case, witness)

    def completes(self, actor: Actor, case: str) -> bool:
        """Whether the other half of an erasure is there, so that the actor's half completes it."""
        asked = self.asked(actor, case)
        return asked is not None and not asked.mine and asked.private is not (actor.role is Role.PRIVACY)

    def _half(self, actor: Actor, case: str, witness: str) -> share_door.Erasing:
        state = self._door().erase(actor, case, witnessed=bool(witness))
        seen = f"{case}, getuige: {witness}" if witness else case
        self._context.log_read(actor, "wissen", Kind.CASE, "", seen)
        return state

    def asked(self, actor: Actor, case: str) -> share_door.AskedErasure | None:
        """Who asked to erase a case, where it waits for the other half."""
        require(actor, Right.ERASE)
        return next((each for each in self._door().status().erasures if each.case == case), None)

    def settle(self, actor: Actor) -> None:
        """Lengthen the list beside the key by what is erased by now, and see to the backups."""
        require(actor, Right.SYNC)
        with self._store.look() as rows:
            fresh = {_text(subject) for subject in rows.erased()} - self._erased.ids()
        if fresh:
            self._erased.add(fresh)
        self._backups.settle(actor)


def purge(store: SyncStore, erased: ErasedIds) -> None:
    """Take out of an opened store what the list says is erased: it may be a backup from before."""
    listed = {_subject(each) for each in erased.ids()}
    with store.look() as rows:
        back = listed - rows.erased()
    if back:
        with store.sync() as rows:
            for subject in sorted(back):
                rows.erase(subject)


def together(reader: Reader, case: str) -> tuple[str, ...]:
    """What goes when a case goes, itself last: as long as it is there, it tells what was merged into it."""
    return (*absorbed(reader, case), case)


def must_not_be_held(reader: Reader, case: str) -> None:
    """Raise InvalidInputError where there is a reason to keep a case; a copy of another team's may always go."""
    held = any(load(reader, Kind.CASE, Case, each).bewaarplicht_reden for each in together(reader, case))
    if held and case not in reader.read_only(Kind.CASE):
        raise InvalidInputError(
            "Deze casus moet langer worden bewaard: bij de casus staat een reden. Er is niets gewist. Vervalt die "
            "reden, haal haar dan eerst weg op het tabblad Aanmelding.",
            field="bewaarplicht_reden",
        )


def _names(case: Case) -> Iterator[str]:
    return (word for name in family(case) for word in words_of(name) if len(word) > 1)


def _outside(reader: Reader, going: Iterable[str]) -> tuple[ReadEntry, ...]:
    return tuple(entry for case in going for entry in reader.read_log(case, _ALL) if entry.action in _LEFT)


def _text(subject: bytes) -> str:
    return base64.b32encode(subject).decode("ascii").rstrip("=").lower()


def _subject(text: str) -> bytes:
    return base64.b32decode(f"{text.upper()}======")
