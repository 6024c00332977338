"""Work behind the window: one thread for the store, a pool for files and PDF, answers on the main thread.

A known failure goes to `failed`, or else to the messages; any other exception is raised on the main thread, where it
ends in gui/crash.py.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from bren_desktop.errors import UserFacingError
from bren_desktop.gui.messages import Messages

T = TypeVar("T")
Failed = Callable[[UserFacingError], None]
SHOWS_AFTER_MS = 300
"""Work that takes longer shows that it started."""


@dataclass(eq=False, slots=True)
class Ticket:
    """One piece of work under way. After `cancel` its answer is dropped; a question not yet begun is never put."""

    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass(eq=False, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], object]
    failed: Failed | None
    needed: bool
    ticket: Ticket = field(default_factory=Ticket)
    answer: Any = None
    error: BaseException | None = None

    def run(self) -> None:
        if self.ticket.cancelled and not self.needed:
            return
        try:
            self.answer = self.work()
        except Exception as error:  # noqa: BLE001 - raised again on the main thread
            self.error = error


class Tasks(QObject):
    """The background of one unlocked session."""

    busy = Signal(bool)
    idle = Signal()
    """The last answer that was waited for has been handed over."""
    _ready = Signal()

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._store_thread = QThreadPool(self)
        self._store_thread.setMaxThreadCount(1)
        self._store_thread.setExpiryTimeout(-1)
        self._pool = QThreadPool(self)
        self._finished: deque[_Job] = deque()
        self._open: set[_Job] = set()
        self._closed = False
        self._patience = QTimer(self, singleShot=True, interval=SHOWS_AFTER_MS)
        self._patience.timeout.connect(self._on_patience_over)
        self._ready.connect(self._on_ready)

    def ask(self, work: Callable[[], T], done: Callable[[T], object], failed: Failed | None = None) -> Ticket:
        """Read from the store. Questions and writes are handled one after the other."""
        return self._start(_Job(work, done, failed, needed=False), self._store_thread)

    def do(self, work: Callable[[], T], done: Callable[[T], object], failed: Failed | None = None) -> Ticket:
        """Write to the store. Cancelling the ticket drops the answer, never the work or the word of its failure."""
        return self._start(_Job(work, done, failed, needed=True), self._store_thread)

    def run(self, work: Callable[[], T], done: Callable[[T], object], failed: Failed | None = None) -> Ticket:
        """Read or write a file, or make a PDF, beside the store."""
        return self._start(_Job(work, done, failed, needed=True), self._pool)

    def drain(self) -> None:
        """Wait for all work and hand over its answers, and those of the work that these start."""
        while self._open:
            self._store_thread.waitForDone()
            self._pool.waitForDone()
            while self._finished:
                self._on_ready()

    def close(self) -> None:
        """End the session: writes are finished, questions and all answers are dropped, nothing new begins."""
        self._closed = True
        for job in self._open:
            job.ticket.cancel()
        self.drain()

    def _start(self, job: _Job, pool: QThreadPool) -> Ticket:
        if self._closed:
            job.ticket.cancel()
            return job.ticket
        if not self._open:
            self._patience.start()
        self._open.add(job)
        pool.start(lambda: self._run(job))
        return job.ticket

    def _run(self, job: _Job) -> None:
        job.run()
        self._finished.append(job)
        self._ready.emit()

    def _on_ready(self) -> None:
        """Hand over one answer; `drain` may have been first."""
        if not self._finished:
            return
        job = self._finished.popleft()
        self._open.discard(job)
        if not self._open:
            self._patience.stop()
            self.busy.emit(False)
        try:
            self._hand_over(job)
        finally:
            if not self._open:
                self.idle.emit()

    def _hand_over(self, job: _Job) -> None:
        wanted = not job.ticket.cancelled and _is_alive(job.done)
        if job.error is None:
            if wanted:
                job.done(job.answer)
        elif not isinstance(job.error, UserFacingError):
            raise job.error
        elif wanted and job.failed is not None:
            job.failed(job.error)
        elif wanted or job.needed:
            self._messages.fail(job.error)

    def _on_patience_over(self) -> None:
        self.busy.emit(True)


def _is_alive(callback: Callable[..., object]) -> bool:
    """Whether the widget that waits for the answer still exists."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
