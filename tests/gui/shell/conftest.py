"""The whole window on the filled profile, locked or open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.keyring_state import Created
from bren_desktop.gui.dialogs.unlock import UnlockPanel
from bren_desktop.gui.door import Founding
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.theme import Look
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Founder, Profile


class ProfileDoorInTest:
    """The door of the program over a profile with cheap key work."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def exists(self) -> bool:
        return self.profile.state != "absent"

    def found(self, founding: Founding) -> tuple[Workspace, Created]:
        founder = Founder(founding.name, Role(founding.role), founding.team)
        return self.profile.found(founding.passphrase, founder)

    def unlock(self, passphrase: str) -> Workspace:
        return self.profile.unlock(passphrase)

    def unlock_with_recovery(self, code: str) -> Workspace:
        return self.profile.unlock_with_recovery(code)

    def restore(self, backup: Path) -> None:
        self.profile.restore(backup, replacing=True)


@pytest.fixture
def door(profile: Profile) -> ProfileDoorInTest:
    return ProfileDoorInTest(profile)


@pytest.fixture
def new_door(tmp_path: Path, profile: Profile) -> ProfileDoorInTest:
    """The door of a folder in which there is nothing yet."""
    folder = tmp_path / "new"
    return ProfileDoorInTest(Profile(folder, type(profile.vault)(folder, work=profile.vault._work)))


@pytest.fixture
def make_window(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[ProfileDoorInTest], MainWindow]]:
    """Shows the window on a door; closed at the end."""
    QCoreApplication.setApplicationName("BREN Desktop")
    windows: list[MainWindow] = []

    def make(door: ProfileDoorInTest) -> MainWindow:
        window = MainWindow(door, Preferences())
        window.show_door()
        window.show()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def locked(make_window: Callable[[ProfileDoorInTest], MainWindow], door: ProfileDoorInTest) -> MainWindow:
    """The window before unlocking."""
    return make_window(door)


@pytest.fixture
def unlock(qtbot: QtBot, passphrase: str) -> Callable[[MainWindow], None]:
    """Unlocks a window as its user does."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    def do(window: MainWindow) -> None:
        panel = window.findChild(UnlockPanel)
        assert isinstance(panel, UnlockPanel)
        QTest.keyClicks(panel.ui.passphrase, passphrase)
        QTest.keyClick(panel.ui.passphrase, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.session is not None)
        assert window.session is not None
        window.session.desk.tasks.drain()

    return do


@pytest.fixture
def window(locked: MainWindow, unlock: Callable[[MainWindow], None]) -> MainWindow:
    """The window after unlocking."""
    unlock(locked)
    return locked


@pytest.fixture
def bench(window: MainWindow) -> Workbench:
    """The workbench in the open window."""
    assert window.session is not None
    return window.session.workbench


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """The real stylesheet, taken off again."""
    style, font = qapp.style().objectName(), qapp.font()
    yield Look(qapp, "light")
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setFont(font)
