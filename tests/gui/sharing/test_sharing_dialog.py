"""Samenwerken on a share that does not exist: beginning, joining, letting in, laptops, the tray and upkeep."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.gui import clipboard
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.lay_on_it import LayOnItDialog
from bren_desktop.gui.dialogs.sharing import SharingDialog
from bren_desktop.gui.syncing import Syncing
from bren_desktop.services.rows import CaseFilter, ExpertFilter, Page
from bren_desktop.services.share_door import Away, Device, InviteTo, Request, ShareStatus, Trouble
from bren_desktop.services.sharing import Sharing
from tests.screenshots.share_double import MEMBER, WORDS, ShareDouble

if TYPE_CHECKING:
    from tests.gui.conftest import FakeMessages

ASKS = Request("r" * 26, "Noortje Verzonnen", "HGL", Role.SECRETARIS, InviteTo.TEAM, WORDS)
MINE = Device("a" * 26, "Vera", Role.VOORZITTER, "HGL", "AA", ("network",), mine=True, admin=True)
OTHER = Device("b" * 26, "Bram", Role.SECRETARIS, "HGL", "AB", ("network",), mine=False, admin=False, news_ms=1)
Show = Callable[..., SharingDialog]


@pytest.fixture
def show(desk: Desk, qtbot: QtBot) -> Iterator[Show]:
    """Opens the dialog on a double, at rest."""
    shown: list[tuple[SharingDialog, Syncing]] = []

    def begin(door: ShareDouble, tab: str = "") -> SharingDialog:
        desk.workspace.sharing = Sharing(lambda: door, lambda report: None, lambda: None)
        syncing = Syncing(desk, desk.navigator)
        syncing._on_status(door.status())
        dialog = SharingDialog(desk, syncing, tab)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        shown.append((dialog, syncing))
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        rest(dialog, qtbot)
        return dialog

    yield begin
    for dialog, syncing in shown:
        rest(dialog, qtbot)
        dialog.reject()
        syncing.close(5)
    desk.tasks.drain()


def rest(dialog: SharingDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.work.syncing.thread_of_share.is_busy)
    dialog._desk.tasks.drain()


@pytest.mark.parametrize("standing", ["alone", "asking", "member", "out"])
def test_every_control_has_a_name(show: Show, standing: str, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(show(ShareDouble(replace(MEMBER, standing=standing), asking=(ASKS,), laptops=(MINE, OTHER))))


def test_a_network_is_begun_with_its_recovery(show: Show, qtbot: QtBot, tmp_path: Path, messages: FakeMessages) -> None:
    door = ShareDouble()
    dialog = show(door)
    dialog.begin.create("S:\\BREN", "BREN Zuidwest", tmp_path)
    rest(dialog, qtbot)
    rest(dialog, qtbot)
    assert door.asked[0] == ("create", "S:\\BREN", "BREN Zuidwest")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.suffix == ".bren"} == {
        "Herstel BREN Zuidwest - IT.bren": b"it",
        "Herstel BREN Zuidwest - coordinator.bren": b"coordinator",
    }
    assert dialog.ui.stack.currentWidget() is dialog.ui.member_page
    assert "Geef het ene aan IT en het andere aan de coördinator" in messages.warned_with[0]


@pytest.mark.parametrize("fails", [False, True])
def test_who_closed_the_window_meanwhile_hears_how_the_beginning_ended(
    desk: Desk, qtbot: QtBot, tmp_path: Path, messages: FakeMessages, *, fails: bool
) -> None:
    door = ShareDouble()
    if fails:
        (tmp_path / "Herstel BREN Zuidwest - IT.bren").write_bytes(b"eerder")
    desk.workspace.sharing = Sharing(lambda: door, lambda report: None, lambda: None)
    syncing = Syncing(desk, desk.navigator)
    dialog = SharingDialog(desk, syncing)
    dialog.begin.create("S:\\BREN", "BREN Zuidwest", tmp_path)
    shiboken6.delete(dialog)
    qtbot.waitUntil(lambda: not syncing.thread_of_share.is_busy)
    syncing.close(5)
    if fails:
        assert "staan al herstelbestanden" in str(messages.failed_with[0])
    else:
        assert str(tmp_path) in messages.warned_with[0]
        assert syncing.status == MEMBER


def test_no_other_keys_are_made_beside_files_of_earlier_ones(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    door = ShareDouble()
    (tmp_path / "Herstel BREN Zuidwest - IT.bren").write_bytes(b"eerder")
    dialog = show(door)
    dialog.begin.create("S:\\BREN", "BREN Zuidwest", tmp_path)
    rest(dialog, qtbot)
    assert "staan al herstelbestanden" in dialog.ui.create_error.text()
    assert door.asked == []


def test_of_a_stick_that_is_full_no_half_stays_behind(
    show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, opened = ShareDouble(), Path.open

    def full(path: Path, mode: str) -> IO[Any]:
        if "coordinator" in path.name:
            raise OSError(errno.ENOSPC, "full")
        return opened(path, mode)

    dialog = show(door)
    monkeypatch.setattr(Path, "open", full)
    dialog.begin.create("S:\\BREN", "BREN Zuidwest", tmp_path)
    rest(dialog, qtbot)
    assert dialog.ui.create_error.text()
    assert door.asked == []
    assert not list(tmp_path.glob("*.bren"))


def test_what_is_missing_is_said_in_place(show: Show, qtbot: QtBot) -> None:
    door = ShareDouble()
    dialog = show(door)
    QTest.keyClick(dialog.ui.create, Qt.Key.Key_Space)
    assert dialog.ui.create_error.text().startswith("Kies een map")
    assert dialog.ui.folder.hasFocus()
    dialog.ui.invite_file.setText("/nergens/uitnodiging.bren")
    dialog.ui.code.setText("5776")
    QTest.keyClick(dialog.ui.join, Qt.Key.Key_Space)
    rest(dialog, qtbot)
    assert dialog.ui.join_error.text().startswith("De uitnodiging kan niet worden gelezen")
    assert door.asked == []


def test_joining_shows_six_words(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    door = ShareDouble()
    dialog = show(door)
    (tmp_path / "uitnodiging.bren").write_bytes(b"invite")
    dialog.ui.invite_file.setText(str(tmp_path / "uitnodiging.bren"))
    QTest.keyClicks(dialog.ui.code, "5776-S44E-G1F7-ZFEM")
    QTest.keyClick(dialog.ui.join, Qt.Key.Key_Space)
    rest(dialog, qtbot)
    assert door.asked[0] == ("join", b"invite", "5776-S44E-G1F7-ZFEM")
    assert dialog.ui.stack.currentWidget() is dialog.ui.words_page
    assert dialog.ui.words.words() == WORDS
    assert "kolibrie" in dialog.ui.words.accessibleName()
    assert dialog.ui.code.text() == ""


def test_the_words_are_shown_again_while_a_request_waits(show: Show) -> None:
    dialog = show(ShareDouble(ShareStatus("asking", "BREN Zuidwest", "S:\\BREN", words=WORDS)))
    assert dialog.ui.stack.currentWidget() is dialog.ui.words_page
    assert dialog.ui.words.words() == WORDS
    assert not dialog.ui.words_card.isHidden()


def test_somebody_is_let_in_after_comparing_the_words(show: Show, qtbot: QtBot) -> None:
    door = ShareDouble(replace(MEMBER, requests=1), asking=(ASKS,), laptops=(MINE,))
    dialog = show(door, "aanvragen")
    assert dialog.ui.tabs.tabText(dialog.ui.tabs.currentIndex()) == "&Aanvragen (1)"
    assert dialog.ui.request_words.words() == WORDS
    assert not dialog.ui.approve.isEnabled()
    QTest.keyClick(dialog.ui.same_words, Qt.Key.Key_Space)
    QTest.keyClick(dialog.ui.approve, Qt.Key.Key_Space)
    rest(dialog, qtbot)
    rest(dialog, qtbot)
    assert door.asked[:1] == [("approve", ASKS.id)]
    assert ("cycle",) in door.asked, "what was signed goes to the share at once"
    assert not dialog.ui.no_requests.isHidden()


def test_an_invite_shows_its_code_once(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    door = ShareDouble(MEMBER, laptops=(MINE,))
    dialog = show(door, "uitnodigen")
    dialog.inviting.make(tmp_path / "uitnodiging.bren")
    rest(dialog, qtbot)
    assert door.asked == [("invite", InviteTo.TEAM, Role.SECRETARIS, "")]
    assert (tmp_path / "uitnodiging.bren").read_bytes() == b"invite"
    assert dialog.ui.new_code.text() == "5776-S44E-G1F7-ZFEM"
    QTest.keyClick(dialog.ui.copy_code, Qt.Key.Key_Space)
    data = QApplication.clipboard().mimeData()
    assert data.text() == "5776-S44E-G1F7-ZFEM"
    assert any("ExcludeClipboardContent" in kind for kind in data.formats())
    dialog.reject()
    assert dialog.ui.new_code.text() == ""
    assert QApplication.clipboard().text() == ""


def test_what_somebody_copied_since_is_left(qtbot: QtBot) -> None:
    clipboard.copy_secret("geheim")
    QApplication.clipboard().setText("iets anders")
    clipboard.forget("geheim")
    clipboard.forget_all()
    assert QApplication.clipboard().text() == "iets anders"


def test_no_secret_outlives_the_program(qtbot: QtBot) -> None:
    clipboard.copy_secret("geheim")
    clipboard.forget_all()
    assert QApplication.clipboard().text() == ""


def test_a_laptop_gets_a_role_and_is_taken_out(show: Show, qtbot: QtBot) -> None:
    door = ShareDouble(MEMBER, laptops=(MINE, OTHER))
    dialog = show(door, "laptops")
    ui = dialog.ui
    ui.laptops.setCurrentIndex(dialog.laptops.model.index(0, 0))
    assert not ui.lost.isEnabled(), "one's own laptop leaves by itself"
    ui.laptops.setCurrentIndex(dialog.laptops.model.index(1, 0))
    ui.role.setCurrentIndex(ui.role.findText("voorzitter"))
    QTest.keyClick(ui.set_role, Qt.Key.Key_Space)
    rest(dialog, qtbot)
    rest(dialog, qtbot)
    ui.laptops.setCurrentIndex(dialog.laptops.model.index(1, 0))
    QTest.keyClick(ui.lost, Qt.Key.Key_Space)
    rest(dialog, qtbot)
    asked = [each for each in door.asked if each[0] in ("role", "revoke")]
    assert asked == [("role", OTHER.id, Role.VOORZITTER), ("revoke", OTHER.id, Away.LOST)]
    for window in QApplication.topLevelWidgets():
        if isinstance(window, LayOnItDialog):
            window.reject()


@pytest.mark.parametrize(("away", "may"), [(Away.REVOKED, True), (Away.LOST, False), (Away.LEFT, False)])
def test_a_laptop_that_was_taken_out_can_still_be_reported_lost(show: Show, away: Away, may: bool) -> None:
    dialog = show(ShareDouble(MEMBER, laptops=(MINE, replace(OTHER, away=away))), "laptops")
    dialog.ui.laptops.setCurrentIndex(dialog.laptops.model.index(1, 0))
    assert (dialog.ui.revoke.isEnabled(), dialog.ui.lost.isEnabled()) == (False, may)


def test_the_cases_on_a_lost_laptop_are_named_by_number(desk: Desk, qtbot: QtBot) -> None:
    rows = desk.workspace.cases.page(desk.workspace.actor, CaseFilter(), Page())
    dialog = LayOnItDialog(desk, [rows[0].entity, "weg"])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    desk.tasks.drain()
    assert [dialog.ui.cases.item(n).text() for n in range(dialog.ui.cases.count())] == [
        f"{rows[0].nummer} · {rows[0].initials}"
    ]
    dialog.ui.copy.click()
    assert QApplication.clipboard().text() == rows[0].nummer


def test_what_went_wrong_is_named_one_by_one_with_what_to_do(show: Show) -> None:
    troubles = (Trouble("no-key", "sp/x/log/1", OTHER.id, 4), Trouble("fork", "", OTHER.id))
    dialog = show(ShareDouble(replace(MEMBER, troubles=troubles, unsent=2), laptops=(MINE, OTHER)))
    lines = [dialog.ui.troubles.item(n).text() for n in range(dialog.ui.troubles.count())]
    assert lines[0].startswith("Twee laptops schrijven onder één naam.")
    assert "Bram" in lines[0]
    assert "4 keer" in lines[1]
    assert "U hoeft niets te doen" in lines[1]
    assert dialog.ui.states.text().startswith("Opgeslagen op deze laptop, nog niet op de share: 2")


def test_what_should_have_gone_away_by_itself_asks_for_help(show: Show, desk: Desk) -> None:
    now_ms, day_ms = desk.workspace.context.clock.now_ms(), 24 * 60 * 60 * 1000
    troubles = tuple(Trouble("no-key", OTHER.id, since_ms=now_ms - days * day_ms) for days in (2, 4))
    dialog = show(ShareDouble(replace(MEMBER, troubles=troubles), laptops=(MINE, OTHER)))
    old, young = (dialog.ui.troubles.item(n).text() for n in range(2))
    assert "Dit duurt al lang. Vraag een voorzitter" in old
    assert "U hoeft niets te doen" in young


def test_a_record_and_a_colleague_are_named_instead_of_a_file(show: Show, desk: Desk) -> None:
    workspace = desk.workspace
    (case, *_) = workspace.cases.page(workspace.actor, CaseFilter(), Page())
    (expert, *_) = workspace.pool.page(workspace.actor, ExpertFilter(), Page())
    troubles = tuple(
        Trouble("no-right", "sp/x/log/1", OTHER.id, record=entity) for entity in (case.entity, expert.entity, "weg")
    )
    troubles += (Trouble("diverged", OTHER.id),)
    dialog = show(ShareDouble(replace(MEMBER, troubles=troubles), waiting=troubles[:1], laptops=(MINE, OTHER)))
    lines = [dialog.ui.troubles.item(n).text().split("\n")[1] for n in range(dialog.ui.troubles.count())]
    who = f"{OTHER.name} ({OTHER.letters})"
    assert lines == [
        f"{who} · casus {case.nummer}",
        f"{who} · pareltje {expert.naam}",
        f"{who} · sp/x/log/1",
        who,
    ]
    assert dialog.ui.tray.item(0).text().endswith(lines[0])


def test_the_tray_is_taken_over_in_ones_own_name(show: Show, qtbot: QtBot) -> None:
    door = ShareDouble(MEMBER, waiting=(Trouble("late", "", OTHER.id, 3),), laptops=(MINE, OTHER))
    dialog = show(door)
    dialog.ui.tabs.setCurrentWidget(dialog.ui.tray_tab)
    assert dialog.ui.tabs.tabText(dialog.ui.tabs.currentIndex()) == "Te &beoordelen (1)"
    QTest.keyClick(dialog.ui.take_tray, Qt.Key.Key_Space)
    rest(dialog, qtbot)
    rest(dialog, qtbot)
    assert ("take", OTHER.id) in door.asked
    assert not dialog.ui.no_tray.isHidden()


def test_a_check_tells_what_it_found(show: Show, qtbot: QtBot) -> None:
    dialog = show(ShareDouble(MEMBER, laptops=(MINE,)))
    dialog.ui.check.click()
    rest(dialog, qtbot)
    assert dialog.ui.check_report.text() == "1.204 bestanden nagekeken, 2 aangevuld.\nAlles is in orde."


def test_who_may_not_admit_sees_no_such_tabs(show: Show, desk: Desk) -> None:
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.LID)
    ui = show(ShareDouble(MEMBER, laptops=(MINE, OTHER))).ui
    shown = [ui.tabs.tabText(place) for place in range(ui.tabs.count())]
    assert shown == ["&Stand", "&Laptops", "&Onderhoud"]
    assert ui.lost.isHidden()


def test_who_may_not_begin_a_network_is_told_who_may(show: Show, desk: Desk) -> None:
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.SECRETARIS)
    ui = show(ShareDouble()).ui
    assert not ui.create_card.isEnabled()
    assert ui.create_text.text() == "Een netwerk beginnen doet een voorzitter of plaatsvervanger."
    assert ui.join.isEnabled()


def test_leaving_ends_the_session_and_names_the_backups_that_stay(
    show: Show, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.workspace.backups.make(desk.workspace.actor, tmp_path / "kopie.bren")
    door = ShareDouble(MEMBER, laptops=(MINE,))
    dialog = show(door)
    with qtbot.waitSignal(dialog.work.syncing.dropped) as told:
        QTest.keyClick(dialog.ui.leave_network, Qt.Key.Key_Space)
    assert ("leave",) in door.asked
    assert told.args is not None
    assert str(tmp_path / "kopie.bren") in told.args[0]


def test_files_are_chosen_in_the_system_dialog(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = show(ShareDouble())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "S:\\BREN")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("D:\\uitnodiging.bren", ""))
    dialog.ui.browse_folder.click()
    dialog.ui.browse_invite.click()
    assert (dialog.ui.folder.text(), dialog.ui.invite_file.text()) == ("S:\\BREN", "D:\\uitnodiging.bren")
