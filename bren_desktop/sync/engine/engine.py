"""The engine: cycles over all spaces of a profile, and the check of the whole share. It brings no thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from bren_desktop.services.ports import Clock
from bren_desktop.services.share_door import CheckReport, CycleReport, Progress, Trouble
from bren_desktop.services.sync_ports import HeldSpace, Standing, SyncRows, SyncStore
from bren_desktop.sync.engine import checking, cycle, outbox, quarantine, renewing, top
from bren_desktop.sync.engine.mirror import Mirror
from bren_desktop.sync.engine.notes import Notes, as_trouble
from bren_desktop.sync.engine.place import Memo, Place
from bren_desktop.sync.engine.progress import Telling
from bren_desktop.sync.engine.remote import Remote
from bren_desktop.sync.engine.shelf import Shelf
from bren_desktop.sync.transport.share import AwayError, Share, ShareError

_log = logging.getLogger(__name__)


@dataclass
class _Run:
    """One cycle or check over all spaces."""

    telling: Telling
    cancelled: Callable[[], bool]
    notes: list[Notes] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    files: int = 0
    mended: int = 0


class Engine:
    """Sync of one opened profile. One caller at a time."""

    def __init__(self, store: SyncStore, mirror: Mirror, clock: Clock, open_share: Callable[[], Share]) -> None:
        self._store = store
        self._mirror = mirror
        self._clock = clock
        self._open_share = open_share
        self._memos: dict[str, Memo] = {}
        self._shelves: dict[str, Shelf] = {}
        self._losses = 0

    def cycle(
        self, progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> CycleReport:
        """One run over all spaces that this profile is a member of. A share that is away is not an error."""
        run = _Run(Telling(progress), cancelled)
        reachable = self._over_all(run, self._sync_space)
        with self._store.look() as rows:
            report = self._report(rows, run, reachable=reachable)
        _log.info("sync: reachable %s, out %d, in %d", reachable, report.published, report.received)
        return report

    def forget(self) -> None:
        """Find everything out again at the next run: something was changed beside it."""
        self._memos.clear()

    def check(self) -> CheckReport:
        """Read and compare every file of the share; put back what is missing or damaged."""
        run = _Run(Telling(None), lambda: False)
        reachable = self._over_all(run, self._check_space)
        troubles = tuple(trouble for notes in run.notes for trouble in notes.all_troubles())
        return CheckReport(reachable, run.files, run.mended, (*run.troubles, *troubles))

    def _over_all(self, run: _Run, act: Callable[[_Run, Place], None]) -> bool:
        """Do something with each space; whether the share could be reached. One space does not keep the others."""
        try:
            remote = Remote(self._open_share())
            self._forget_spoilt(run)
            outbox.flush(self._store, self._mirror)
            spaces, restored = self._member_spaces()
            remote.listing("")
            if spaces:
                run.troubles += top.mend(remote, spaces[0].network)
            for space in spaces:
                self._one(run, act, self._place(space, remote, restored=restored))
            if restored:
                self._end_of_restoring()
        except AwayError:
            return False
        except ShareError as error:
            _log.warning("sync stopped: %s", type(error).__name__)
            run.troubles.append(Trouble(error.reason, ""))
            run.notes.append(Notes(complete=False))
        return True

    def _one(self, run: _Run, act: Callable[[_Run, Place], None], place: Place) -> None:
        run.notes.append(place.notes)
        try:
            with place.trying():
                act(run, place)
        except AwayError:
            raise
        except BaseException:
            self._memos.pop(place.space.id, None)
            raise
        place.notes.complete &= not self._forget_spoilt(run)

    def _forget_spoilt(self, run: _Run) -> bool:
        """Look anew at everything once the disk spoilt a file of the mirror; whether it did since we last asked."""
        fresh = self._mirror.losses - self._losses
        self._losses = self._mirror.losses
        if fresh:
            self._memos.clear()
            run.troubles.append(Trouble("spoilt", "", times=fresh))
        return fresh > 0

    def _sync_space(self, run: _Run, place: Place) -> None:
        if not run.cancelled() and cycle.run(place, run.telling, run.cancelled):
            quarantine.settle(place)
        else:
            place.notes.complete = False

    def _check_space(self, run: _Run, place: Place) -> None:
        files, mended = checking.check(place)
        run.files += files
        run.mended += mended

    def _member_spaces(self) -> tuple[list[HeldSpace], bool]:
        """The spaces that we are in, and whether this profile was restored."""
        with self._store.look() as rows:
            spaces = [space for space in rows.spaces() if space.standing is Standing.MEMBER]
            return spaces, bool(rows.local(renewing.RESTORED))

    def _place(self, space: HeldSpace, remote: Remote, *, restored: bool) -> Place:
        shelf = self._shelves.setdefault(space.id, Shelf(self._mirror, Place.id_of(space)))
        is_new = space.id not in self._memos
        memo = self._memos.setdefault(space.id, Memo())
        place = Place(self._store, self._mirror, remote, shelf, space, memo, Notes(), self._clock.now_ms())
        place.restored = restored
        if is_new:
            quarantine.remembered(place)
        return place

    def _end_of_restoring(self) -> None:
        """Once every space goes on under a new device, the restored backup is done with."""
        with self._store.look() as rows:
            if not renewing.all_renewed(rows):
                return
        with self._store.sync() as rows:
            renewing.forget_restored(rows)

    def _report(self, rows: SyncRows, run: _Run, *, reachable: bool) -> CycleReport:
        held = rows.held()
        said = [trouble for notes in run.notes for trouble in notes.troubles]
        return CycleReport(
            reachable,
            published=sum(notes.published for notes in run.notes),
            received=sum(notes.received for notes in run.notes),
            conflicts=rows.count_conflicted(),
            quarantined=len(held),
            missing=sum(len(notes.missing) for notes in run.notes),
            complete=reachable and all(notes.complete for notes in run.notes),
            dropped=any(notes.dropped for notes in run.notes),
            touched=frozenset(name for notes in run.notes for name in notes.touched),
            troubles=(*run.troubles, *said, *map(as_trouble, held)),
        )
