"""The mapping wizard, from a team's own list to pareltjes and casussen, and whatever may be wrong with a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.exchange_menu import ExchangeMenu
from bren_desktop.gui.dialogs.import_tables import MOST_REJECTED, MOST_VALUES
from bren_desktop.gui.dialogs.import_wizard import CHOOSE, COLUMNS, DONE, PREVIEW, VALUES, ImportWizard
from bren_desktop.gui.pages.case_list import CaseList
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.services.rows import CaseFilter, ExpertRow

Stored = Callable[[str], Expert]
Read = Callable[[], list[ExpertRow]]
WriteList = Callable[[Sequence[Sequence[str | int]]], Path]
Open = Callable[[Path], ImportWizard]


class Said(Protocol):
    """What the messages said."""

    informed_with: list[str]


@pytest.fixture
def open_wizard(desk: Desk, qtbot: QtBot) -> Iterator[Open]:
    """Opens the wizard with a file, as the choice of a file does."""
    parent = QWidget()
    qtbot.addWidget(parent)
    opened: list[ImportWizard] = []

    def start(path: Path) -> ImportWizard:
        wizard = ImportWizard(desk, Kind.EXPERT, parent)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        opened.append(wizard)
        wizard.open()
        wizard.take_file(path)
        desk.tasks.drain()
        return wizard

    yield start
    desk.tasks.drain()
    for wizard in opened:
        wizard.close()


@pytest.fixture
def go_on(desk: Desk) -> Callable[[ImportWizard], int]:
    """Goes on to the next step, which it gives."""

    def go(wizard: ImportWizard) -> int:
        wizard.ui.next.click()
        desk.tasks.drain()
        return wizard.step()

    return go


def _texts(table: QTableWidget, column: int) -> list[str]:
    items = [table.item(row, column) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def _choice(table: QTableWidget, row: int, column: int) -> ChoiceEdit:
    choice = table.cellWidget(row, column)
    assert isinstance(choice, ChoiceEdit)
    return choice


def _choose(table: QTableWidget, row: int, column: int, typed: str) -> None:
    choice = _choice(table, row, column)
    choice.setFocus()
    choice.selectAll()
    QTest.keyClicks(choice, typed)
    QTest.keyClick(choice, Qt.Key.Key_Return)


def _fields(wizard: ImportWizard) -> dict[str, str]:
    table = wizard.ui.columns
    return {name: _choice(table, row, 2).text() for row, name in enumerate(_texts(table, 0))}


def test_a_team_list_is_taken_as_far_as_it_can_be(
    open_wizard: Open,
    go_on: Callable[[ImportWizard], int],
    team_list: Path,
    rows: Read,
    stored: Callable[[str], Expert],
) -> None:
    wizard = open_wizard(team_list)
    assert _fields(wizard) == {
        "Naam deskundige": "Naam",
        "Specialisme": "Expertise",
        "Tel.nr": "Telefoon",
        "Vanaf leeftijd": "Leeftijd vanaf",
        "Tot leeftijd": "Leeftijd tot en met",
        "Kleur map": "niet gebruiken",
    }
    assert go_on(wizard) == VALUES
    assert _texts(wizard.ui.values, 1) == ["dansen met bijen"]
    _choose(wizard.ui.values, 0, 3, "trauma en")
    assert go_on(wizard) == PREVIEW
    assert "2 regels kunnen worden overgenomen, 3 niet." in wizard.ui.summary.text()
    assert "Niet gebruikte kolommen: Kleur map." in wizard.ui.summary.text()
    assert len(rows()) == 5
    assert go_on(wizard) == DONE
    assert wizard.ui.result.text() == "2 regels overgenomen, 0 waren al hetzelfde, 3 niet overgenomen."
    assert stored("Mw. N. Eigen").expertise == ("EX-EET",)
    assert stored("Dhr. O. Eigen").expertise == ("EX-TRAUMA",)
    assert len(rows()) == 7


def test_rows_that_cannot_be_taken_are_named_by_line_field_and_reason(
    open_wizard: Open, go_on: Callable[[ImportWizard], int], team_list: Path
) -> None:
    wizard = open_wizard(team_list)
    go_on(wizard)
    go_on(wizard)
    table = wizard.ui.rejected
    assert list(zip(_texts(table, 0), _texts(table, 1), _texts(table, 2), strict=True)) == [
        ("4", "Leeftijd vanaf", "Dit moet een heel getal zijn."),
        ("5", "Naam", "Een nieuw pareltje moet een naam hebben."),
        ("6", "Leeftijd vanaf", "De leeftijd vanaf is hoger dan de leeftijd tot en met."),
    ]


def test_the_preview_shows_the_first_rows_in_words(
    open_wizard: Open, go_on: Callable[[ImportWizard], int], team_list: Path
) -> None:
    wizard = open_wizard(team_list)
    go_on(wizard)
    go_on(wizard)
    titles = [wizard.ui.sample.horizontalHeaderItem(column) for column in range(wizard.ui.sample.columnCount())]
    names = [title.text() for title in titles if title is not None]
    assert _texts(wizard.ui.sample, names.index("Naam")) == ["Mw. N. Eigen", "Dhr. O. Eigen"]
    assert _texts(wizard.ui.sample, names.index("Expertise")) == [
        "eetstoornissen (K-EET)",
        "dansen met bijen (te coderen)",
    ]


def test_what_was_chosen_is_proposed_the_next_time(
    open_wizard: Open, go_on: Callable[[ImportWizard], int], team_list: Path
) -> None:
    wizard = open_wizard(team_list)
    _choose(wizard.ui.columns, 5, 2, "organis")
    go_on(wizard)
    _choose(wizard.ui.values, 0, 3, "trauma en")
    go_on(wizard)
    go_on(wizard)
    again = open_wizard(team_list)
    assert _fields(again)["Kleur map"] == "Organisatie"
    go_on(again)
    assert _choice(again.ui.values, 0, 3).text() == "trauma en hechting"


def test_importing_twice_changes_nothing(
    open_wizard: Open, go_on: Callable[[ImportWizard], int], team_list: Path, rows: Read
) -> None:
    for expected in ("2 regels overgenomen, 0 waren al hetzelfde", "0 regels overgenomen, 2 waren al hetzelfde"):
        wizard = open_wizard(team_list)
        assert [go_on(wizard) for _ in range(3)] == [VALUES, PREVIEW, DONE]
        assert wizard.ui.result.text().startswith(expected)
    assert len(rows()) == 7


def test_back_goes_through_the_steps_and_forgets_nothing(
    open_wizard: Open, go_on: Callable[[ImportWizard], int], team_list: Path
) -> None:
    wizard = open_wizard(team_list)
    go_on(wizard)
    _choose(wizard.ui.values, 0, 3, "trauma en")
    go_on(wizard)
    passed = []
    for _ in range(3):
        wizard.ui.back.click()
        passed.append(wizard.step())
    assert passed == [VALUES, COLUMNS, CHOOSE]
    assert wizard.ui.file_name.text() == team_list.name


def test_a_code_can_be_taken_back_after_the_preview(
    open_wizard: Open, go_on: Callable[[ImportWizard], int], team_list: Path
) -> None:
    wizard = open_wizard(team_list)
    go_on(wizard)
    _choose(wizard.ui.values, 0, 3, "trauma en")
    go_on(wizard)
    wizard.ui.back.click()
    wizard.ui.back.click()
    assert go_on(wizard) == VALUES
    assert _choice(wizard.ui.values, 0, 3).text() == "trauma en hechting"
    _choose(wizard.ui.values, 0, 3, "blijft")
    go_on(wizard)
    assert "Teksten die te coderen blijven: 1." in wizard.ui.summary.text()


def test_a_word_that_is_no_choice_counts_as_none(
    open_wizard: Open, go_on: Callable[[ImportWizard], int], team_list: Path
) -> None:
    wizard = open_wizard(team_list)
    _choose(wizard.ui.columns, 0, 2, "xyzzy")
    assert wizard.step() == COLUMNS
    assert _fields(wizard)["Naam deskundige"] == "niet gebruiken"
    assert "geen kolom vult het veld Naam" in wizard.ui.columns_hint.text()
    go_on(wizard)
    assert go_on(wizard) == PREVIEW
    assert not wizard.ui.next.isEnabled()


@pytest.mark.parametrize("what", ["pdf", "truncated", "empty", "absent"])
def test_a_file_that_cannot_be_read_gets_a_sentence_and_changes_nothing(
    what: str, open_wizard: Open, team_list: Path, rows: Read
) -> None:
    whole = team_list.read_bytes()
    contents = {"pdf": b"%PDF-1.7\n" + b"x" * 400, "truncated": whole[: len(whole) // 2], "empty": b"", "absent": None}
    path = team_list.with_name("ander.xlsx")
    content = contents[what]
    if content is not None:
        path.write_bytes(content)
    wizard = open_wizard(path)
    assert wizard.step() == CHOOSE
    assert wizard.ui.problem.text().endswith(".")
    assert not wizard.ui.problem.isHidden()
    assert wizard.ui.pick.isEnabled()
    assert wizard.ui.working.isHidden()
    assert len(rows()) == 5


def test_markup_in_a_cell_is_shown_as_it_stands(open_wizard: Open, write_list: WriteList) -> None:
    wizard = open_wizard(write_list([("Naam", "<b>kop</b>"), ("A. Eigen", "<img src=x>")]))
    cell = wizard.ui.columns.item(1, 1)
    assert cell is not None
    assert cell.text() == "<img src=x>"
    assert "&lt;img" in cell.toolTip()


def test_a_long_list_shows_some_of_what_is_wrong_and_counts_the_rest(
    open_wizard: Open, go_on: Callable[[ImportWizard], int], write_list: WriteList
) -> None:
    rows: list[tuple[str, str, str]] = [("Naam", "Expertise", "Leeftijd vanaf")]
    rows += [(f"Naam {number}", f"onbekend {number}", "oud") for number in range(1000)]
    wizard = open_wizard(write_list(rows))
    go_on(wizard)
    assert wizard.ui.values.rowCount() == MOST_VALUES
    assert wizard.ui.values_hint.text().startswith(f"Nog {1000 - MOST_VALUES} andere teksten")
    go_on(wizard)
    assert wizard.ui.rejected.rowCount() == MOST_REJECTED
    assert wizard.ui.more_rejected.text().startswith(f"En nog {1000 - MOST_REJECTED} meer.")
    assert "0 regels kunnen worden overgenomen, 1.000 niet." in wizard.ui.summary.text()


def test_escape_waits_for_rows_that_are_being_taken(
    open_wizard: Open, go_on: Callable[[ImportWizard], int], team_list: Path, desk: Desk
) -> None:
    wizard = open_wizard(team_list)
    go_on(wizard)
    go_on(wizard)
    wizard.ui.next.click()
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.isVisible()
    desk.tasks.drain()
    assert wizard.step() == DONE
    wizard.ui.next.click()
    assert not wizard.isVisible()


def test_the_wizard_goes_by_keyboard_alone(
    open_wizard: Open, team_list: Path, desk: Desk, qtbot: QtBot, rows: Read
) -> None:
    wizard = open_wizard(team_list)
    qtbot.waitUntil(wizard.isActiveWindow)
    for step in (VALUES, PREVIEW, DONE):
        focused = wizard.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Return)
        desk.tasks.drain()
        assert wizard.step() == step
    assert len(rows()) == 7


def test_every_control_has_a_name(
    open_wizard: Open, team_list: Path, assert_accessible: Callable[[QWidget], None]
) -> None:
    assert_accessible(open_wizard(team_list))


def test_cases_come_in_from_the_case_list(
    desk: Desk, qtbot: QtBot, write_list: WriteList, go_on: Callable[[ImportWizard], int]
) -> None:
    cases = CaseList(desk)
    qtbot.addWidget(cases)
    menu = cases.ui.exchange.menu()
    assert isinstance(menu, ExchangeMenu)
    menu.actions()[0].trigger()
    wizard = next(iter(cases.findChildren(ImportWizard)))
    assert wizard.ui.cases.isChecked()
    wizard.take_file(write_list([("Casusnummer", "Voornaam", "Hulpvraag"), ("C1", "Noor", "Wie denkt mee?")]))
    desk.tasks.drain()
    assert [go_on(wizard) for _ in range(2)] == [PREVIEW, DONE]
    wizard.ui.next.click()
    assert desk.workspace.cases.count(desk.workspace.actor, CaseFilter()) == 9
    assert cases.ui.count.text() == "9 casussen"


@pytest.mark.parametrize(("kind", "lines"), [(Kind.EXPERT, 6), (Kind.CASE, 9)])
def test_an_export_writes_a_file_and_warns(
    kind: Kind, lines: int, desk: Desk, qtbot: QtBot, tmp_path: Path, messages: Said
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    path = tmp_path / "lijst.csv"
    ExchangeMenu(desk, kind, parent).export(path)
    desk.tasks.drain()
    assert len(path.read_text("utf-8-sig").splitlines()) == lines
    assert messages.informed_with[-1].startswith(f"{lines - 1} regels geschreven. Het bestand is niet versleuteld")


def test_cases_to_share_are_only_those_that_may_be_shared_for_it(
    desk: Desk, qtbot: QtBot, tmp_path: Path, messages: Said
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    workspace, actor = desk.workspace, desk.workspace.actor
    grown_up = workspace.cases.record(actor, Case(geboortedatum=date(2006, 1, 1))).entity
    given = Consent(doelen=("TD-D",), gevers=("TG-JEUGD",), gegeven_op=workspace.context.today(), vorm="TV-SCHR")
    workspace.consents.add(actor, grown_up, given)
    ExchangeMenu(desk, Kind.CASE, parent).share("TD-D", tmp_path / "lijst.csv")
    desk.tasks.drain()
    assert len((tmp_path / "lijst.csv").read_text("utf-8-sig").splitlines()) == 2
    assert messages.informed_with[-1].startswith("1 casussen geschreven; 8 bleven eruit")


def test_a_member_cannot_bring_lists_in(member_desk: Desk, desk: Desk, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert [action.text() for action in ExchangeMenu(member_desk, Kind.EXPERT, parent).actions()] == [
        "Exporteren naar een bestand…"
    ]
    assert ExchangeMenu(member_desk, Kind.CASE, parent).actions() == []
    assert len(ExchangeMenu(desk, Kind.CASE, parent).actions()) == 4
