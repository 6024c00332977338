"""Hears from Windows that the session was locked or that the laptop goes to sleep."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray
from PySide6.QtWidgets import QApplication, QWidget

WM_WTSSESSION_CHANGE = 0x02B1
WM_POWERBROADCAST = 0x0218
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOCK = 0x2, 0x4, 0x7
PBT_APMSUSPEND = 0x4
_LEAVING = frozenset({WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOCK})


def leaves(message: int, what: int) -> bool:
    """Whether a window message says that the user goes away."""
    if message == WM_WTSSESSION_CHANGE:
        return what in _LEAVING
    return message == WM_POWERBROADCAST and what == PBT_APMSUSPEND


class SessionWatch(QAbstractNativeEventFilter):
    """Calls `left` when Windows says that the user goes away. Elsewhere there is nothing to hear."""

    def __init__(self, window: QWidget, left: Callable[[], None]) -> None:
        super().__init__()
        self._left = left
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), 0)
            QApplication.instance().installNativeEventFilter(self)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        if QByteArray(kind) == b"windows_generic_MSG":
            self.heard(wintypes.MSG.from_address(int(message)))
        return False, 0

    def heard(self, message: wintypes.MSG) -> None:
        """Handle one message of Windows."""
        if leaves(int(message.message), int(message.wParam)):
            self._left()
