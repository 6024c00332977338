"""When sync runs, what the status bar says of it, and how a lock waits for it: bounded."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from bren_desktop.app import LateProfile
from bren_desktop.domain.actors import Role
from bren_desktop.errors import UserFacingError
from bren_desktop.gui import network_watch
from bren_desktop.gui.dialogs import leaving
from bren_desktop.gui.dialogs.erase_case import EraseDialog
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.session import Session
from bren_desktop.services.share_door import AskedErasure, CycleReport, Progress, Trouble
from bren_desktop.services.sharing import Sharing
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Profile
from tests.screenshots.share_double import MEMBER, ShareDouble

Open = Callable[[ShareDouble], Session]
Reachability = QNetworkInformation.Reachability


@pytest.fixture
def window(profile: Profile, qtbot: QtBot) -> Iterator[MainWindow]:
    """Closed by itself: a window with a share is not gone at once."""
    shown = MainWindow(LateProfile(profile.folder), Preferences())
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.close()
    qtbot.waitUntil(lambda: not shown.isVisible())
    shown.deleteLater()


@pytest.fixture
def open_on(window: MainWindow, profile: Profile, passphrase: str, qtbot: QtBot) -> Open:
    """Opens the window on a profile whose share is a double; back when its first run is done."""

    def begin(door: ShareDouble) -> Session:
        workspace = profile.unlock(passphrase)
        use(workspace, door)
        window.open_session(workspace)
        session = window.session
        assert session is not None
        qtbot.waitUntil(lambda: session.syncing.status is not None)
        settle(qtbot, session)
        return session

    return begin


def use(workspace: Workspace, door: ShareDouble) -> None:
    workspace.sharing = Sharing(lambda: door, lambda report: None, lambda: None)


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.syncing.thread_of_share.is_busy)
    session.desk.tasks.drain()


def test_without_a_share_nothing_runs_and_the_bar_says_what_it_said(open_on: Open) -> None:
    door = ShareDouble()
    ui = open_on(door).workbench.ui
    assert door.asked == []
    assert ui.saved.isVisible()
    assert not ui.share.isVisible()


def test_a_member_runs_after_unlocking_and_plans_the_next_run(open_on: Open) -> None:
    door = ShareDouble(MEMBER)
    session = open_on(door)
    assert door.asked == [("cycle",)]
    assert session.syncing._timer.isActive()
    assert 4 * 60_000 <= session.syncing._timer.interval() <= 6 * 60_000
    assert session.workbench.ui.share.text() == "Ontvangen door 3 collega's"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"unsent": 2, "on_share": 1}, "2 alleen op deze laptop"),
        ({"on_share": 1}, "1 wijziging staat op de share"),
        ({"received": {1: 2, 3: 9}}, "Ontvangen door 1 collega"),
        ({"received": {}}, "Bij met de share"),
        ({"standing": "asking"}, "Wacht op toelating tot BREN Zuidwest"),
        ({"standing": "out"}, "Deze laptop doet niet meer mee"),
    ],
)
def test_the_bar_names_the_state_that_is_least_far(open_on: Open, changes: dict[str, object], text: str) -> None:
    share = open_on(ShareDouble(replace(MEMBER, **changes))).workbench.ui.share  # type: ignore[arg-type]
    assert share.text() == text
    assert share.accessibleName() == text


def test_an_erasure_that_waits_for_this_user_is_one_click_away(open_on: Open, qtbot: QtBot) -> None:
    """The chair sees what the privacy officer asked; not what a colleague of the same half did."""
    theirs = AskedErasure("a" * 26, ("Petra Privacy",), private=True, mine=False)
    others = (replace(theirs, case="b" * 26, private=False), replace(theirs, case="c" * 26, private=False, mine=True))
    session = open_on(ShareDouble(replace(MEMBER, erasures=(*others, theirs))))
    link = session.workbench.ui.erase_state
    assert link.text() == "Wissen: 1 wacht op u"
    with qtbot.waitSignal(session.desk.navigator.erasing_wanted) as wanted:
        QTest.keyClick(link, Qt.Key.Key_Space)
    assert wanted.args == ["a" * 26]
    settle(qtbot, session)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, EraseDialog)
    dialog.reject()


def test_a_share_that_is_away_is_told_calmly(open_on: Open, qtbot: QtBot) -> None:
    session = open_on(ShareDouble(MEMBER, CycleReport(reachable=False)))
    share = session.workbench.ui.share
    assert share.text() == "Share nu niet bereikbaar · Ontvangen door 3 collega's"
    assert "U kunt gewoon doorwerken" in share.accessibleDescription()
    assert not session.workbench.ui.notice.isVisible()


def test_f5_runs_now_and_never_two_at_once(open_on: Open, window: MainWindow, qtbot: QtBot) -> None:
    door = ShareDouble(MEMBER)
    session = open_on(door)
    begun, go_on = threading.Event(), threading.Event()
    inside: list[int] = []

    def during(_progress: object, _cancelled: object) -> None:
        inside.append(1)
        assert sum(inside) == 1, "two runs at once"
        begun.set()
        assert go_on.wait(10)
        inside.clear()

    door.during = during
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(begun.is_set)
    assert session.workbench.ui.share.text().startswith("Bijwerken…")
    go_on.set()
    settle(qtbot, session)
    qtbot.waitUntil(lambda: door.asked.count(("cycle",)) == 3)
    settle(qtbot, session)


def test_a_network_that_comes_back_makes_one_run(open_on: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_watch, "SETTLES_MS", 20)
    door = ShareDouble(MEMBER)
    session = open_on(door)
    watch = session.syncing._network
    assert watch is not None
    before = len(door.asked)
    with qtbot.waitSignal(session.syncing.finished):
        for reachability in (Reachability.Local, Reachability.Site, Reachability.Online):
            watch._on_changed(reachability)
    settle(qtbot, session)
    assert door.asked[before:] == [("cycle",)]


def test_a_first_join_shows_how_far_it_is_and_can_be_stopped(open_on: Open, window: MainWindow, qtbot: QtBot) -> None:
    door = ShareDouble(MEMBER)
    session = open_on(door)
    ui = session.workbench.ui
    stopped = threading.Event()

    def during(progress: Callable[[Progress], None] | None, cancelled: Callable[[], bool]) -> None:
        assert progress is not None
        progress(Progress(40, 100))
        while not cancelled():
            stopped.wait(0.01)
        stopped.set()

    door.during = during
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(ui.share_progress.isVisible)
    assert (ui.share_progress.value(), ui.share_progress.maximum()) == (40, 100)
    QTest.keyClick(ui.share_cancel, Qt.Key.Key_Space)
    qtbot.waitUntil(stopped.is_set)
    settle(qtbot, session)
    assert not ui.share_progress.isVisible()
    door.during = None


def test_what_came_in_reaches_the_pages(open_on: Open, window: MainWindow, qtbot: QtBot) -> None:
    touched = frozenset({("casus", "x")})
    session = open_on(ShareDouble(MEMBER, CycleReport(reachable=True, touched=touched)))
    with qtbot.waitSignal(session.desk.navigator.records_changed) as told:
        QTest.keyClick(window, Qt.Key.Key_F5)
    assert told.args == [touched]
    settle(qtbot, session)


def test_a_run_that_fails_is_told_beside_the_state(open_on: Open, window: MainWindow, qtbot: QtBot) -> None:
    door = ShareDouble(MEMBER)
    session = open_on(door)

    def during(_progress: object, _cancelled: object) -> None:
        raise UserFacingError("De share weigert. Uw gegevens zijn veilig.")

    door.during = during
    QTest.keyClick(window, Qt.Key.Key_F5)
    settle(qtbot, session)
    share = session.workbench.ui.share
    assert share.text().startswith("Bijwerken lukte niet")
    assert share.accessibleDescription() == "De share weigert. Uw gegevens zijn veilig."
    door.during = None


def test_after_a_bug_the_next_run_goes_and_a_lock_ends(open_on: Open, window: MainWindow, qtbot: QtBot) -> None:
    door = ShareDouble(MEMBER)
    session = open_on(door)

    def during(_progress: object, _cancelled: object) -> None:
        raise ZeroDivisionError

    door.during = during
    for _ in range(2):
        with qtbot.captureExceptions() as caught:
            QTest.keyClick(window, Qt.Key.Key_F5)
            qtbot.waitUntil(lambda: bool(caught))
        assert not session.syncing.is_running
        assert session.workbench.ui.share.text().startswith("Bijwerken lukte niet")
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(window.locked):
        window.lock()
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_what_was_held_is_counted_and_leads_to_the_panel(open_on: Open, qtbot: QtBot) -> None:
    status = replace(MEMBER, troubles=(Trouble("late", "", "b", 3),), warnings=("Let op.",))
    session = open_on(ShareDouble(status))
    held = session.workbench.ui.held_state
    assert held.text() == "4 meldingen"
    with qtbot.waitSignal(session.workbench.share_bar.panel_wanted):  # type: ignore[union-attr]
        QTest.keyClick(held, Qt.Key.Key_Space)
    settle(qtbot, session)
    _close_dialogs(session)


def _close_dialogs(session: Session) -> None:
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()


def test_a_lock_syncs_once_more_with_nothing_left_to_read(open_on: Open, window: MainWindow, qtbot: QtBot) -> None:
    door = ShareDouble(MEMBER)
    open_on(door)
    go_on = threading.Event()

    def during(_progress: object, _cancelled: object) -> None:
        assert go_on.wait(10)

    door.during = during
    window.lock()
    assert window.session is None
    assert isinstance(window._stack.currentWidget(), leaving.LeavingPanel)
    with qtbot.waitSignal(window.locked):
        go_on.set()
    assert door.asked == [("cycle",), ("cycle",)]


def test_a_share_that_hangs_holds_up_no_lock(
    open_on: Open, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLOW_MS", "LONGEST_MS", "CANCELLED_MS"):
        monkeypatch.setattr(leaving, name, 1)
    door = ShareDouble(MEMBER)
    open_on(door)
    hangs, told = threading.Event(), threading.Event()

    def during(_progress: object, cancelled: Callable[[], bool]) -> None:
        hangs.wait(10)
        if cancelled():
            told.set()

    door.during = during
    with qtbot.waitSignal(window.locked):
        window.lock()
    hangs.set()
    qtbot.waitUntil(told.is_set)
    qtbot.waitUntil(lambda: all(thread.name != "share" for thread in threading.enumerate()))


def test_closing_the_window_waits_for_the_last_run(open_on: Open, window: MainWindow, qtbot: QtBot) -> None:
    door = ShareDouble(MEMBER)
    open_on(door)
    window.close()
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert door.asked == [("cycle",), ("cycle",)]


def test_another_role_brings_other_pages(open_on: Open, window: MainWindow, qtbot: QtBot) -> None:
    door = ShareDouble(MEMBER)
    session = open_on(door)
    assert "casussen" in session.workbench.rail
    session.workbench.go_to("pareltjes")
    session.desk.workspace.actor = replace(session.desk.workspace.actor, role=Role.PROJECTLEIDER)
    with qtbot.waitSignal(session.syncing.role_changed):
        session.syncing.run()
    settle(qtbot, session)
    assert set(session.workbench.rail) == {"werkvoorraad", "pareltjes", "beheer"}
    assert session.workbench.here().page == "pareltjes"
    assert "projectleider" in session.workbench.ui.notice_text.text()
    with qtbot.waitSignal(window.locked):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_a_laptop_that_was_reported_lost_locks_at_once(open_on: Open, window: MainWindow, qtbot: QtBot) -> None:
    door = ShareDouble(MEMBER)
    session = open_on(door)
    door.report = CycleReport(reachable=True, dropped=True)
    with qtbot.waitSignal(window.locked):
        session.syncing.run()
    assert window.session is None
    box = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox))
    assert box.text().startswith("Deze laptop is als verloren gemeld.")
    box.close()
