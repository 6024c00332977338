"""Watches over an open window: the veil after ten minutes, the lock after an hour or when Windows locks."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from bren_desktop.gui.idle import IdleWatch
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.veil import Veil
from bren_desktop.gui.windows_session import SessionWatch


class Guard(QObject):
    """Ties the watches to the window."""

    _left = Signal()

    def __init__(self, app: QApplication, window: MainWindow, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window = window
        self.veil = Veil(app)
        self.idle = IdleWatch(app, clock)
        self._left.connect(self._on_lock_due, Qt.ConnectionType.QueuedConnection)
        self.session_watch = SessionWatch(window, self._left.emit)
        self.idle.veil_due.connect(self.veil.cover)
        self.idle.lock_due.connect(self._on_lock_due)
        self.idle.minutes_left.connect(self._on_minutes_left)
        window.opened.connect(self.idle.start)
        window.locked.connect(self.idle.stop)

    def _on_lock_due(self) -> None:
        if self.veil.is_down:
            self.veil.lift()
        self._window.lock()

    def _on_minutes_left(self, minutes: int) -> None:
        if self._window.session is not None:
            self._window.session.workbench.notices.show_minutes(minutes)
