"""Bring back what a team had on a share that nobody can enter any more, with both recovery keys.

They open the keys of the epochs and sign nothing: nobody is let in, and the share is only read. What lies there is held
as spaces that we are out of while it is read, moves into our own in one transaction, and is dropped with its files.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.dutch import listing
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import NotFoundError, UserFacingError
from bren_desktop.services.context import local_day
from bren_desktop.services.numbers import leap
from bren_desktop.services.share_door import Recovered
from bren_desktop.services.sync_ports import SpaceKind, SyncRows
from bren_desktop.sync.engine import access, attachments, cycle, quarantine
from bren_desktop.sync.engine.mirror import Mirror, MirrorError
from bren_desktop.sync.engine.notes import Notes
from bren_desktop.sync.engine.place import Memo, Place
from bren_desktop.sync.engine.progress import Telling
from bren_desktop.sync.engine.remote import Remote
from bren_desktop.sync.engine.shelf import Shelf
from bren_desktop.sync.enrolment import moving
from bren_desktop.sync.enrolment.approving import require_admin
from bren_desktop.sync.enrolment.desk import Desk, needed
from bren_desktop.sync.enrolment.moving import Way
from bren_desktop.sync.enrolment.opening import Halves, Opened, opened
from bren_desktop.sync.format.names import Paths, byte_id, text_id
from bren_desktop.sync.transport.share import Share

_STAGED = "sync/salvaging"


class NothingToRecoverError(NotFoundError):
    """The two keys open nothing of this team there."""

    def __init__(self, teams: Sequence[str]) -> None:
        super().__init__(
            "Op deze share openen deze twee bestanden niets van het team van dit profiel. Er is niets veranderd. "
            "Ze openen: {teams}. Controleer de map en de bestanden, of maak een profiel voor het team dat u zoekt.",
            teams=", ".join(teams) or "niets",
        )


class SeveralSpacesError(UserFacingError):
    """The team was founded more than once there: again after an earlier loss, or by somebody who made it up."""

    def __init__(self, spaces: Iterable[Opened]) -> None:
        super().__init__(
            "Dit team staat er meer dan één keer op. Er is niets veranderd. "
            "Geef het kenmerk van de ruimte die u terughaalt: {spaces}. De laatst gestichte is meestal de goede.",
            spaces=listing([f"{text_id(one.id)} ({local_day(one.at_ms)})" for one in spaces]),
        )


class TwoFoundingsError(UserFacingError):
    """A space to read has two beginnings: somebody put one there, and nothing tells which is true."""

    def __init__(self) -> None:
        super().__init__(
            "Een ruimte op deze share is twee keer gesticht; een van de twee is vals. Er is niets veranderd. "
            "Laat IT een kopie van de share neerzetten van vóór die verandering, en haal daaruit terug."
        )


class NotEmptyError(UserFacingError):
    """Records come back into a profile that has no cases, so that none comes twice."""

    def __init__(self) -> None:
        super().__init__(
            "Dit profiel bevat al casussen. Er is niets veranderd. "
            "Maak voor het terughalen een nieuw profiel met «bren init», met de code van dit team."
        )


class BrokenOffError(UserFacingError):
    """Cancelled before anything moved."""

    def __init__(self) -> None:
        super().__init__("Het terughalen is afgebroken. Dit profiel is zoals het was. Begin opnieuw wanneer u wilt.")


class _Salvage:
    """One salvage: what is read, until it is ours."""

    def __init__(self, desk: Desk, actor: Actor, share: Share) -> None:
        self._desk = desk
        self._actor = actor
        self._remote = Remote(share)
        self.places: list[Place] = []
        self.refused = 0

    def stage(self, one: Opened) -> None:
        """Hold a space to read it."""
        space = one.held()
        with self._desk.store.sync() as rows:
            rows.set_local(_STAGED, json.dumps([*_staged(rows), space.id]))
            rows.put_space(space)
            for epoch, key in one.keys.items():
                rows.put_epoch_key(space.id, epoch, key)
        shelf, now = Shelf(self._desk.mirror, one.id), self._desk.clock.now_ms()
        place = Place(self._desk.store, self._desk.mirror, self._remote, shelf, space, Memo(), Notes(), now)
        self.places.append(place)

    def read(self, telling: Telling, cancelled: Callable[[], bool]) -> None:
        """Take in all that lies on the share. Raises BrokenOffError."""
        for place in self.places:
            place.refresh()
            access.open_space(place)
            waiting = cycle.receive(place, telling, cancelled)
            if waiting is None:
                raise BrokenOffError
            attachments.fetch_all(place)
            quarantine.hold_waiting(place, waiting)

    def move(self) -> Counter[Kind]:
        """Enter it all anew where new records go; how many of each kind.

        A case keeps the number it has; new numbers leap over those that a lost laptop gave out and never sent.
        """
        sources = frozenset(place.space.id for place in self.places)
        with self._desk.store.sync() as rows:
            homes = {space.kind: space.id for space in rows.spaces() if space.home}
            way = Way(sources, homes[SpaceKind.NETWORK], homes[SpaceKind.TEAM], renumbered=False, salvaged=True)
            moved = Counter(_kinds(rows, sources))
            self.refused = sum(item.space in sources for item in rows.held())
            leap(rows, self._desk.clock.now_ms())
            moving.move(rows, self._actor, way, local_day(self._desk.clock.now_ms()))
            for space in sources:
                rows.drop_space(space)
        return moved


def salvage(
    desk: Desk,
    actor: Actor,
    folder: str,
    halves: Halves,
    telling: Telling,
    cancelled: Callable[[], bool],
    *,
    space: str,
    protected: bool,
) -> Recovered:
    """All of it, or nothing."""
    require_admin(actor)
    with needed():
        clear(desk)
        own = _without_cases(desk)
        share = desk.open_share(folder)
        found = [one for one in opened(share, halves) if text_id(one.id) not in own]
        work = _Salvage(desk, actor, share)
        try:
            for one in _wanted(found, actor.team, space, protected=protected):
                work.stage(one)
            work.read(telling, cancelled)
            moved = work.move()
        finally:
            with suppress(MirrorError):  # what happened stands; the next start clears
                clear(desk)
    notes = [place.notes for place in work.places]
    return Recovered(
        moved[Kind.CASE],
        moved[Kind.EXPERT],
        held=work.refused + sum(len(one.held) + (not one.complete) for one in notes),
        missing=sum(len(one.missing) for one in notes),
        protected=0 if protected else len({one.id for one in _of_team(found, actor.team, SpaceKind.CASE)}),
    )


def _without_cases(desk: Desk) -> frozenset[str]:
    """The ids of our spaces. Raises NotEmptyError."""
    with desk.store.look() as rows:
        spaces = frozenset(space.id for space in rows.spaces())
        if any(kind is Kind.CASE for kind in _kinds(rows, spaces)):
            raise NotEmptyError
        return spaces


def _wanted(found: Sequence[Opened], team: str, space: str, *, protected: bool) -> Sequence[Opened]:
    """The spaces to read: the team's, and the pool where we have another one; or its protected cases alone."""
    wanted = _of_team(found, team, SpaceKind.CASE if protected else SpaceKind.TEAM)
    chosen = [one for one in wanted if space in ("", text_id(one.id))]
    if not chosen:
        raise NothingToRecoverError(sorted({one.team for one in found if one.kind is not SpaceKind.NETWORK}))
    if not protected and len({one.id for one in chosen}) > 1:
        raise SeveralSpacesError(sorted(chosen, key=lambda one: one.at_ms))
    pools = [] if protected else [one for one in found if _is_pool_of(one, chosen[0])]
    _require_one_founding([*pools, *chosen], found)
    return [*pools, *chosen]


def _is_pool_of(one: Opened, team: Opened) -> bool:
    return (one.kind, one.network) == (SpaceKind.NETWORK, team.network)


def _require_one_founding(wanted: Iterable[Opened], found: Iterable[Opened]) -> None:
    foundings = Counter(one.id for one in found)
    if any(foundings[one.id] > 1 for one in wanted):
        raise TwoFoundingsError


def _of_team(found: Sequence[Opened], team: str, kind: SpaceKind) -> Sequence[Opened]:
    return [one for one in found if (one.kind, one.team) == (kind, team)]


def _kinds(rows: SyncRows, spaces: Collection[str]) -> Iterator[Kind]:
    """The kind of each case and expert in these spaces."""
    for kind in (Kind.CASE, Kind.EXPERT):
        yield from (kind for _ in rows.entities_in(spaces, kind))


def clear(desk: Desk) -> None:
    """Forget what was read and did not move, raw files too: a salvage that was broken off leaves nothing."""
    with desk.store.look() as rows:
        staged = _staged(rows)
    for space in staged:
        _sweep(desk.mirror, Paths(byte_id(space)).folder)
    if staged:
        with desk.store.sync() as rows:
            for space in staged:
                rows.drop_space(space)
            rows.set_local(_STAGED, "")


def _staged(rows: SyncRows) -> list[str]:
    return list(json.loads(rows.local(_STAGED) or "[]"))


def _sweep(mirror: Mirror, folder: str) -> None:
    for name in tuple(mirror.files(folder)):
        mirror.drop(f"{folder}/{name}")
    for below in mirror.folders(folder):
        _sweep(mirror, f"{folder}/{below}")
