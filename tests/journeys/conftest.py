"""The whole window over a real encrypted profile, and somebody who only types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.app import LateProfile
from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Role
from bren_desktop.domain.experts import Expert
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.workbench import Workbench
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Founder, Profile

CHEAP = Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1)


class Typist:
    """Types into whatever has the focus, and counts every key that is not free text."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.counted = 0

    @property
    def bench(self) -> Workbench:
        assert self.window.session is not None
        return self.window.session.workbench

    @property
    def workspace(self) -> Workspace:
        return self.bench.desk.workspace

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, or one with Ctrl held."""
        self.counted += 1
        QTest.keyClick(self._target(), key, modifiers)

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def tab(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Qt.Key.Key_Tab)

    def pick(self, letters: str) -> None:
        """A few letters of a choice, and Tab, which takes it and goes on."""
        self.letters(letters)
        self.tab()

    def add(self, letters: str) -> None:
        """A few letters of a tag, and Enter, which takes it and stays."""
        self.letters(letters)
        self.press(Qt.Key.Key_Return)

    def letters(self, text: str) -> None:
        for letter in text:
            self.counted += 1
            QTest.keyClicks(self._target(), letter)

    def free(self, text: str) -> None:
        """Free text: names and sentences, which are not counted."""
        QTest.keyClicks(self._target(), text)

    def wait(self) -> None:
        """Until all background work is done."""
        self.bench.desk.tasks.drain()

    def _target(self) -> QWidget:
        target: QWidget | None = (
            QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
        )
        assert target is not None, "no window is active"
        return target


@pytest.fixture
def sit_down(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[Role], Typist]]:
    """Opens the window on a new profile with a small pool, for somebody with a role."""
    windows: list[MainWindow] = []

    def open_window(role: Role) -> Typist:
        folder = tmp_path / "profile"
        profile = Profile(folder, KeyVault(folder, work=CHEAP))
        workspace, _ = profile.found("vier gele fietsen slapen", Founder("Ada Verzonnen", role, "JZ24"))
        workspace.pool.record_all(workspace.actor, _pool())
        window = MainWindow(LateProfile(folder), Preferences())
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.open_session(workspace)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        typist = Typist(window)
        typist.wait()
        return typist

    yield open_window
    for window in windows:
        window.lock()


def _pool() -> list[Expert]:
    """Three pareltjes who do not exist."""
    usual = {"organisatie": "Stichting Verzonnen", "regio": "JZ24", "adres": "Postbus 12, 2500 AA Den Haag"}
    return [
        Expert(
            **usual,
            naam="Dr. A. Bedacht",
            functie="Kinder- en jeugdpsychiater",
            expertise=("EX-ASS", "EX-EET"),
            domeinen=("DM-JGGZ",),
            leeftijd_van=10,
            leeftijd_tot=18,
            beschikbaarheid="BS-DIRECT",
            profiel="Autisme en eetproblemen bij meisjes die niet meer naar school gaan.",
            raamovereenkomst="ja",
        ),
        Expert(**usual, naam="B. Denkbeeld", expertise=("EX-LVB",), beschikbaarheid="BS-NIET"),
        Expert(
            **usual, naam="C. Fictief", expertise=("EX-VERSL",), domeinen=("DM-VERSL",), beschikbaarheid="BS-DIRECT"
        ),
    ]
