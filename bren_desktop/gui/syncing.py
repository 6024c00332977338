"""When sync runs: after unlocking, every five minutes, on F5, after a change of network, before a lock and at quitting.

Never two at once, nothing while locked. What came in reaches the pages through the navigator.
"""

from __future__ import annotations

import gc
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from bren_desktop.domain.rights import Right, may
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.network_watch import NetworkWatch
from bren_desktop.gui.share_thread import ShareThread
from bren_desktop.services.share_door import CycleReport, Progress, ShareStatus
from bren_desktop.services.sync_ports import Standing

T = TypeVar("T")
EVERY_MS = 5 * 60 * 1000
JITTER_MS = 60 * 1000
LOOK_AFTER_MS = 1500
"""How long after something was saved the state of the share is looked at."""
_TELLS_EVERY = 0.1
LEAVE_BEHIND = 0.5
"""Seconds that the thread gets to end where nobody waits for it any more."""


class Syncing(QObject):
    """Sync of one unlocked session."""

    running = Signal(bool)
    progressed = Signal(int, int)
    told = Signal(object)
    """A ShareStatus."""
    finished = Signal(object)
    """A CycleReport."""
    failed = Signal(str)
    dropped = Signal(str)
    """The profile is gone, and why in a sentence: this laptop was reported lost, or it left."""
    role_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.thread_of_share = ShareThread(self)
        self.status: ShareStatus | None = None
        self._actor = desk.workspace.actor
        self._is_running = self._wanted_again = False
        self.is_dropped = False
        self._cancel = threading.Event()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.run)
        self._look = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._look.timeout.connect(self.look)
        self._network: NetworkWatch | None = None
        desk.messages.informed.connect(self._on_saved)
        desk.messages.undo_offered.connect(self._on_saved)

    @property
    def is_on(self) -> bool:
        """Whether this profile has a share: who is out of it still hears there that he is lost, or in after all."""
        standing = self.status.standing if self.status else Standing.ALONE
        return not self.is_dropped and standing != Standing.ALONE

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._is_running

    def start(self) -> None:
        """Look how this profile stands to the share, and run if it has one."""
        if may(self._actor, Right.SYNC):
            self.do(self._read_status, self._on_first_status, self._on_look_failed)

    def look(self) -> None:
        """Ask anew how this profile stands to the share."""
        self.do(self._read_status, self._on_status, self._on_look_failed)

    def run(self) -> None:
        """Run now; where a run is under way, once more after it."""
        if not self.is_on:
            return
        if self._is_running:
            self._wanted_again = True
            return
        self._begin()
        self.do(self._cycle, self._on_finished, self._on_failed)

    def cancel(self) -> None:
        """Stop the run that is under way, as soon as it can; the next one goes on from there."""
        self._cancel.set()

    def do(
        self, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[UserFacingError], object]
    ) -> None:
        """Do something with the share, after what is under way."""
        self.thread_of_share.do(work, done, failed)

    def drop(self, why: str) -> None:
        """This laptop is no part of it any more, and the profile is gone: end at once."""
        self.is_dropped = True
        self.dropped.emit(why)

    def last_run(self, then: Callable[[], object]) -> None:
        """One more run, and then `then`: the window is being locked or closed."""
        self._rest()
        self._wanted_again = False
        self._begin()
        self.thread_of_share.do(self._cycle, lambda _: then(), lambda _: then())

    def close(self, patience: float = LEAVE_BEHIND) -> None:
        """End; a share that hangs is left behind."""
        self._rest()
        self.cancel()
        self.thread_of_share.close(patience)
        gc.unfreeze()

    def _rest(self) -> None:
        self._timer.stop()
        self._look.stop()
        if self._network is not None:
            self._network.stop()

    def _begin(self) -> None:
        self._is_running = True
        self._cancel.clear()
        self._timer.stop()
        self.running.emit(True)

    def _read_status(self) -> ShareStatus:
        workspace = self._desk.workspace
        return workspace.sharing.status(workspace.actor)

    def _cycle(self) -> CycleReport:
        """On the thread of the share: how far it is, is told ten times a second at most."""
        workspace, last = self._desk.workspace, [0.0]

        def tell(progress: Progress) -> None:
            now = time.monotonic()
            if now - last[0] >= _TELLS_EVERY:
                last[0] = now
                with suppress(RuntimeError):  # left behind: the window that asked is gone
                    self.progressed.emit(progress.done, progress.total)

        return workspace.sharing.cycle(workspace.actor, tell, self._cancel.is_set)

    def _on_first_status(self, status: ShareStatus) -> None:
        """Measured: a full look for reference cycles holds the window for 0.3 s while records come in.

        What is there by now stays until the lock anyway, so it need not be walked over again and again.
        """
        self._on_status(status)
        if self.is_on:
            gc.freeze()
        self.run()

    def _on_status(self, status: ShareStatus) -> None:
        was_on = self.is_on
        self.status = status
        self.told.emit(status)
        if self.is_on and not was_on:
            self._network = self._network or NetworkWatch(self.run, self)
            self._network.start()
        self._plan()

    def _on_finished(self, report: CycleReport) -> None:
        self._end_run()
        if report.dropped:
            self.drop(
                self.tr(
                    "Deze laptop is als verloren gemeld. De sleutel is vernietigd: wat hier stond is niet meer te "
                    "openen. Vraag uw voorzitter om een nieuwe uitnodiging."
                )
            )
            return
        self.finished.emit(report)
        self._desk.navigator.records_changed.emit(report.touched)
        self.look()
        self._follow_role()
        if self._wanted_again:
            self._wanted_again = False
            self.run()

    def _follow_role(self) -> None:
        before, self._actor = self._actor, self._desk.workspace.actor
        if self._actor.role is not before.role:
            self.role_changed.emit()

    def _on_failed(self, error: UserFacingError) -> None:
        self._end_run()
        self._wanted_again = False
        self.failed.emit(sentence(error))
        self._plan()

    def _on_look_failed(self, error: UserFacingError) -> None:
        self.failed.emit(sentence(error))

    def _end_run(self) -> None:
        self._is_running = False
        self.running.emit(False)

    def _plan(self) -> None:
        """The next run, not at the same moment on all laptops."""
        if self.is_on and not self._is_running:
            self._timer.start(EVERY_MS - JITTER_MS + secrets.randbelow(2 * JITTER_MS))

    def _on_saved(self, *_: object) -> None:
        if self.is_on:
            self._look.start()
