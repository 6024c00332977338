"""A first join in a real window: what is there can be read at once, it can be stopped, and goes on after a restart."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bren_desktop.app import LateProfile
from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.session import Session
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.rows import CaseFilter
from bren_desktop.services.share_door import CycleReport, InviteTo, Progress
from bren_desktop.services.sync_ports import Standing
from bren_desktop.services.workspace import Workspace
from bren_desktop.sync.engine import apply, sealing
from bren_desktop.sync.format import words
from bren_desktop.wiring import Founder, Profile

PASSPHRASE = "vier gele fietsen slapen"
CHEAP = Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1)
CASES, EARLY, STEP = 240, 40, 10
Cancelled = Callable[[], bool]


@dataclass
class Gate:
    """Holds a run as soon as some cases are in; where the share is `away`, no run begins."""

    workspace: Workspace
    away: bool = False
    held: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._cycle = self.workspace.sharing.cycle

    def cycle(self, actor: Actor, progress: Callable[[Progress], None], cancelled: Cancelled) -> CycleReport:
        def tell(step: Progress) -> None:
            progress(step)
            if count(self.workspace) >= EARLY and not self.held.is_set():
                self.held.set()
                assert self.opened.wait(60)

        return CycleReport(reachable=False) if self.away else self._cycle(actor, tell, cancelled)


@pytest.fixture
def joiner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    """Petra, who was let in to a team with some hundreds of cases and has not synced since."""
    monkeypatch.setattr(words, "_WORK", CHEAP)
    monkeypatch.setattr(sealing, "MOST_PARCELS", STEP)
    monkeypatch.setattr(apply, "PARCELS", STEP)
    (tmp_path / "share").mkdir()
    vera, petra = (Profile(tmp_path / name, KeyVault(tmp_path / name, work=CHEAP)) for name in ("vera", "petra"))
    ours, _ = vera.found(PASSPHRASE, Founder("Vera Voorzitter", Role.VOORZITTER, "HGL"))
    theirs, _ = petra.found(PASSPHRASE, Founder("Petra Puntje", Role.SECRETARIS, "HGL"))
    ours.sharing.create(ours.actor, str(tmp_path / "share"), "BREN Zuidwest")
    for number in range(CASES):
        ours.cases.record(ours.actor, Case(roepnaam=f"Kind {number}", achternaam="Verzonnen", hulpvraag="Wie weet?"))
    data, code = ours.sharing.invite(ours.actor, InviteTo.TEAM, Role.SECRETARIS)
    theirs.sharing.join(theirs.actor, data, code)
    (request,) = ours.sharing.requests(ours.actor)
    ours.sharing.approve(ours.actor, request.id)
    for workspace in (ours, theirs):
        workspace.lock()
    return petra


@pytest.fixture
def window(joiner: Profile, qtbot: QtBot) -> Iterator[MainWindow]:
    shown = MainWindow(LateProfile(joiner.folder), Preferences())
    shown.resize(1366, 768)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.close()
    qtbot.waitUntil(lambda: not shown.isVisible(), timeout=20_000)
    shown.deleteLater()


def count(workspace: Workspace) -> int:
    return workspace.cases.count(workspace.actor, CaseFilter())


def begin(window: MainWindow, workspace: Workspace, reports: list[CycleReport]) -> tuple[Session, CasesPage]:
    """Unlocked, with the cases in front; `reports` gets every run that ends."""
    window.open_session(workspace)
    session = window.session
    assert session is not None
    session.syncing.finished.connect(reports.append)
    QTest.keyClick(session.workbench, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = session.workbench.pages["casussen"]
    assert isinstance(page, CasesPage)
    return session, page


def test_a_first_join_can_be_worked_in_stopped_and_taken_up_again(
    joiner: Profile, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = joiner.unlock(PASSPHRASE)
    gate, reports = Gate(workspace), list[CycleReport]()
    monkeypatch.setattr(workspace.sharing, "cycle", gate.cycle)
    session, page = begin(window, workspace, reports)
    qtbot.waitUntil(gate.held.is_set, timeout=60_000)

    page.entered()
    session.desk.tasks.drain()
    assert session.syncing.is_running
    rows = page.list.model.rowCount()
    assert EARLY <= rows < CASES
    bar = session.workbench.ui
    qtbot.waitUntil(bar.share_cancel.isVisible)
    assert bar.share.text().startswith("Binnenhalen:")
    _open_first(page, session)
    assert page.case.ui.initials.text() == "K. V."
    assert session.syncing.is_running, "read while the rest comes in"

    QTest.keyClick(bar.share_cancel, Qt.Key.Key_Space)
    gate.opened.set()
    qtbot.waitUntil(lambda: bool(reports), timeout=60_000)
    assert not reports.pop().complete
    qtbot.waitUntil(lambda: not session.syncing.thread_of_share.is_busy, timeout=60_000)
    here = count(workspace)
    assert EARLY <= here < CASES

    gate.away = True
    with qtbot.waitSignal(window.locked, timeout=60_000):
        window.lock()

    workspace = joiner.unlock(PASSPHRASE)
    assert count(workspace) == here, "what was there is there still"
    session, page = begin(window, workspace, reports)
    qtbot.waitUntil(lambda: bool(reports), timeout=60_000)
    assert reports[0].complete
    assert reports[0].received == CASES - here, "and does not come twice"
    qtbot.waitUntil(lambda: not session.syncing.thread_of_share.is_busy, timeout=60_000)
    page.entered()
    session.desk.tasks.drain()
    assert page.list.model.rowCount() == count(workspace) == CASES
    assert session.syncing.status is not None
    assert session.syncing.status.standing == Standing.MEMBER


def _open_first(page: CasesPage, session: Session) -> None:
    """Enter on the first row."""
    page.list.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Return):
        QTest.keyClick(focused, key)
    session.desk.tasks.drain()
