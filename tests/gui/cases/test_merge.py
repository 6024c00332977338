"""Merging a double case from the list, with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.merge_cases import MergeDialog
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.options import of_list
from bren_desktop.gui.widgets.told_item import TOLD_ROLE
from bren_desktop.services.rows import CaseRow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def double(desk: Desk, page: CasesPage) -> str:
    """The case of Noor, once more and a little different."""
    case = Case(roepnaam="Noor", achternaam="Voorbeelt", hulpvraag="Een ander verhaal.", gemeente="Delft")
    entity = desk.workspace.cases.record(desk.workspace.actor, case).entity
    page.list.filter()
    desk.tasks.drain()
    return entity


def choose(page: CasesPage, *entities: str) -> None:
    rows, model = page.list.ui.rows, page.list.model
    rows.clearSelection()
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for number in range(model.rowCount()):
        row = model.row(number)
        if row is not None and row.entity in entities:
            rows.selectionModel().select(model.index(number, 0), select)


def opened(page: CasesPage, desk: Desk, qtbot: QtBot) -> MergeDialog:
    page.list.handing.menu.actions()[-1].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), MergeDialog))
    desk.tasks.drain()
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, MergeDialog)
    return dialog


def test_two_cases_become_one_without_a_mouse(
    page: CasesPage, desk: Desk, noor: CaseRow, double: str, qtbot: QtBot
) -> None:
    choose(page, noor.entity, double)
    dialog = opened(page, desk, qtbot)
    fields = dialog.ui.fields
    assert fields.hasFocus()
    assert [fields.item(row).text() for row in range(fields.count())] == [
        "Achternaam · de eerste",
        "Hulpvraag · de eerste",
    ]
    assert not dialog.ui.both.isVisible()
    QTest.keyClick(fields, Qt.Key.Key_2)
    assert dialog.ui.second.isChecked()
    QTest.keyClick(fields, Qt.Key.Key_Down)
    assert dialog.ui.second_text.toPlainText() == "Een ander verhaal."
    QTest.keyClick(fields, Qt.Key.Key_3)
    assert fields.item(1).text() == "Hulpvraag · beide"
    QTest.keyClick(fields, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    case = desk.workspace.cases.open(desk.workspace.actor, noor.entity).case
    assert (case.achternaam, case.gemeente) == ("Voorbeelt", "Delft")
    assert case.hulpvraag.endswith("Een ander verhaal.")
    assert page.case.ui.nummer.text() == noor.nummer
    assert desk.workspace.cases.open(desk.workspace.actor, double).case.status == "ST-ING"


def test_it_asks_for_two_and_offers_nothing_to_who_may_not(
    page: CasesPage, desk: Desk, noor: CaseRow, messages: Messages, qtbot: QtBot
) -> None:
    choose(page, noor.entity)
    page.list.handing.menu.actions()[-1].trigger()
    assert "precies twee" in messages.informed_with[-1]  # type: ignore[attr-defined] # the double of the conftest
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.LID)
    other = CasesPage(desk)
    qtbot.addWidget(other)
    other.show()
    desk.tasks.drain()
    assert len(other.list.handing.menu.actions()) == 1


def test_a_linked_case_that_proves_to_be_the_same_is_merged_from_its_card(
    page: CasesPage, desk: Desk, noor: CaseRow, double: str, qtbot: QtBot
) -> None:
    desk.workspace.links.add(desk.workspace.actor, noor.entity, double, "SV-EERDER")
    page.open_entity(double, "jeugdige")
    desk.tasks.drain()
    QTest.keyClick(page.case.tabs.family.ui.merge_link, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), MergeDialog))
    desk.tasks.drain()
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, MergeDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert page.case.ui.nummer.text() == noor.nummer
    links = page.case.tabs.family.ui.links
    assert any("hierin samengevoegd" in links.item(row).data(TOLD_ROLE).text for row in range(links.count()))


def test_that_they_were_merged_is_nothing_to_choose_by_hand(desk: Desk) -> None:
    offered = of_list("soorten_verband", desk.workspace.context.today())
    assert "SV-SAMEN" not in {option.code for option in offered.all}


def test_every_control_has_a_name(
    page: CasesPage,
    desk: Desk,
    noor: CaseRow,
    double: str,
    qtbot: QtBot,
    assert_accessible: Callable[[QWidget], None],
) -> None:
    choose(page, noor.entity, double)
    dialog = opened(page, desk, qtbot)
    assert_accessible(dialog)
    dialog.reject()
