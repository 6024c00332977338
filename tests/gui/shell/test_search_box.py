"""One search box over cases, pareltjes and commands, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.advice import Discussion
from bren_desktop.domain.entities import Kind
from bren_desktop.gui.dialogs.emergency import EmergencyDialog
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.search_results import Entry, _parts, paint_marked, unmarked
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.filters import SEARCHES

HOSTILE = (
    "   ",
    "x" * 400,
    "Zij weigert te eten. " * 4000,
    "'; DROP TABLE rec; --",
    "NEAR(a b) OR *",
    "\u0301\u0308",
    "🙂",
    "не хочет",
    "99-99 bespreking",
)
CTRL = Qt.KeyboardModifier.ControlModifier


def _type(bench: Workbench, text: str) -> None:
    QTest.keyClick(bench, Qt.Key.Key_K, CTRL)
    QTest.keyClicks(bench.ui.search, text)
    bench.desk.tasks.drain()


def _entries(bench: Workbench) -> list[Entry]:
    return bench.search.model.entries


def _current(bench: Workbench) -> Entry:
    return _entries(bench)[bench.search.panel.current()]


def _focused() -> QWidget:
    place = QApplication.focusWidget()
    assert place is not None
    return place


def test_ctrl_k_brings_the_cursor_there_from_anywhere(bench: Workbench, qtbot: QtBot) -> None:
    QTest.keyClick(bench, Qt.Key.Key_K, CTRL)
    qtbot.waitUntil(bench.ui.search.hasFocus)


def test_results_come_in_groups_as_you_type(bench: Workbench) -> None:
    _type(bench, "haag")
    heads = [entry.title.partition(" · ")[0] for entry in _entries(bench) if entry.is_head]
    assert heads == ["Casussen", "Pareltjes"]
    assert bench.search.panel.isVisible()
    assert not _current(bench).is_head


def test_no_full_name_of_a_young_person_is_shown(bench: Workbench) -> None:
    _type(bench, "berkenbos")
    titles = " ".join(unmarked(entry.title) for entry in _entries(bench))
    assert "S. B." in titles
    assert "Berkenbos" not in titles


def test_arrows_step_over_heads_and_enter_opens(bench: Workbench, qtbot: QtBot) -> None:
    _type(bench, "verzonnen")
    while _current(bench).icon != "pool":
        before = bench.search.panel.current()
        QTest.keyClick(bench.ui.search, Qt.Key.Key_Down)
        assert bench.search.panel.current() > before
    with qtbot.waitSignal(bench.desk.navigator.expert_wanted):
        QTest.keyClick(bench.ui.search, Qt.Key.Key_Return)
    assert not bench.search.panel.isVisible()
    assert bench.ui.search.text() == ""


def test_a_command_is_found_by_a_part_of_its_words_and_done(bench: Workbench, qtbot: QtBot) -> None:
    _type(bench, "vergr")
    assert _current(bench).title == "Vergrendelen"
    with qtbot.waitSignal(bench.lock_wanted):
        QTest.keyClick(bench.ui.search, Qt.Key.Key_Return)


def test_enter_before_the_answer_opens_the_first_result(bench: Workbench, qtbot: QtBot) -> None:
    QTest.keyClick(bench, Qt.Key.Key_K, CTRL)
    QTest.keyClicks(bench.ui.search, "berkenbos")
    QTest.keyClick(bench.ui.search, Qt.Key.Key_Return)
    with qtbot.waitSignal(bench.desk.navigator.case_wanted):
        bench.desk.tasks.drain()


def test_nothing_found_says_what_to_try(bench: Workbench) -> None:
    _type(bench, "qqqqzzzz")
    assert "Niets gevonden" in _entries(bench)[0].title
    QTest.keyClick(bench.ui.search, Qt.Key.Key_Return)
    assert bench.search.panel.isVisible()


def test_a_number_of_a_case_that_may_be_hidden_leads_to_noodtoegang(bench: Workbench, qtbot: QtBot) -> None:
    number = "BREN-HGL-2026-AA9999"
    _type(bench, number.casefold())
    assert not any(entry.icon == "lock" for entry in _entries(bench)), "a chair sees every case"
    QTest.keyClick(bench.ui.search, Qt.Key.Key_Escape)
    bench.desk.workspace.actor = replace(bench.desk.workspace.actor, role=Role.PROCESREGISSEUR)
    _type(bench, number.casefold())
    assert (_current(bench).icon, _current(bench).detail) == ("lock", number)
    with qtbot.waitSignal(bench.desk.navigator.emergency_wanted) as asked:
        QTest.keyClick(bench.ui.search, Qt.Key.Key_Return)
    assert asked.args == [number]
    next(each for each in bench.window().findChildren(EmergencyDialog)).reject()


def test_escape_empties_and_closes(bench: Workbench) -> None:
    _type(bench, "haag")
    QTest.keyClick(bench.ui.search, Qt.Key.Key_Escape)
    assert bench.ui.search.text() == ""
    assert not bench.search.panel.isVisible()


def test_a_mended_typing_error_is_told_above_what_it_found(bench: Workbench) -> None:
    workspace = bench.desk.workspace
    workspace.understanding.catch_up(workspace.actor, 1000)
    _type(bench, "autsime")
    assert _entries(bench)[0].title == "Gezocht naar 'autisme'"
    assert not _current(bench).is_head


def test_a_command_stands_where_it_belongs_among_the_hits(bench: Workbench, qtbot: QtBot) -> None:
    _type(bench, "nieuwe casus")
    assert (_entries(bench)[0].title, _current(bench).title) == ("Opdrachten", "Nieuwe casus")
    bench.search.close()
    _type(bench, "back-up")
    assert _current(bench).title == "Reservekopie maken"
    QTest.keyClick(bench.ui.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _focused().objectName() == "back_up")


def test_facets_narrow_by_keyboard_and_their_chips_let_go(bench: Workbench, qtbot: QtBot) -> None:
    _type(bench, "ver")
    panel, everything = bench.search.panel, len(_entries(bench))
    assert panel.facets.item(1).text().startswith("Casussen (")
    assert panel.facets.count() == 3, "by kind only, while somebody types"
    qtbot.waitUntil(lambda: panel.facets.count() > 3)
    QTest.keyClick(bench.ui.search, Qt.Key.Key_Tab)
    assert panel.facets.hasFocus()
    QTest.keyClick(panel.facets, Qt.Key.Key_Down)
    QTest.keyClick(panel.facets, Qt.Key.Key_Space)
    bench.desk.tasks.drain()
    assert panel.facets.hasFocus()
    assert {entry.icon for entry in _entries(bench)} == {"", "pool"}
    QTest.keyClick(panel.facets, Qt.Key.Key_Tab)
    chip = _focused()
    assert chip.accessibleName() == "Soort: Pareltjes, weghalen"
    QTest.keyClick(chip, Qt.Key.Key_Tab)
    assert _focused() is panel.keep
    QTest.keyClick(panel.keep, Qt.Key.Key_Backtab)
    QTest.keyClick(chip, Qt.Key.Key_Space)
    bench.desk.tasks.drain()
    assert len(_entries(bench)) == everything
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
    assert bench.ui.search.hasFocus()
    QTest.keyClick(bench.ui.search, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert not bench.search.narrowed_to


def test_who_left_the_box_gets_no_answer_any_more(bench: Workbench) -> None:
    QTest.keyClick(bench, Qt.Key.Key_K, CTRL)
    QTest.keyClicks(bench.ui.search, "haag")
    bench.ui.help.setFocus()
    bench.search.close()
    bench.desk.tasks.drain()
    assert not bench.search.panel.isVisible()
    assert bench.ui.help.hasFocus()


def test_a_search_is_kept_with_what_was_chosen(bench: Workbench) -> None:
    _type(bench, "ver")
    bench.search.panel.toggled.emit("soort", Kind.EXPERT.value)
    bench.desk.tasks.drain()
    bench.search.panel.keep.click()
    bench.desk.tasks.drain()
    bench.search.focus()
    QTest.keyClick(bench.ui.search, Qt.Key.Key_Escape)
    _type(bench, "pareltjes v")
    assert (_current(bench).title, _current(bench).detail) == ("ver · Pareltjes", "Zoekvraag")
    QTest.keyClick(bench.ui.search, Qt.Key.Key_Return)
    bench.desk.tasks.drain()
    assert (bench.ui.search.text(), bench.search.narrowed_to) == ("ver", {"soort": ("pareltje",)})
    assert {entry.icon for entry in _entries(bench)} == {"", "pool"}
    assert bench.search.panel.keep.isChecked()
    bench.search.panel.keep.click()
    bench.desk.tasks.drain()
    assert not bench.desk.workspace.filters.all(bench.desk.workspace.actor, SEARCHES)


def test_a_discussion_opens_its_case_at_that_tab(bench: Workbench, qtbot: QtBot) -> None:
    workspace = bench.desk.workspace
    case = workspace.search.find(workspace.actor, "berkenbos")[0].entity
    workspace.advising.add_discussion(workspace.actor, case, Discussion(datum=date(2026, 3, 3)))
    _type(bench, "bespreking 3-3-2026")
    assert _current(bench).title.startswith("Bespreking van 3 maart 2026 · ")
    with qtbot.waitSignal(bench.desk.navigator.case_wanted) as wanted:
        QTest.keyClick(bench.ui.search, Qt.Key.Key_Return)
    assert wanted.args == [case, "advies"]


def test_whatever_is_pasted_is_answered(bench: Workbench) -> None:
    for text in HOSTILE:
        QApplication.clipboard().setText(text)
        bench.search.focus()
        bench.ui.search.paste()
        bench.desk.tasks.drain()
        assert bench.search.panel.isVisible() == bool(text.strip())


def test_a_kept_filter_is_found_by_its_name_and_narrows_its_list(bench: Workbench) -> None:
    workspace = bench.desk.workspace
    workspace.filters.keep(workspace.actor, Kind.CASE, "Mijn spoed", {"urgentie": ["UR-SPOED"]})
    _type(bench, "mijn sp")
    assert (_current(bench).title, _current(bench).detail) == ("Mijn spoed", "Casussen")
    QTest.keyClick(bench.ui.search, Qt.Key.Key_Return)
    bench.desk.tasks.drain()
    page = bench.pages[registry.CASES]
    assert isinstance(page, CasesPage)
    assert page.list.chips["urgentie"].codes() == ("UR-SPOED",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("gewoon", [("gewoon", False)]),
        ("de \x02haag\x03se", [("de ", False), ("haag", True), ("se", False)]),
        ("\x02heel\x03", [("heel", True)]),
        ("los \x03 en \x02open", [("los \x03 en ", False), ("open", True)]),
        ("", []),
    ],
)
def test_marks_become_pieces(text: str, parts: list[tuple[str, bool]]) -> None:
    assert _parts(text) == parts


def test_markup_in_a_result_is_drawn_as_it_is(qapp: object) -> None:
    picture = QImage(400, 40, QImage.Format.Format_ARGB32)
    plain = QImage(picture)
    for image, text in ((picture, "<b>x</b>"), (plain, "x")):
        image.fill(0)
        painter = QPainter(image)
        paint_marked(painter, image.rect(), text)
        painter.end()
    assert picture != plain
