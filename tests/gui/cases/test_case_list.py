"""The case list: what it shows, how it is narrowed, sorted and opened by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pages.case_list import CaseList
from bren_desktop.gui.pages.cases import CasesPage


def _column(page: CasesPage, title: str) -> list[str]:
    model = page.list.model
    number = next(n for n, column in enumerate(model.columns) if column.title == title)
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def test_a_list_shows_initials_and_never_a_name(page: CasesPage) -> None:
    assert "N. V." in _column(page, "Initialen")
    shown = " ".join(" ".join(_column(page, column.title)) for column in page.list.model.columns)
    assert "Noor" not in shown
    assert "Voorbeeld" not in shown.replace("Vera Voorzitter", "")
    assert page.list.ui.count.text() == "8 casussen"


def test_enter_opens_the_case_under_the_cursor(page: CasesPage, desk: Desk) -> None:
    page.list.setFocus()
    QTest.keyClick(page.list.ui.rows, Qt.Key.Key_Down)
    row = page.list.ui.rows.current()
    QTest.keyClick(page.list.ui.rows, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert page.stack.currentWidget() is page.case
    assert page.case.ui.initials.text() == row.initials


def test_chips_narrow_the_list_and_say_so(page: CasesPage, desk: Desk) -> None:
    page.list.chips["urgentie"].tick("UR-SPOED", "UR-CRISIS")
    desk.tasks.drain()
    assert sorted(_column(page, "Urgentie")) == ["crisis", "spoed"]
    assert "2 gekozen" in page.list.chips["urgentie"].text()
    page.list.chips["knelpunten"].tick("KP-WLZ")
    desk.tasks.drain()
    assert page.list.ui.stack.currentWidget() is page.list.ui.empty
    assert page.list.ui.empty.ui.title.text() == "Geen casus past bij dit filter"
    QTest.keyClick(page.list.ui.empty.ui.action, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert page.list.model.rowCount() == 8


def test_ages_sort_as_ages(page: CasesPage, desk: Desk) -> None:
    titles = [column.title for column in page.list.model.columns]
    page.list.ui.rows.sortByColumn(titles.index("Leeftijd"), Qt.SortOrder.AscendingOrder)
    desk.tasks.drain()
    ages = [int(age) for age in _column(page, "Leeftijd")]
    known = [age for age, born in zip(ages, _born(page), strict=True) if born]
    assert known == sorted(known)


def _born(page: CasesPage) -> list[bool]:
    rows = [page.list.model.row(number) for number in range(page.list.model.rowCount())]
    return [row is not None and row.geboortedatum is not None for row in rows]


def test_hidden_columns_and_the_order_are_remembered(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    menu = page.list.ui.rows.columns_menu()
    next(action for action in menu.actions() if action.text() == "Behandelaar").setChecked(False)
    page.list.ui.rows.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    desk.tasks.drain()
    again = CaseList(desk)
    qtbot.addWidget(again)
    desk.tasks.drain()
    header: QHeaderView = again.ui.rows.horizontalHeader()
    titles = [column.title for column in again.model.columns]
    assert again.ui.rows.isColumnHidden(titles.index("Behandelaar"))
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (1, Qt.SortOrder.DescendingOrder)
    assert again.model.row(0) == page.list.model.row(0)


def test_tab_goes_from_the_chips_to_the_buttons_and_the_rows(page: CasesPage) -> None:
    cases = page.list
    cases.chips["status"].setFocus()
    passed = []
    for _ in range(10):
        focus = QApplication.focusWidget()
        assert focus is not None
        passed.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    buttons = cases.ui.assign, cases.ui.several, cases.ui.columns, cases.ui.exchange
    assert passed == [*cases.chips.values(), cases.attention, *buttons, cases.ui.rows]
    page.setFocus()
    assert QApplication.focusWidget() is cases.ui.rows


def test_the_last_column_cannot_be_hidden(page: CasesPage) -> None:
    for action in page.list.ui.rows.columns_menu().actions():
        action.setChecked(False)
    hidden = [page.list.ui.rows.isColumnHidden(number) for number in range(len(page.list.model.columns))]
    assert hidden.count(False) == 1


def test_to_whom_a_case_is_assigned_stands_in_the_list_where_there_is_room(page: CasesPage, desk: Desk) -> None:
    workspace, shown = desk.workspace, page.list
    number = next(place for place, column in enumerate(shown.model.columns) if column.spare)
    row = shown.ui.rows.current()
    workspace.access.assign(workspace.actor, [row.entity], {workspace.actor.person, "p9"}, ())
    shown.ask_names()
    shown.model.reload()
    desk.tasks.drain()
    at = shown.ui.rows.currentIndex().row()
    assert set(str(shown.model.index(at, number).data()).split(", ")) == {workspace.actor.name, "een collega"}
    shown.ui.rows.resize(1210, 400)
    worker = number - 1
    grown = {n: shown.ui.rows.columnWidth(n) - shown.model.columns[n].width for n in (7, worker)}
    assert min(grown.values()) > 20, "the last one has its share too"
    for width, is_hidden in ((700, True), (1700, False)):
        shown.ui.rows.resize(width, 400)
        assert shown.ui.rows.isColumnHidden(number) is is_hidden
        assert (shown.ui.rows.columnWidth(7) == shown.model.columns[7].width) is is_hidden, "sticking points grow"
    shown.ui.rows.columns_menu().actions()[number].setChecked(False)
    shown.ui.rows.resize(1690, 400)
    assert shown.ui.rows.isColumnHidden(number), "the user chose"


def test_every_control_has_a_name(page: CasesPage, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(page.list)
