"""Erasing from the page of a case: two people, what is left to them, and nothing on the screen afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.requests import Request
from bren_desktop.domain.retention import Retention
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.dialogs.erase_case import EraseDialog
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.erasing import Erasing
from bren_desktop.services.readlog import Leaving

if TYPE_CHECKING:
    from tests.gui.sharing.conftest import Seat, Sit, Team

Show = Callable[["Seat", str], EraseDialog]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Opens the dialog for somebody."""
    shown: list[EraseDialog] = []

    def begin(seat: Seat, case: str) -> EraseDialog:
        dialog = EraseDialog(seat.desk, seat.syncing, case)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        seat.rest()
        shown.append(dialog)
        return dialog

    yield begin
    for dialog in shown:
        dialog.reject()


def ask(dialog: EraseDialog, seat: Seat) -> None:
    """As its user does, by keyboard."""
    assert not dialog.ui.ask.isEnabled(), "first one says that one knows what it means"
    QTest.keyClick(dialog.ui.sure, Qt.Key.Key_Space)
    QTest.keyClick(dialog.ui.ask, Qt.Key.Key_Space)
    seat.rest()


def test_it_takes_two_and_then_the_case_is_gone(team: Team, show: Show) -> None:
    vera, petra = team.vera, team.petra
    page = CasesPage(petra.desk)
    petra.desk.navigator.records_changed.connect(page.changed_behind)
    page.open_entity(team.case, "")
    petra.rest()
    first = show(vera, team.case)
    assert "Niemand heeft nog gevraagd" in first.ui.state.text()
    ask(first, vera)
    assert "gevraagd door Vera Voorzitter. Het wacht op de privacyfunctionaris." in first.ui.state.text()
    assert first.ui.state.text().endswith("Er is nog niets gewist.")
    assert first.ui.ask.isHidden()
    petra.sync()
    second = show(petra, team.case)
    assert second.ui.state.text().endswith("Vraagt u het ook, dan wordt de casus meteen gewist.")
    assert second.ui.ask.text() == "Nu &wissen"
    ask(second, petra)
    assert second.ui.state.text().startswith("De casus is gewist.")
    second.reject()
    petra.rest()
    assert page.stack.currentWidget() is page.list
    assert petra.workspace.cases.row(petra.workspace.actor, team.case) is None
    vera.sync()
    assert vera.workspace.cases.row(vera.workspace.actor, team.case) is None
    page.deleteLater()


def test_where_the_family_asked_the_verklaring_is_kept_before_the_case_goes(
    team: Team, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    vera, petra, ours = team.vera, team.petra, team.vera.workspace
    asked = Request(soort="VZ-VERN", door="Moeder", identiteit="rijbewijs", ontvangen_op=ours.context.today())
    request = ours.requests.add(ours.actor, team.case, asked)
    ours.requests.decide(ours.actor, request, Request(besluit="BZ-TOE", besluit_reden="Noor wil het ook."))
    kept = str(tmp_path / "verklaring.pdf")
    answers = iter(["", str(tmp_path / "nergens" / "v.pdf"), kept, kept])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(answers), ""))
    first = show(vera, team.case)
    assert not first.ui.what_asked.isHidden()
    ask(first, vera)
    assert "Er is nog niets gewist." in first.ui.state.text()
    for seat in (vera, petra):
        seat.sync()
    second = show(petra, team.case)
    ask(second, petra)
    assert petra.workspace.cases.row(petra.workspace.actor, team.case) is not None, "no place was chosen"
    QTest.keyClick(second.ui.ask, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(second.ui.problem.text()))
    petra.rest()
    assert petra.workspace.cases.row(petra.workspace.actor, team.case) is not None
    with monkeypatch.context() as failing:
        failing.setattr(Erasing, "erase", _refuse)
        QTest.keyClick(second.ui.ask, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: second.ui.problem.text().startswith("De share"))
        petra.rest()
    assert not [*tmp_path.glob("*.pdf")], "it would tell what did not happen"
    QTest.keyClick(second.ui.ask, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: second.ui.state.text().startswith("De casus is gewist."), timeout=20_000)
    petra.rest()
    assert (tmp_path / "verklaring.pdf").read_bytes().startswith(b"%PDF")
    assert petra.workspace.cases.row(petra.workspace.actor, team.case) is None


def _refuse(*_: object) -> NoReturn:
    raise UserFacingError("De share is weg.")


def test_who_asked_has_nothing_more_to_do(team: Team, show: Show) -> None:
    ask(show(team.vera, team.case), team.vera)
    team.vera.look()
    again = show(team.vera, team.case)
    assert again.ui.state.text().endswith("U hoeft nu niets te doen.")
    assert again.ui.ask.isHidden()
    assert again.ui.close.text() == "&Sluiten"


def test_what_a_colleague_asks_meanwhile_is_shown(team: Team, show: Show) -> None:
    dialog, ours = show(team.petra, team.case), team.vera.workspace
    assert dialog.ui.ask.text() == "&Wissen vragen"
    ours.erasing.erase(ours.actor, team.case)
    team.petra.sync()
    assert dialog.ui.ask.text() == "Nu &wissen"


def test_what_was_printed_is_named_before_and_can_be_copied(team: Team, show: Show) -> None:
    ours = team.vera.workspace
    ours.readlog.note_leaving(ours.actor, team.case, Leaving.SAVED, "K/B01")
    dialog = show(team.vera, team.case)
    assert dialog.ui.no_outside.isHidden()
    line = dialog.ui.outside.item(0).text()
    assert "Vera Voorzitter · als bestand bewaard · K/B01" in line
    QTest.keyClick(dialog.ui.copy, Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == line
    assert "Gekopieerd" in dialog.ui.copied.text()


def test_a_profile_alone_is_told_what_it_lacks(sit: Sit, show: Show) -> None:
    seat = sit("Vera Voorzitter", Role.VOORZITTER)
    seat.look()
    dialog = show(seat, seat.workspace.context.store.new_entity())
    assert "nog niet mee aan een netwerk" in dialog.ui.state.text()
    assert dialog.ui.ask.isHidden()
    assert dialog.ui.what_double.isHidden()


def test_what_goes_too_and_whether_it_must_be_kept_is_said_before(sit: Sit, show: Show) -> None:
    seat = sit("Vera Voorzitter", Role.VOORZITTER)
    cases, doubles, actor = seat.workspace.cases, seat.workspace.doubles, seat.workspace.actor
    first, second = (cases.record(actor, Case(roepnaam="Sam", achternaam="Lindewater")).entity for _ in range(2))
    doubles.merge(actor, first, second, {})
    dialog = show(seat, first)
    assert cases.open(actor, second).case.nummer in dialog.ui.what_double.text()
    assert dialog.ui.what_term.text().startswith("Deze casus moet nog worden bewaard.")
    dialog._show_term(Retention(date(2020, 5, 4)))
    assert dialog.ui.what_term.text().endswith("Sinds 04-05-2020 mag het worden vernietigd.")


def test_who_is_alone_names_a_witness(sit: Sit, show: Show) -> None:
    seat = sit("Vera Voorzitter", Role.VOORZITTER)
    actor = seat.workspace.actor
    case = seat.workspace.cases.record(actor, Case(roepnaam="Sam")).entity
    dialog = show(seat, case)
    ask(dialog, seat)
    assert "wie naast u zit" in dialog.ui.problem.text()
    QTest.keyClicks(dialog.ui.witness, "Wil Buurman")
    QTest.keyClick(dialog.ui.ask, Qt.Key.Key_Space)
    seat.rest()
    assert dialog.ui.state.text().startswith("De casus is gewist.")
    assert seat.workspace.cases.row(actor, case) is None


def test_a_failure_is_said_in_its_place(team: Team, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = show(team.vera, team.case)
    monkeypatch.setattr(dialog, "_entity", "a" * 26)
    ask(dialog, team.vera)
    assert dialog.ui.problem.text()
    assert dialog.ui.ask.isEnabled()


def test_a_case_that_is_gone_already_is_told(team: Team, show: Show) -> None:
    dialog = show(team.vera, "a" * 26)
    assert dialog.ui.problem.text()
    assert dialog.ui.ask.isHidden()


def test_every_control_has_a_name(team: Team, show: Show, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(show(team.vera, team.case))


def test_the_page_of_the_case_tells_who_asked(team: Team, qtbot: QtBot) -> None:
    ours = team.vera.workspace
    ours.erasing.erase(ours.actor, team.case)
    team.petra.sync()
    page = CasesPage(team.petra.desk)
    qtbot.addWidget(page)
    page.open_entity(team.case, "")
    status = team.petra.syncing.status
    assert status is not None
    page.share_told(status)
    team.petra.rest()
    ui = page.case.ui
    assert not ui.erasure_bar.isHidden()
    assert "Het wacht op de privacyfunctionaris" in ui.erasure_text.text()
    with qtbot.waitSignal(team.petra.desk.navigator.erasing_wanted) as wanted:
        QTest.keyClick(ui.show_erasure, Qt.Key.Key_Space)
    assert wanted.args == [team.case]
    offered = [action.text() for action in page.case.apart.menu.actions() if action.isVisible()]
    assert offered == ["&Wissen…", "Wie heeft dit &gezien…", "&Verzoeken van het gezin…"]


def test_the_menu_of_the_case_is_opened_and_chosen_by_keyboard(team: Team, qtbot: QtBot) -> None:
    page, seat = CasesPage(team.vera.desk), team.vera
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.open_entity(team.case, "")
    assert seat.syncing.status is not None
    page.share_told(seat.syncing.status)
    seat.rest()
    for key, wanted in (
        (Qt.Key.Key_W, seat.desk.navigator.erasing_wanted),
        (Qt.Key.Key_B, seat.desk.navigator.protecting_wanted),
    ):
        QTimer.singleShot(0, partial(_press, page.case.apart.menu, key))
        with qtbot.waitSignal(wanted) as told:
            QTest.keyClick(page.case.ui.more, Qt.Key.Key_Space)
        assert told.args == [team.case]


def _press(menu: QMenu, key: Qt.Key) -> None:
    QTest.keyClick(menu, key)
