"""Assigning from list and page, noodtoegang with its banner, judging it, and who has seen a case; by keyboard."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.dutch import short_date
from bren_desktop.errors import NotAssignedError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.assign import AssignDialog
from bren_desktop.gui.dialogs.emergencies import EmergenciesDialog
from bren_desktop.gui.dialogs.emergency import EmergencyDialog
from bren_desktop.gui.dialogs.seen_by import SeenByDialog
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.access import Access
from bren_desktop.services.rows import CaseRow
from bren_desktop.services.share_door import Device

REASON = "De moeder belt in paniek."


@pytest.fixture(autouse=True)
def _closed(page: CasesPage) -> Iterator[None]:
    """No dialog outlives its test."""
    yield
    for dialog in page.findChildren(QDialog):
        if dialog.isVisible():
            dialog.reject()


@pytest.fixture
def chair(desk: Desk) -> Actor:
    return desk.workspace.actor


@pytest.fixture
def lid(desk: Desk, chair: Actor) -> Iterator[Actor]:
    """Joost, a lid of the team on a laptop of his own."""
    card = Device("j" * 26, "Joost", Role.LID, chair.team, "AC", (chair.team,), False, False, person="p-joost")
    desk.workspace.access = Access(desk.workspace.context, lambda: (card,))
    yield replace(chair, person="p-joost", name="Joost", role=Role.LID, device="AC")
    desk.workspace.actor = chair


def dialogs(page: QWidget, kind: type[QDialog]) -> list[QDialog]:
    return [each for each in page.findChildren(kind) if each.isVisible()]


def shown(desk: Desk, qtbot: QtBot, dialog: QDialog) -> None:
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    desk.tasks.drain()


def text_of(dialog: SeenByDialog | EmergenciesDialog, row: int, column: int) -> str:
    item = dialog.ui.rows.item(row, column)
    return item.text() if item else ""


def test_a_tick_assigns_and_another_takes_it_back(
    desk: Desk, page: CasesPage, noor: CaseRow, chair: Actor, lid: Actor, qtbot: QtBot
) -> None:
    for expected in ((lid.person,), ()):
        dialog = AssignDialog(desk, [noor.entity], noor.title, page)
        shown(desk, qtbot, dialog)
        assert dialog.ui.colleagues.item(0).text() == "Joost · lid"
        QTest.keyClick(dialog.ui.colleagues, Qt.Key.Key_Space)
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        desk.tasks.drain()
        assert desk.workspace.access.assigned(chair, [noor.entity])[noor.entity] == expected


def test_of_several_cases_only_what_was_ticked_changes(
    desk: Desk, page: CasesPage, chair: Actor, lid: Actor, qtbot: QtBot
) -> None:
    rows = page.list.ui.rows
    rows.selectAll()
    cases = [row.entity for row in rows.chosen()]
    desk.workspace.access.assign(chair, cases[:1], ["p-iemand"], [])
    QTest.mouseClick(page.list.ui.assign, Qt.MouseButton.LeftButton)
    desk.tasks.drain()
    (dialog,) = dialogs(page, AssignDialog)
    assert isinstance(dialog, AssignDialog)
    states = {dialog.ui.colleagues.item(n).text(): n for n in range(dialog.ui.colleagues.count())}
    gone = dialog.ui.colleagues.item(states[f"Collega die niet meer in uw team is · nu bij 1 van de {len(cases)}"])
    assert gone.checkState() is Qt.CheckState.PartiallyChecked
    QTest.keyClick(dialog.ui.colleagues, Qt.Key.Key_Space)
    dialog.ui.save.click()
    desk.tasks.drain()
    assigned = desk.workspace.access.assigned(chair, cases)
    assert assigned[cases[0]] == ("p-iemand", "p-joost")
    assert {assigned[case] for case in cases[1:]} == {("p-joost",)}


def test_who_may_not_assign_sees_no_button(desk: Desk, page: CasesPage, lid: Actor, qtbot: QtBot) -> None:
    assert page.list.ui.assign.isVisible()
    assert not page.list.ui.emergency.isVisible()
    desk.workspace.actor = lid
    other = CasesPage(desk)
    qtbot.addWidget(other)
    other.show()
    assert not other.list.ui.assign.isVisible()
    assert other.list.ui.emergency.isVisible()
    desk.tasks.drain()
    other.close()


def test_a_case_of_others_says_so_and_offers_noodtoegang(
    desk: Desk, page: CasesPage, noor: CaseRow, chair: Actor, lid: Actor
) -> None:
    workspace = desk.workspace
    workspace.access.assign(chair, [noor.entity], ["p-iemand"], [])
    workspace.actor = lid
    desk.navigator.open_case(noor.entity)
    desk.tasks.drain()
    assert isinstance(desk.messages.failed_with[0], NotAssignedError)  # type: ignore[attr-defined]
    assert page.stack.currentWidget() is page.list
    (dialog,) = dialogs(page.window(), EmergencyDialog)
    assert isinstance(dialog, EmergencyDialog)
    assert not dialog.ui.open_case.isEnabled()
    QTest.keyClicks(dialog.ui.reason, REASON)
    QTest.keyClick(dialog.ui.open_case, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert page.stack.currentWidget() is page.case
    tomorrow = workspace.context.today() + timedelta(days=1)
    assert page.case.ui.emergency_bar.isVisible()
    assert short_date(tomorrow) in page.case.ui.emergency_text.text()
    assert "wijzigen niet" in page.case.ui.emergency_text.text()
    assert not page.case.ui.read_only_bar.isVisible(), "that is of a team that one is out of"
    assert not page.case.apart.erase.isEnabled()


def test_a_reason_that_says_nothing_is_asked_again(
    desk: Desk, page: CasesPage, noor: CaseRow, chair: Actor, lid: Actor, qtbot: QtBot
) -> None:
    desk.workspace.access.assign(chair, [noor.entity], ["p-iemand"], [])
    desk.workspace.actor = lid
    dialog = EmergencyDialog(desk, "", page)
    shown(desk, qtbot, dialog)
    assert dialog.ui.number.hasFocus()
    QTest.keyClicks(dialog.ui.number, noor.nummer or noor.id)
    QTest.keyClicks(dialog.ui.reason, "spoed")
    dialog.ui.open_case.click()
    desk.tasks.drain()
    assert dialog.isVisible()
    assert "waarom" in dialog.ui.problem.text()
    assert dialog.ui.reason.hasFocus()


@pytest.fixture
def used(desk: Desk, noor: CaseRow, chair: Actor, lid: Actor) -> CaseRow:
    """Noor's case, which Joost opened by noodtoegang and read twice."""
    workspace = desk.workspace
    workspace.access.assign(chair, [noor.entity], ["p-iemand"], [])
    workspace.access.open_in_emergency(lid, noor.entity, REASON)
    workspace.cases.open(lid, noor.entity)
    workspace.cases.open(lid, noor.entity)
    return noor


def test_a_reason_that_was_typed_comes_back(
    desk: Desk, page: CasesPage, noor: CaseRow, chair: Actor, lid: Actor, qtbot: QtBot
) -> None:
    desk.workspace.access.assign(chair, [noor.entity], ["p-iemand"], [])
    desk.workspace.actor = lid
    dialog = EmergencyDialog(desk, noor.nummer, page)
    shown(desk, qtbot, dialog)
    QTest.keyClicks(dialog.ui.reason, REASON)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    desk.tasks.drain()
    desk.navigator.resume("noodtoegang:reden")
    desk.tasks.drain()
    (again,) = dialogs(page.window(), EmergencyDialog)
    assert isinstance(again, EmergencyDialog)
    assert (again.ui.number.text(), again.ui.reason.toPlainText()) == (noor.nummer, REASON)
    again.ui.open_case.click()
    desk.tasks.drain()
    assert desk.workspace.drafts.all(lid) == []


def test_a_judgement_that_was_typed_comes_back(desk: Desk, page: CasesPage, used: CaseRow, qtbot: QtBot) -> None:
    for typed in ("Terecht.", ""):
        dialog = EmergenciesDialog(desk, page)
        shown(desk, qtbot, dialog)
        QTest.keyClicks(dialog.ui.judgement, typed)
        assert dialog.ui.judgement.toPlainText() == "Terecht."
        dialog.reject()
        desk.tasks.drain()


def test_another_judges_it_once(desk: Desk, page: CasesPage, used: CaseRow, chair: Actor, qtbot: QtBot) -> None:
    dialog = EmergenciesDialog(desk, page)
    shown(desk, qtbot, dialog)
    assert text_of(dialog, 0, 0) == used.title
    assert dialog.ui.reason.text() == REASON
    assert not dialog.ui.review.isEnabled()
    QTest.keyClicks(dialog.ui.judgement, "Terecht.")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    assert chair.name in text_of(dialog, 0, 4)
    assert "Terecht." in dialog.ui.judged.text()
    assert not dialog.ui.review.isVisible()
    assert desk.workspace.access.to_review(chair) == []


def test_nobody_judges_their_own(desk: Desk, page: CasesPage, used: CaseRow, chair: Actor, qtbot: QtBot) -> None:
    desk.workspace.actor = replace(chair, person="p-joost")
    dialog = EmergenciesDialog(desk, page)
    shown(desk, qtbot, dialog)
    assert not dialog.ui.review.isVisible()
    assert "zelf" in dialog.ui.judged.text()
    desk.workspace.actor = chair


def test_who_has_seen_a_case_reads_as_sentences(desk: Desk, page: CasesPage, used: CaseRow, qtbot: QtBot) -> None:
    dialog = SeenByDialog(desk, used.entity, used.title, page)
    shown(desk, qtbot, dialog)
    table = dialog.ui.rows
    lines = [[text_of(dialog, row, column) for column in range(6)] for row in range(table.rowCount())]
    joost = [line[2:5] for line in lines if line[1] == "Joost · lid"]
    assert ["bekeek de casus (2 keer)", "AC", "noodtoegang"] in joost
    dialog.ui.person.setCurrentIndex(dialog.ui.person.findData("p-joost"))
    dialog.ui.person.activated.emit(dialog.ui.person.currentIndex())
    assert table.rowCount() == len(joost)
    dialog.ui.person.setCurrentIndex(0)
    dialog.ui.emergencies.setChecked(True)
    assert {text_of(dialog, row, 4) for row in range(table.rowCount())} == {"noodtoegang"}


def test_it_is_written_for_a_family_and_for_who_checks(
    desk: Desk, page: CasesPage, used: CaseRow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = SeenByDialog(desk, used.entity, used.title, page)
    shown(desk, qtbot, dialog)
    for name, norm, column in (("gezin.csv", False, "Wie"), ("controle.csv", True, "UserName")):
        dialog.save(tmp_path / name, norm=norm)
        desk.tasks.drain()
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            text = file.read()
        rows = list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))
        assert "Joost" in {row[column] for row in rows}
        assert "Noor" not in text
        assert REASON not in text


def test_every_control_has_a_name(
    desk: Desk,
    page: CasesPage,
    used: CaseRow,
    qtbot: QtBot,
    assert_accessible: Callable[[QWidget], None],
) -> None:
    for dialog in (
        AssignDialog(desk, [used.entity], used.title, page),
        EmergencyDialog(desk, "", page),
        EmergenciesDialog(desk, page),
        SeenByDialog(desk, used.entity, used.title, page),
    ):
        shown(desk, qtbot, dialog)
        assert_accessible(dialog)
        dialog.reject()
