"""Notices that nobody touches the program: first the veil, then the lock."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

VEIL_AFTER = 10 * 60
LOCK_AFTER = 60 * 60
_LOOKS_EVERY_MS = 5000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Counts seconds since the last touch. `minutes_left` is told when it changes."""

    veil_due = Signal()
    lock_due = Signal()
    minutes_left = Signal(int)

    def __init__(self, app: QApplication, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(app)
        self._app, self._clock = app, clock
        self._touched = clock()
        self._told = -1
        self._timer = QTimer(self, interval=_LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to count, at unlocking."""
        self._touched = self._clock()
        self._told = -1
        self._app.installEventFilter(self)
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Rest, at locking."""
        self._app.removeEventFilter(self)
        self._timer.stop()

    def look(self) -> None:
        """Compare the clock with the last touch."""
        idle = self._clock() - self._touched
        if idle >= LOCK_AFTER:
            self.lock_due.emit()
            return
        if idle >= VEIL_AFTER:
            self.veil_due.emit()
        minutes = round((LOCK_AFTER - idle + 29) // 60)
        if minutes != self._told:
            self._told = minutes
            self.minutes_left.emit(minutes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = self._clock()
        return False
