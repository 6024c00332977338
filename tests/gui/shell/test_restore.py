"""A backup put back from the door: on a laptop without a profile, and in the place of the one that is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.app import LateProfile
from bren_desktop.domain.cases import Case
from bren_desktop.gui.dialogs.first_start import FirstStartPanel
from bren_desktop.gui.dialogs.restore import RestorePanel
from bren_desktop.gui.dialogs.unlock import UnlockPanel
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.services.rows import CaseFilter
from bren_desktop.wiring import Profile

Panel = TypeVar("Panel", bound=QWidget)
Unlock = Callable[[MainWindow], None]


def _shown(window: MainWindow, kind: type[Panel]) -> Panel:
    (found,) = (panel for panel in window.findChildren(kind) if panel.isVisible())
    return found


@pytest.fixture
def backup(profile: Profile, passphrase: str, tmp_path: Path) -> Path:
    """Made before the profile got one case more."""
    workspace = profile.unlock(passphrase)
    workspace.backups.make(workspace.actor, tmp_path / "kopie.bren")
    workspace.cases.record(workspace.actor, Case(roepnaam="Later", hulpvraag="Na de reservekopie"))
    workspace.lock()
    return tmp_path / "kopie.bren"


def _restore(panel: RestorePanel, backup: Path) -> None:
    QTest.keyClicks(panel.ui.file, str(backup))
    QTest.keyClick(panel.ui.file, Qt.Key.Key_Return)


def _count(window: MainWindow) -> int:
    assert window.session is not None
    workspace = window.session.desk.workspace
    return workspace.cases.count(workspace.actor, CaseFilter())


def test_a_backup_comes_back_on_a_laptop_without_a_profile(
    make_window: Callable[[Any], MainWindow], new_door: Any, backup: Path, unlock: Unlock, qtbot: QtBot
) -> None:
    window = make_window(new_door)
    QTest.keyClick(_shown(window, FirstStartPanel).ui.restore, Qt.Key.Key_Space)
    panel = _shown(window, RestorePanel)
    assert panel.ui.replaces.isHidden()
    _restore(panel, backup)
    qtbot.waitUntil(lambda: bool([one for one in window.findChildren(UnlockPanel) if one.isVisible()]))
    assert _shown(window, UnlockPanel).ui.hint.text().startswith("De reservekopie staat terug.")
    unlock(window)
    assert _count(window) == 8


def test_it_takes_the_place_of_a_profile_only_when_that_is_said(
    locked: MainWindow, backup: Path, unlock: Unlock, profile: Profile, qtbot: QtBot
) -> None:
    QTest.keyClick(_shown(locked, UnlockPanel).ui.restore, Qt.Key.Key_Space)
    panel = _shown(locked, RestorePanel)
    assert not panel.ui.replaces.isHidden()
    _restore(panel, backup)
    assert panel.ui.problem.text().startswith("Vink aan dat u het profiel")
    assert panel.ui.sure.hasFocus() or panel.focusWidget() is panel.ui.sure
    QTest.keyClick(panel.ui.sure, Qt.Key.Key_Space)
    QTest.keyClick(panel.ui.restore, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool([one for one in locked.findChildren(UnlockPanel) if one.isVisible()]))
    aside = profile.folder / "replaced" / "store.db"
    assert aside.exists(), "until the backup was opened"
    unlock(locked)
    assert _count(locked) == 8
    assert not aside.exists()


def test_a_file_that_is_no_backup_changes_nothing(
    locked: MainWindow, tmp_path: Path, unlock: Unlock, qtbot: QtBot
) -> None:
    other = tmp_path / "brief.bren"
    other.write_bytes(b"iets anders")
    QTest.keyClick(_shown(locked, UnlockPanel).ui.restore, Qt.Key.Key_Space)
    panel = _shown(locked, RestorePanel)
    QTest.keyClick(panel.ui.restore, Qt.Key.Key_Space)
    assert panel.ui.problem.text().startswith("Kies het bestand")
    panel.ui.sure.setChecked(True)
    _restore(panel, other)
    qtbot.waitUntil(lambda: "geen reservekopie" in panel.ui.problem.text())
    assert panel.ui.restore.isEnabled()
    QTest.keyClick(panel.ui.back, Qt.Key.Key_Space)
    unlock(locked)
    assert _count(locked) == 8


def test_the_program_puts_it_in_its_own_folder(backup: Path, tmp_path: Path) -> None:
    door = LateProfile(tmp_path / "elders")
    assert not door.exists()
    door.restore(backup)
    assert door.exists()


def test_the_file_is_chosen_in_the_system_dialog(locked: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("E:\\kopie.bren", ""))
    QTest.keyClick(_shown(locked, UnlockPanel).ui.restore, Qt.Key.Key_Space)
    panel = _shown(locked, RestorePanel)
    QTest.keyClick(panel.ui.browse, Qt.Key.Key_Space)
    assert panel.ui.file.text() == "E:\\kopie.bren"


def test_every_control_has_a_name(locked: MainWindow, assert_accessible: Callable[[QWidget], None]) -> None:
    QTest.keyClick(_shown(locked, UnlockPanel).ui.restore, Qt.Key.Key_Space)
    assert_accessible(_shown(locked, RestorePanel))
