"""Sync for one opened profile, as services ask for it (`services.share_door.ShareDoor`): the engine and the acts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.services.ports import Clock
from bren_desktop.services.share_door import (
    Away,
    CheckReport,
    CycleReport,
    Device,
    Erasing,
    InviteTo,
    Progress,
    Recovered,
    Request,
    ShareStatus,
    Trouble,
)
from bren_desktop.services.sync_ports import SpaceKind, SyncStore
from bren_desktop.sync.engine.engine import Engine
from bren_desktop.sync.engine.mirror import Mirror
from bren_desktop.sync.engine.progress import Telling
from bren_desktop.sync.enrolment import (
    admission,
    approving,
    creating,
    entering,
    governing,
    laptops,
    overview,
    protecting,
    recovering,
    salvaging,
    settling,
)
from bren_desktop.sync.enrolment.approving import Asked
from bren_desktop.sync.enrolment.desk import Desk, NoNetworkError, ShareAwayError
from bren_desktop.sync.enrolment.entering import Settled
from bren_desktop.sync.enrolment.lease import Lease
from bren_desktop.sync.enrolment.overview import lease_of
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.transport import diagnosis, places
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import Share, ShareError

DIAGNOSE_MS = 60 * 60 * 1000


def open_door(store: SyncStore, mirror: Path, clock: Clock) -> Door:
    """The door of a profile whose share is a folder; `mirror` is where its own copy of the share lies."""
    mirror.mkdir(exist_ok=True)

    def warnings(folder: str) -> Sequence[str]:
        return diagnosis.warnings(Path(folder), mirror.parent)

    def require_suitable(folder: str) -> None:
        places.require_suitable(Path(folder), mirror.parent)

    @cache
    def share(place: str) -> Share:
        return FolderShare(Path(place), _draft_mark(store))

    return Door(store, FolderShare(mirror, "mirror"), share, clock, warnings, require_suitable)


def _draft_mark(store: SyncStore) -> str | None:
    """By which the drafts that this laptop left on the share in a crash are known as its own."""
    with store.look() as rows:
        devices = [space.device.hex() for space in rows.spaces()]
    return min(devices, default=None)


class Door:
    """One caller at a time; others wait."""

    def __init__(
        self,
        store: SyncStore,
        mirror: Share,
        open_share: Callable[[str], Share],
        clock: Clock,
        diagnosed: Callable[[str], Sequence[str]] = lambda _folder: (),
        require_suitable: Callable[[str], None] = lambda _folder: None,
    ) -> None:
        self._desk = Desk(store, Mirror(mirror), open_share, clock, require_suitable)
        self._engine = Engine(store, self._desk.mirror, clock, self._desk.share)
        self._diagnosed = diagnosed
        self._turn = threading.RLock()
        self._last: ShareStatus | None = None
        self._looked = "", 0
        self._words: dict[bytes, tuple[str, ...]] = {}
        with suppress(ShareError):
            salvaging.clear(self._desk)

    # joining ---------------------------------------------------------------------------------------------------

    def create(self, actor: Actor, folder: str, network: str) -> None:
        with self._turn:
            creating.create(self._desk, actor, folder, network)
            self.cycle()

    def make_recovery(self, actor: Actor, write: Callable[[bytes, bytes], object]) -> None:
        with self._turn:
            creating.make_recovery(self._desk, actor, write)

    def recover(
        self,
        actor: Actor,
        folder: str,
        halves: tuple[bytes, bytes],
        *,
        space: str = "",
        protected: bool = False,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Recovered:
        keys = recovering.read_halves(*halves)
        with self._turn:
            telling = Telling(progress)
            return salvaging.salvage(
                self._desk, self.actor(actor), folder, keys, telling, cancelled, space=space, protected=protected
            )

    def invite(self, actor: Actor, to: InviteTo, role: Role, team: str = "") -> tuple[bytes, str]:
        with self._turn:
            approving.require_admin(actor)
            self._reach()
            file, code = admission.invite(self._desk, actor, to, role, team)
            self.cycle()
            return file, code

    def join(self, actor: Actor, invite: bytes, code: str) -> tuple[str, ...]:
        with self._turn:
            return admission.join(self._desk, actor, invite, code)

    def requests(self) -> Sequence[Request]:
        with self._turn:
            return admission.requests(self._desk, self._said)

    def approve(self, actor: Actor, request: str) -> None:
        with self._turn:
            approving.require_admin(actor)
            self._reach()
            admission.approve(self._desk, request)
            self.cycle()

    def _said(self, asked: Asked) -> tuple[str, ...]:
        """The words of a request; they cost a slow derivation, so they are remembered."""
        name = digest_of(asked.file)
        if name not in self._words:
            self._words[name] = admission.said_words(asked)
        return self._words[name]

    # laptops ---------------------------------------------------------------------------------------------------

    def actor(self, actor: Actor) -> Actor:
        """`actor` with role, team and letters as the signed card of this laptop has them; as it is without one."""
        with self._turn, self._desk.looking() as (_, posts):
            own = [post for post in posts if post.card is not None]
            home = next((post for post in own if post.space.kind is SpaceKind.TEAM and post.space.home), None)
            post = home or next(iter(own), None)
            return settling.actor_of(post) if post else actor

    def devices(self) -> Sequence[Device]:
        with self._turn:
            return governing.devices(self._desk)

    def set_role(self, actor: Actor, device: str, role: Role) -> None:
        with self._turn:
            approving.require_admin(actor)
            self._reach()
            governing.set_role(self._desk, device, role)
            self.cycle()

    def revoke(self, actor: Actor, device: str, why: Away) -> Sequence[str]:
        with self._turn:
            approving.require_admin(actor)
            if not self.cycle().reachable:
                governing.require_not_restored(self._desk)
            cases = governing.revoke(self._desk, device, why)
            self.cycle()
            return cases

    def leave(self, actor: Actor, *, last: bool = False) -> None:  # noqa: ARG002  whoever works here may leave
        with self._turn:
            if governing.is_inside(self._desk):
                self._reach()
                governing.leave(self._desk, last=last)
                self._reach()

    def _reach(self) -> None:
        """A cycle that must reach the share: who signs without having seen what he signed before, undoes that.

        Raises NoNetworkError, ShareAwayError.
        """
        if not self._desk.folder():
            raise NoNetworkError
        if not self.cycle().reachable:
            raise ShareAwayError

    # cycles ----------------------------------------------------------------------------------------------------

    def cycle(
        self, progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> CycleReport:
        with self._turn:
            if not self._desk.folder():
                return CycleReport(reachable=False)
            missing = self._knock()
            report = self._engine.cycle(progress, cancelled)
            settled, heard = entering.settle(self._desk), entering.hear(self._desk)
            if heard:
                missing += self._knock()
            if heard or settled is not None:
                report = _together(report, settled or Settled(), self._engine.cycle(progress, cancelled))
            if report.complete:
                missing += entering.unkept(self._desk)
            missing += entering.left(self._desk)
            self._note(report)
            lost = report.dropped or self._desk.is_lost()
            return replace(report, dropped=lost, troubles=self._by_laptop((*report.troubles, *missing)))

    def _by_laptop(self, troubles: tuple[Trouble, ...]) -> tuple[Trouble, ...]:
        if not any(trouble.device for trouble in troubles):
            return troubles
        with self._desk.looking() as (_, posts):
            return laptops.by_laptop(posts, troubles)

    def _knock(self) -> tuple[Trouble, ...]:
        try:
            share = self._desk.share()
            entering.look_back(self._desk, share)
            return entering.knock(self._desk, share)
        except ShareError:
            return ()

    def _note(self, report: CycleReport) -> None:
        """Remember that there was contact, and how many wait for an answer."""
        if not report.reachable:
            overview.note_absence(self._desk)
        else:
            self._diagnose()
            with suppress(ShareError, ShareAwayError):
                overview.note_contact(self._desk)

    def _diagnose(self) -> None:
        """Look once an hour whether the folder is well: that costs more than a cycle."""
        now, folder = self._desk.clock.now_ms(), self._desk.folder()
        place, since = self._looked
        if place != folder or not 0 <= now - since < DIAGNOSE_MS:
            overview.note_warnings(self._desk, self._diagnosed(folder))
            self._looked = folder, now

    def check(self) -> CheckReport:
        with self._turn:
            self._desk.flush()
            report = self._engine.check()
            return replace(report, troubles=self._by_laptop(report.troubles))

    # what lies there -------------------------------------------------------------------------------------------

    def status(self) -> ShareStatus:
        """The picture of now; during a run, that of just before: nobody waits to look."""
        if not self._turn.acquire(blocking=self._last is None):
            return self._last or ShareStatus("")
        try:
            self._last = overview.status(self._desk)
            return self._last
        finally:
            self._turn.release()

    def reaches(self) -> bool:
        """Whether the share answers now."""
        with self._turn:
            try:
                self._desk.share().list("")
            except (ShareError, NoNetworkError):
                return False
            return True

    def lease(self) -> Lease:
        """How long this laptop has been without contact."""
        with self._turn, self._desk.looking() as (rows, _):
            return lease_of(rows, self._desk.clock.now_ms())

    def erase(self, actor: Actor, case: str, *, witnessed: bool = False) -> Erasing:
        with self._turn:
            if self._desk.folder() and governing.is_inside(self._desk) and not governing.is_copy(self._desk, case):
                self._reach()
            state = governing.erase(self._desk, actor, case, witnessed=witnessed)
            self.cycle()
            return state

    def protect(self, actor: Actor, case: str, devices: Sequence[str]) -> str:
        with self._turn:
            approving.require_admin(actor)
            self._reach()
            moved = protecting.protect(self._desk, case, devices)
            self.cycle()
            return moved

    def tray(self) -> Sequence[Trouble]:
        with self._turn:
            return overview.late(self._desk)

    def take_from_tray(self, actor: Actor, device: str) -> int:
        with self._turn:
            self.cycle()
            taken = governing.take_from_tray(self._desk, self.actor(actor), device)
            self._engine.forget()
            self.cycle()
            return taken


def _together(first: CycleReport, settled: Settled, last: CycleReport) -> CycleReport:
    """Two runs with a settlement in between, as one."""
    return replace(
        last,
        published=first.published + last.published,
        received=first.received + last.received,
        dropped=first.dropped or last.dropped,
        touched=first.touched | settled.touched | last.touched,
        troubles=(*last.troubles, *settled.troubles),
    )
