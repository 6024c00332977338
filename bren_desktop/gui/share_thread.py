"""The one thread for the share: a folder on the network may take its time, and nobody may wait for it.

Unlike the pools of gui/tasks.py it can be left behind: a call into a share that hangs must not hold up a lock.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from bren_desktop.errors import UserFacingError

T = TypeVar("T")
Failed = Callable[[UserFacingError], object]
_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], object]
    failed: Failed
    answer: Any = None
    error: Exception | None = None


class ShareThread(QObject):
    """Does one thing after another; answers come on the main thread. `quiet` tells that nothing waits any more."""

    quiet = Signal()
    _ready = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._open = 0
        self._closed = False
        self._thread: threading.Thread | None = None
        self._ready.connect(self._on_ready)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way or waits."""
        return self._open > 0

    def do(self, work: Callable[[], T], done: Callable[[T], object], failed: Failed) -> None:
        """Do `work` after what waits already."""
        if self._closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="share", daemon=True)
            self._thread.start()
        self._open += 1
        self._waiting.put(_Job(work, done, failed))

    def close(self, patience: float) -> bool:
        """Take nothing new, drop what waits, and give the thread `patience` seconds; whether it ended."""
        self._closed = True
        with suppress(queue.Empty):
            while True:
                self._waiting.get_nowait()
        self._waiting.put(None)
        if self._thread is None:
            return True
        self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._waiting.get()) is not None:
            try:
                job.answer = job.work()
            except Exception as error:  # noqa: BLE001 - raised again on the main thread
                job.error = error
            if self._closed:
                return
            with suppress(RuntimeError):  # left behind: the window that asked is gone
                self._ready.emit(job)

    def _on_ready(self, job: _Job) -> None:
        self._open -= 1
        if self._closed:
            return
        try:
            self._hand_over(job)
        finally:
            if not self._open:
                self.quiet.emit()

    def _hand_over(self, job: _Job) -> None:
        """A bug is raised here, where it is reported; who asked hears that it ended."""
        if job.error is None:
            job.done(job.answer)
        elif isinstance(job.error, UserFacingError):
            _log.warning("share: %s", type(job.error).__name__)
            job.failed(job.error)
        else:
            job.failed(UserFacingError("Er ging onverwacht iets mis met de share. Uw gegevens zijn veilig."))
            raise job.error
