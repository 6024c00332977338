"""Setting up a profile, and the way back with the code on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.keyring_state import KeyringState
from bren_desktop.gui.dialogs.first_start import FirstStartPanel
from bren_desktop.gui.dialogs.recover_team import RecoverDialog
from bren_desktop.gui.dialogs.recovery import RecoveryPanel
from bren_desktop.gui.dialogs.recovery_code import RecoveryCodePanel
from bren_desktop.gui.dialogs.unlock import UnlockPanel
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.strength import Strength, strength
from bren_desktop.wiring import Profile

Panel = TypeVar("Panel", bound=QWidget)
NO_RING = KeyringState(usable=False, backend="", reason="")
CODE = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH-JJJJ"
LONG = "zeven rode vissen dansen"


def _shown(window: MainWindow, kind: type[Panel]) -> Panel:
    found = [panel for panel in window.findChildren(kind) if panel.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def fresh(make_window: Callable[[Any], MainWindow], new_door: Any) -> MainWindow:
    return make_window(new_door)


def _fill_in(panel: FirstStartPanel, team: str = "haagl") -> None:
    QTest.keyClicks(panel.ui.name, "Vera Voorbeeld")
    panel.ui.role.setCurrentIndex(panel.ui.role.findData("voorzitter"))
    box = panel.ui.team
    box.setCurrentIndex(next(row for row in range(box.count()) if team in box.itemText(row).casefold()))
    QTest.keyClicks(panel.ui.passphrase, LONG)
    QTest.keyClicks(panel.ui.again, LONG)


def test_a_profile_is_set_up_and_its_code_kept_before_the_work_begins(fresh: MainWindow, qtbot: QtBot) -> None:
    panel = _shown(fresh, FirstStartPanel)
    _fill_in(panel)
    QTest.keyClick(panel.ui.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool([p for p in fresh.findChildren(RecoveryCodePanel) if p.isVisible()]))
    paper = _shown(fresh, RecoveryCodePanel)
    assert len(paper.ui.code.text().split()) == 9
    assert "geen bruikbare sleutelbos" in paper.ui.keyring.text()
    assert not paper.ui.go_on.isEnabled()
    QTest.keyClick(paper.ui.kept, Qt.Key.Key_Space)
    QTest.keyClick(paper.ui.go_on, Qt.Key.Key_Space)
    assert fresh.session is not None
    assert fresh.session.desk.workspace.actor.team == "HGL"


def test_each_thing_that_is_missing_is_said(fresh: MainWindow) -> None:
    panel = _shown(fresh, FirstStartPanel)
    QTest.keyClick(panel.ui.create, Qt.Key.Key_Space)
    assert panel.ui.problem.text() == "Vul uw naam in."
    QTest.keyClicks(panel.ui.name, "Vera")
    QTest.keyClick(panel.ui.create, Qt.Key.Key_Space)
    assert "expertteam" in panel.ui.problem.text()
    panel.ui.team.setCurrentIndex(0)
    QTest.keyClicks(panel.ui.passphrase, "kort")
    QTest.keyClick(panel.ui.create, Qt.Key.Key_Space)
    assert "ten minste" in panel.ui.problem.text()
    panel.ui.passphrase.setText(LONG)
    QTest.keyClick(panel.ui.create, Qt.Key.Key_Space)
    assert "niet gelijk" in panel.ui.problem.text()


def test_a_team_is_found_by_any_part_of_its_name(fresh: MainWindow) -> None:
    panel = _shown(fresh, FirstStartPanel)
    completer = panel.ui.team.completer()
    assert completer is not None
    completer.setCompletionPrefix("aaglan")
    assert "Haaglanden" in completer.currentCompletion()


def test_the_code_on_paper_opens_and_gives_a_new_passphrase(
    locked: MainWindow, profile: Profile, passphrase: str, qtbot: QtBot
) -> None:
    workspace = profile.unlock(passphrase)
    code = workspace.keys.new_recovery_code(passphrase)
    workspace.lock()
    QTest.keyClick(_shown(locked, UnlockPanel).ui.recover, Qt.Key.Key_Space)
    panel = _shown(locked, RecoveryPanel)
    QTest.keyClicks(panel.ui.code, code.lower())
    QTest.keyClicks(panel.ui.passphrase, LONG)
    QTest.keyClicks(panel.ui.again, LONG)
    QTest.keyClick(panel.ui.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: locked.session is not None)
    locked.lock()
    profile.unlock(LONG).lock()


def test_a_typing_error_in_the_code_is_told_from_a_wrong_code(locked: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(_shown(locked, UnlockPanel).ui.recover, Qt.Key.Key_Space)
    panel = _shown(locked, RecoveryPanel)
    QTest.keyClicks(panel.ui.code, CODE)
    QTest.keyClicks(panel.ui.passphrase, LONG)
    QTest.keyClicks(panel.ui.again, LONG)
    QTest.keyClick(panel.ui.open, Qt.Key.Key_Space)
    qtbot.waitUntil(panel.ui.notice.isVisible)
    assert "typefout" in panel.ui.problem.text()
    QTest.keyClick(panel.ui.back, Qt.Key.Key_Space)
    assert _shown(locked, UnlockPanel).ui.open.isEnabled()


def test_the_sheet_holds_the_code_and_nothing_else_knows_it(qtbot: QtBot, tmp_path: Path) -> None:
    panel = RecoveryCodePanel(CODE, NO_RING)
    qtbot.addWidget(panel)
    panel.save_to(str(tmp_path / "code.pdf"))
    text = " ".join(PdfReader(tmp_path / "code.pdf").pages[0].extract_text().split())
    assert CODE.replace("-", " ") in text
    panel.ui.kept.setChecked(True)
    panel.ui.go_on.click()
    assert CODE[:4] not in panel.ui.code.text()


def test_a_sheet_that_cannot_be_written_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    panel = RecoveryCodePanel(CODE, NO_RING)
    qtbot.addWidget(panel)
    panel.save_to(str(tmp_path / "nergens" / "code.pdf"))
    assert "niet worden opgeslagen" in panel.ui.saved.text()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("   ", Strength.EMPTY),
        ("kort", Strength.SHORT),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("123456789012345678901234", Strength.WEAK),
        ("regenboog73", Strength.FAIR),
        ("vier gele fietsen slapen", Strength.STRONG),
    ],
)
def test_strength_goes_by_length_and_variety(typed: str, found: Strength) -> None:
    assert strength(typed) is found


@pytest.mark.parametrize("kind", [FirstStartPanel, RecoveryPanel])
def test_every_control_of_the_door_has_a_name(
    kind: Any, new_door: Any, desk: Any, qtbot: QtBot, assert_accessible: Callable[[QWidget], None]
) -> None:
    panel = kind(new_door, desk.tasks)
    qtbot.addWidget(panel)
    assert_accessible(panel)


def test_who_comes_to_bring_a_team_back_is_led_there(fresh: MainWindow, qtbot: QtBot) -> None:
    panel = _shown(fresh, FirstStartPanel)
    QTest.keyClick(panel.ui.bring_back, Qt.Key.Key_Space)
    assert not panel.ui.bring_back_card.isHidden()
    _fill_in(panel)
    QTest.keyClick(panel.ui.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool([p for p in fresh.findChildren(RecoveryCodePanel) if p.isVisible()]))
    paper = _shown(fresh, RecoveryCodePanel)
    QTest.keyClick(paper.ui.kept, Qt.Key.Key_Space)
    QTest.keyClick(paper.ui.go_on, Qt.Key.Key_Space)
    dialog = _shown(fresh, RecoverDialog)
    assert dialog.ui.recover.isEnabled()
    dialog.reject()
