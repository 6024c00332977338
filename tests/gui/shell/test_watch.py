"""The veil after ten minutes, the lock after an hour and when Windows says that its user leaves."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import wintypes

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.gui import windows_session
from bren_desktop.gui.guard import Guard
from bren_desktop.gui.idle import LOCK_AFTER, VEIL_AFTER
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.veil import Veil


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guard(window: MainWindow, qapp: QApplication, clock: Clock) -> Iterator[Guard]:
    guard = Guard(qapp, window, clock)
    guard.idle.start()
    yield guard
    guard.idle.stop()


def _search(window: MainWindow) -> QLineEdit:
    assert window.session is not None
    return window.session.workbench.ui.search


def test_one_key_lifts_the_veil_and_gives_back_field_and_cursor(window: MainWindow, guard: Guard, clock: Clock) -> None:
    search = _search(window)
    search.setFocus()
    search.setText("Haaglanden")
    search.setCursorPosition(4)
    clock.now += VEIL_AFTER
    guard.idle.look()
    assert guard.veil.is_down
    QTest.keyClick(window, Qt.Key.Key_X)
    assert window.focusWidget() is search
    assert (search.text(), search.cursorPosition()) == ("Haaglanden", 4)


def test_the_veil_covers_every_window_and_swallows_shortcuts(qtbot: QtBot, qapp: QApplication) -> None:
    windows = [QLineEdit("geheim"), QLineEdit("ook geheim")]
    for shown in windows:
        qtbot.addWidget(shown)
        shown.show()
    veil = Veil(qapp)
    veil.cover()
    for shown in windows:
        shown.deselect()
        top = shown.childAt(shown.rect().center())
        assert isinstance(top, QWidget)
    QTest.keyClick(windows[0], Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert not veil.is_down
    assert windows[0].selectedText() == ""


def test_a_touch_before_ten_minutes_keeps_the_veil_away(window: MainWindow, guard: Guard, clock: Clock) -> None:
    clock.now += VEIL_AFTER - 1
    QTest.keyClick(window, Qt.Key.Key_Shift)
    clock.now += VEIL_AFTER - 1
    guard.idle.look()
    assert not guard.veil.is_down


def test_an_hour_without_a_touch_locks(window: MainWindow, guard: Guard, clock: Clock) -> None:
    clock.now += VEIL_AFTER
    guard.idle.look()
    clock.now += LOCK_AFTER - VEIL_AFTER
    guard.idle.look()
    assert window.session is None
    assert not guard.veil.is_down


def test_the_footer_counts_down(window: MainWindow, guard: Guard, clock: Clock) -> None:
    assert window.session is not None
    label = window.session.workbench.ui.lock_clock
    assert "60 min" in label.text()
    clock.now += 5 * 60
    guard.idle.look()
    assert "55 min" in label.text()


@pytest.mark.parametrize(
    ("message", "what"),
    [
        (windows_session.WM_WTSSESSION_CHANGE, windows_session.WTS_SESSION_LOCK),
        (windows_session.WM_WTSSESSION_CHANGE, windows_session.WTS_REMOTE_DISCONNECT),
        (windows_session.WM_POWERBROADCAST, windows_session.PBT_APMSUSPEND),
    ],
)
def test_windows_says_that_its_user_leaves(
    window: MainWindow, guard: Guard, qtbot: QtBot, message: int, what: int
) -> None:
    heard = wintypes.MSG()
    heard.message, heard.wParam = message, what
    guard.session_watch.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(heard))
    qtbot.waitUntil(lambda: window.session is None)


def test_other_messages_of_windows_change_nothing(window: MainWindow, guard: Guard, qtbot: QtBot) -> None:
    heard = wintypes.MSG()
    for message, what in (
        (windows_session.WM_WTSSESSION_CHANGE, 0x8),
        (windows_session.WM_POWERBROADCAST, 0x12),
        (5, 7),
    ):
        heard.message, heard.wParam = message, what
        guard.session_watch.heard(heard)
    assert not windows_session.leaves(0, 0)
    assert window.session is not None
