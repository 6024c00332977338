"""Beheer: the letterhead is kept, the look changes at once, keys are renewed, the profile is checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.errors import InvalidInputError
from bren_desktop.gui import theme
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.change_passphrase import ChangePassphraseDialog
from bren_desktop.gui.dialogs.licences import LicencesDialog
from bren_desktop.gui.dialogs.new_recovery_code import NewRecoveryCodeDialog
from bren_desktop.gui.dialogs.recovery_code import RecoveryCodeDialog
from bren_desktop.gui.pages.settings import SettingsPage
from bren_desktop.gui.preferences import Preferences
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Profile

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
NEW = "negen blauwe uilen zwijgen"


def _page(desk: Desk, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.entered()
    desk.tasks.drain()
    return page


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> SettingsPage:
    return _page(desk, qtbot)


def test_the_letterhead_is_saved(page: SettingsPage, desk: Desk, workspace: Workspace) -> None:
    QTest.keyClicks(page.ui.telefoon, "070 123 45 67")
    page.ui.secretaris_geeft_vrij.setChecked(True)
    page.ui.save_team.click()
    desk.tasks.drain()
    team = workspace.team.get(workspace.actor)
    assert team.telefoon == "070 123 45 67"
    assert team.secretaris_geeft_vrij
    assert team.naam == "Expertteam Haaglanden"
    assert workspace.drafts.get(workspace.actor, "team") is None


def test_what_is_typed_is_kept_without_saving(
    page: SettingsPage, desk: Desk, workspace: Workspace, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.ui.afzender, "Postbus 1, 2500 AA Den Haag")
    qtbot.waitUntil(lambda: workspace.drafts.get(workspace.actor, "team") is not None)
    again = _page(desk, qtbot)
    assert again.ui.afzender.text() == "Postbus 1, 2500 AA Den Haag"
    assert workspace.team.get(workspace.actor).afzender == ""


def test_a_role_without_the_right_reads_only(desk: Desk, workspace: Workspace, qtbot: QtBot) -> None:
    member = replace(workspace.actor, role=Role.LID)
    page = _page(replace(desk, workspace=replace(workspace, actor=member)), qtbot)
    assert not page.ui.telefoon.isEnabled()
    assert not page.ui.save_team.isEnabled()
    assert "niet wijzigen" in page.ui.team_hint.text()


def test_a_file_that_is_no_picture_is_refused_and_the_logo_stays(
    page: SettingsPage, desk: Desk, messages: Any, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(b"geen plaatje")
    page.take_logo(tmp_path / "logo.png")
    page.take_logo(tmp_path / "nergens.png")
    desk.tasks.drain()
    assert {type(error).__name__ for error in messages.failed_with} == {"InvalidInputError", "UnreadableFileError"}
    assert all("logo" in str(error).casefold() for error in messages.failed_with)


def test_a_logo_is_kept(page: SettingsPage, desk: Desk, workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    page.take_logo(tmp_path / "logo.png")
    desk.tasks.drain()
    assert workspace.team.logo(workspace.actor) == PNG


def test_theme_and_text_size_change_at_once_and_are_remembered(
    page: SettingsPage, look: theme.Look, qapp: QApplication
) -> None:
    normal = qapp.font().pointSizeF()
    page.ui.theme.setCurrentIndex(page.ui.theme.findData("dark"))
    page.ui.size.setCurrentIndex(page.ui.size.findData("grootst"))
    page.ui.size.activated.emit(page.ui.size.currentIndex())
    assert theme.current().name == "dark"
    assert qapp.font().pointSizeF() == pytest.approx(normal * 1.3)
    assert (Preferences().theme, Preferences().size) == ("dark", "grootst")


def test_the_profile_is_checked(page: SettingsPage, desk: Desk) -> None:
    page.ui.check.click()
    assert not page.ui.check.isEnabled()
    desk.tasks.drain()
    assert "Alles is in orde" in page.ui.findings.text()
    assert page.ui.check.isEnabled()


def test_a_check_that_finds_damage_says_so(page: SettingsPage) -> None:
    page._show_findings(["Bladzijde 3 is beschadigd."])
    assert page.ui.findings.text() == "Bladzijde 3 is beschadigd."


def test_the_passphrase_is_changed(desk: Desk, profile: Profile, passphrase: str, qtbot: QtBot) -> None:
    dialog = ChangePassphraseDialog(desk.workspace.keys, desk.tasks)
    qtbot.addWidget(dialog)
    QTest.keyClicks(dialog.ui.current, passphrase)
    QTest.keyClicks(dialog.ui.passphrase, NEW)
    QTest.keyClicks(dialog.ui.again, NEW)
    with qtbot.waitSignal(dialog.accepted):
        dialog.ui.change.click()
    assert profile.vault.open(NEW) == profile.vault.open(NEW)
    assert dialog.ui.current.text() == ""


def test_without_the_present_passphrase_nothing_changes(
    desk: Desk, profile: Profile, passphrase: str, qtbot: QtBot
) -> None:
    dialog = ChangePassphraseDialog(desk.workspace.keys, desk.tasks)
    qtbot.addWidget(dialog)
    dialog.show()
    for edit, text in ((dialog.ui.current, "iets heel anders"), (dialog.ui.passphrase, NEW), (dialog.ui.again, NEW)):
        QTest.keyClicks(edit, text)
    dialog.ui.change.click()
    qtbot.waitUntil(dialog.ui.notice.isVisible)
    assert "klopt niet" in dialog.ui.problem.text()
    assert profile.vault.open(passphrase)
    dialog.reject()


def test_a_new_code_replaces_the_old_one(desk: Desk, profile: Profile, passphrase: str, qtbot: QtBot) -> None:
    dialog = NewRecoveryCodeDialog(desk.workspace.keys, desk.tasks)
    qtbot.addWidget(dialog)
    QTest.keyClicks(dialog.ui.current, passphrase)
    with qtbot.waitSignal(dialog.made) as made:
        dialog.ui.make.click()
    assert profile.vault.open_with_recovery(made.args[0]) == profile.vault.open(passphrase)


def test_a_new_code_is_not_dismissed_by_escape(page: SettingsPage, desk: Desk) -> None:
    seen: list[bool] = []

    def read() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RecoveryCodeDialog)
        dialog.reject()
        seen.append(dialog.isVisible())
        dialog.accept()

    QTimer.singleShot(0, read)
    page._on_code_made("AAAA-BBBB", desk.workspace.keys.keyring_state())
    assert seen == [True]


def test_the_licences_name_what_comes_along(qtbot: QtBot, assert_accessible: Callable[[QWidget], None]) -> None:
    dialog = LicencesDialog()
    qtbot.addWidget(dialog)
    assert_accessible(dialog)
    for row in range(dialog.names.count()):
        if dialog.names.item(row).text() == "SQLAlchemy":
            dialog.names.setCurrentRow(row)
    assert "MIT" in dialog.text.toPlainText()


def test_a_refusal_is_an_input_error() -> None:
    from bren_desktop.gui.dialogs.key_work import refused

    assert isinstance(refused("kort", "kort"), InvalidInputError)
    assert refused(NEW, NEW) is None


def test_a_secretaris_does_not_decide_who_releases(desk: Desk, qtbot: QtBot) -> None:
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.SECRETARIS)
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.entered()
    desk.tasks.drain()
    assert page.ui.telefoon.isEnabled()
    assert not page.ui.secretaris_geeft_vrij.isEnabled()


def test_a_backup_is_made_and_its_place_is_shown(page: SettingsPage, desk: Desk, tmp_path: Path) -> None:
    assert page.ui.backup_places.text() == "Van dit profiel is nog geen reservekopie gemaakt."
    target = tmp_path / "kopie.bren"
    page.backups.make(target)
    assert not page.ui.back_up.isEnabled()
    desk.tasks.drain()
    assert page.ui.back_up.isEnabled()
    assert page.ui.backup_result.text().startswith(f"De reservekopie is gemaakt en nagelezen: {target}, ")
    assert page.ui.backup_places.text().endswith(f" uur: {target}")
    assert target.exists()


def test_a_backup_that_cannot_be_written_is_said_in_its_place(page: SettingsPage, desk: Desk, tmp_path: Path) -> None:
    page.backups.make(tmp_path / "weg" / "kopie.bren")
    desk.tasks.drain()
    assert page.ui.backup_result.text()
    assert page.ui.backup_result.property("role") == "error"
    assert page.ui.back_up.isEnabled()


def test_a_backup_out_of_reach_is_named(page: SettingsPage, desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    page.backups.make(stick / "kopie.bren")
    desk.tasks.drain()
    stick.rename(tmp_path / "weg")
    page.backups.refresh()
    desk.tasks.drain()
    assert page.ui.backup_places.text() == f"Nu niet bereikbaar: {stick / 'kopie.bren'}"


def test_where_a_backup_goes_is_chosen_in_the_system_dialog(
    page: SettingsPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "gekozen.bren"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    QTest.keyClick(page.ui.back_up, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert target.exists()
