"""The werkvoorraad: what waits, in which order, and going there by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bren_desktop.gui.desk import Desk
from bren_desktop.gui.models.worklist import ITEM_ROLE
from bren_desktop.gui.pages.worklist import WorklistPage
from bren_desktop.services.worklist import WorkItem, WorkReason


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> WorklistPage:
    page = WorklistPage(desk)
    qtbot.addWidget(page)
    page.entered()
    desk.tasks.drain()
    page.show()
    return page


def _items(page: WorklistPage) -> list[WorkItem]:
    return [page.model.index(row).data(ITEM_ROLE) for row in range(page.model.rowCount())]


def test_the_most_pressing_comes_first(page: WorklistPage) -> None:
    reasons = [item.reasons[0] for item in _items(page)]
    assert reasons == sorted(reasons, key=list(WorkReason).index)
    assert reasons[0] is WorkReason.CRISIS
    assert {WorkReason.URGENT, WorkReason.INCOMPLETE, WorkReason.TURNS_18, WorkReason.STALE} <= set(reasons)


def test_a_line_names_no_young_person_in_full(page: WorklistPage) -> None:
    shown = " ".join(str(page.model.index(row).data()) for row in range(page.model.rowCount()))
    assert "Berkenbos" not in shown
    assert "S. B." in shown


def test_enter_opens_the_case_of_the_line(page: WorklistPage, desk: Desk, qtbot: QtBot) -> None:
    page.setFocus()
    first = _items(page)[0]
    with qtbot.waitSignal(desk.navigator.case_wanted) as asked:
        QTest.keyClick(page.ui.entries, Qt.Key.Key_Return)
    assert asked.args == [first.entity, "aanmelding"]


def test_a_chip_narrows_the_list_to_one_reason(page: WorklistPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.chips[WorkReason.STALE], Qt.Key.Key_Space)
    assert [item.reasons for item in _items(page)] == [(WorkReason.STALE,)]


def test_a_draft_is_offered_and_resumed(page: WorklistPage, desk: Desk, qtbot: QtBot) -> None:
    workspace = desk.workspace
    workspace.drafts.keep(workspace.actor, "intake:1", {"hulpvraag": "nog bezig"})
    page.entered()
    desk.tasks.drain()
    QTest.keyClick(page.chips[WorkReason.DRAFT], Qt.Key.Key_Space)
    with qtbot.waitSignal(desk.navigator.intake_wanted) as asked:
        QTest.keyClick(page.ui.entries, Qt.Key.Key_Return)
    assert asked.args == ["intake:1"]


@pytest.mark.parametrize(
    ("draft", "signal", "arguments"),
    [
        ("casus:abc", "case_wanted", ["abc", "aanmelding"]),
        ("casus:abc:brief:def", "case_wanted", ["abc", "aanmelding"]),
        ("pareltje:def", "expert_wanted", ["def"]),
        ("intake:1", "intake_wanted", ["intake:1"]),
        ("team", "page_wanted", ["beheer"]),
    ],
)
def test_a_draft_leads_to_its_form(desk: Desk, qtbot: QtBot, draft: str, signal: str, arguments: list[str]) -> None:
    with qtbot.waitSignal(getattr(desk.navigator, signal)) as asked:
        desk.navigator.resume(draft)
    assert asked.args == arguments


def test_the_letterhead_is_named_as_a_draft(page: WorklistPage, desk: Desk) -> None:
    desk.workspace.drafts.keep(desk.workspace.actor, "team", {"telefoon": "070"})
    page.entered()
    desk.tasks.drain()
    shown = [str(page.model.index(row).data()) for row in range(page.model.rowCount())]
    assert any(text.startswith("Briefpapier van het team") for text in shown)
