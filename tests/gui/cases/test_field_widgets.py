"""What fields are typed in: choices, tags, long text, rows."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.values import LONGEST_TEXT
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.rows_plans import rows_plans
from bren_desktop.gui.widgets.choice import ROOM_FOR_ARROW, ChoiceEdit
from bren_desktop.gui.widgets.gap_editor import GapEditor
from bren_desktop.gui.widgets.options import Option, Options, of_list, of_words, yes_no
from bren_desktop.gui.widgets.rows_editor import CellPlan, RowsEditor
from bren_desktop.gui.widgets.tags import Chip, TagPicker
from bren_desktop.gui.widgets.texts import DayEdit, LineEdit, LongText

TODAY = date(2026, 11, 22)
W = TypeVar("W", bound=QWidget)


def _shown(qtbot: QtBot, widget: W) -> W:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    widget.setFocus()
    return widget


def _keys(text: str) -> None:
    for letter in text:
        QTest.keyClicks(_target(), letter)


def _press(key: Qt.Key) -> None:
    QTest.keyClick(_target(), key)


def _target() -> QWidget:
    target: QWidget | None = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None
    return target


def test_a_choice_is_taken_by_a_few_letters_and_tab(qtbot: QtBot) -> None:
    choice = _shown(qtbot, ChoiceEdit(of_list("urgentie", TODAY)))
    _keys("sp")
    assert choice.is_offering()
    _press(Qt.Key.Key_Tab)
    assert not choice.is_offering()
    assert choice.raw() == "UR-SPOED"
    assert choice.text() == "spoed"


def test_a_choice_by_alias_or_code_without_the_list(qtbot: QtBot) -> None:
    choice = _shown(qtbot, ChoiceEdit(of_list("geslacht", TODAY)))
    _keys("vrouw")
    _press(Qt.Key.Key_Escape)
    assert choice.raw() == "GE-V"


def test_what_no_list_knows_is_kept_as_it_was_typed(qtbot: QtBot) -> None:
    choice = _shown(qtbot, ChoiceEdit(of_list("urgentie", TODAY)))
    _keys("xyz")
    assert not choice.is_offering()
    assert choice.raw() == "xyz"


def test_arrow_down_shows_every_choice_and_escape_closes_it(qtbot: QtBot) -> None:
    choice = _shown(qtbot, ChoiceEdit(yes_no()))
    _press(Qt.Key.Key_Down)
    assert choice.is_offering()
    _press(Qt.Key.Key_Escape)
    assert not choice.is_offering()
    assert choice.raw() == ""


def test_a_free_choice_suggests_and_takes_anything(qtbot: QtBot) -> None:
    choice = _shown(qtbot, ChoiceEdit(of_words(["Zoetermeer", "Den Haag"]), free=True))
    _keys("Zoetermond")
    assert choice.raw() == "Zoetermond"


def test_the_label_wins_over_the_middle_of_another(qtbot: QtBot) -> None:
    options = of_list("knelpunten", TODAY)
    assert options.matching("wmo")[0].code == "KP-WMO"
    assert options.matching("ass")[0].code == "KP-ASS"
    assert options.matching("", without=["KP-SAM"])[0].code == "KP-WLZ"


def test_a_finer_term_names_its_parent(qtbot: QtBot) -> None:
    label = of_list("ontbrekend_aanbod", TODAY).label("OA-01b")
    assert label == f"{vocabulary('ontbrekend_aanbod').label('OA-01')} › praktische hulp"


def test_tags_are_added_by_enter_and_taken_away_by_backspace(qtbot: QtBot) -> None:
    tags = _shown(qtbot, TagPicker(of_list("knelpunten", TODAY)))
    said: list[list[str]] = []
    tags.edited.connect(lambda: said.append(tags.raw()))
    _keys("ass")
    _press(Qt.Key.Key_Return)
    _keys("wmo")
    _press(Qt.Key.Key_Return)
    assert tags.raw() == ["KP-ASS", "KP-WMO"]
    _press(Qt.Key.Key_Backspace)
    assert tags.raw() == ["KP-ASS"]
    tags.findChildren(Chip)[0].click()
    assert said == [["KP-ASS"], ["KP-ASS", "KP-WMO"], ["KP-ASS"], []]


def test_a_tag_that_no_list_knows_is_kept_as_it_was_typed(qtbot: QtBot) -> None:
    tags = _shown(qtbot, TagPicker(of_list("knelpunten", TODAY)))
    _keys("iets heel anders")
    _press(Qt.Key.Key_Return)
    assert tags.raw() == ["iets heel anders"]
    assert tags.findChildren(Chip)[0].text() == "iets heel anders (niet in de lijst)  ✕"


def test_a_tag_is_not_taken_twice(qtbot: QtBot) -> None:
    tags = _shown(qtbot, TagPicker(of_list("domeinen", TODAY)))
    tags.set_raw(["DM-OND"])
    _keys("DM-OND")
    _press(Qt.Key.Key_Return)
    assert tags.raw() == ["DM-OND"]


def test_a_date_is_shown_in_full_when_the_field_is_left(qtbot: QtBot) -> None:
    parent = QWidget()
    day, other = DayEdit(lambda: TODAY, parent), LineEdit(parent)
    _shown(qtbot, parent)
    day.setFocus()
    _keys("+14d")
    assert day.raw() == "2026-12-06"
    other.setFocus()
    assert day.text() == "06-12-2026"


def test_a_paste_that_is_too_long_is_refused_in_a_sentence_and_nothing_is_cut(qtbot: QtBot) -> None:
    text = _shown(qtbot, LongText())
    refused: list[str] = []
    text.refused.connect(refused.append)
    text.setPlainText("voor")
    paste = QMimeData()
    paste.setText("x" * LONGEST_TEXT)
    text.insertFromMimeData(paste)
    assert text.raw() == "voor"
    assert "200.000 tekens" in refused[0]
    paste.setText(" na")
    text.moveCursor(text.textCursor().MoveOperation.End)
    text.insertFromMimeData(paste)
    assert text.raw() == "voor na"


def test_markup_stays_text(qtbot: QtBot) -> None:
    text = _shown(qtbot, LongText())
    paste = QMimeData()
    paste.setHtml("<b>vet</b>")
    paste.setText("<b>vet</b>")
    text.insertFromMimeData(paste)
    assert text.raw() == "<b>vet</b>"


@pytest.fixture
def rows(qtbot: QtBot) -> RowsEditor:
    plans = (
        CellPlan("van", "Van"),
        CellPlan("ervaring", "Ervaring", kind="text"),
        CellPlan("gezag", "Gezag", options=yes_no()),
    )
    return _shown(qtbot, RowsEditor(plans, "Toevoegen"))


def _trash(rows: RowsEditor) -> QToolButton:
    """What takes the first row away."""
    remove = rows._lines[0].remove
    assert remove is not None
    return remove


def test_rows_keep_what_has_no_column(rows: RowsEditor) -> None:
    rows.set_raw([{"id": "r1", "van": "2019", "ervaring": "goed", "gezag": True, "persoon": "p1"}])
    assert rows.raw() == [{"id": "r1", "van": "2019", "ervaring": "goed", "gezag": "ja", "persoon": "p1"}]


def test_a_row_is_added_typed_in_and_taken_away(rows: RowsEditor) -> None:
    rows._add.click()
    assert rows.raw() == []
    _keys("2021")
    _press(Qt.Key.Key_Tab)
    _keys("fijn")
    assert rows.raw() == [{"van": "2021", "ervaring": "fijn", "gezag": ""}]
    _trash(rows).click()
    assert rows.raw() == []


def test_enter_goes_on_to_the_next_row_and_makes_one_after_the_last(rows: RowsEditor) -> None:
    rows._add.click()
    _keys("2021")
    _press(Qt.Key.Key_Return)
    _keys("2022")
    _press(Qt.Key.Key_Backtab)
    assert [row["van"] for row in rows.raw()] == ["2021", "2022"]


def test_tab_comes_from_the_field_before_through_the_rows_to_the_field_behind(qtbot: QtBot) -> None:
    form = QWidget()
    column = QVBoxLayout(form)
    before, rows, behind = LineEdit(form), RowsEditor((CellPlan("naam", "Naam"),), "Toevoegen", form), LineEdit(form)
    for widget in (before, rows, behind):
        column.addWidget(widget)
    _shown(qtbot, form)
    rows.set_raw([{"naam": "Eén"}, {"naam": "Twee"}])
    before.setFocus()
    passed: list[QWidget | None] = [QApplication.focusWidget()]
    while not behind.hasFocus() and len(passed) < 10:
        _press(Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    cells, buttons = rows.findChildren(LineEdit), rows.findChildren(QToolButton)
    add = rows.findChild(QPushButton)
    assert passed == [before, cells[0], buttons[0], cells[1], buttons[1], add, behind]


def test_a_row_that_is_only_read_can_be_copied_and_not_changed(rows: RowsEditor) -> None:
    rows.set_raw([{"id": "r1", "van": "2019", "ervaring": "goed", "gezag": True}])
    rows.setReadOnly(True)
    rows.setFocus()
    _keys("x")
    _press(Qt.Key.Key_Return)
    assert [row["van"] for row in rows.raw()] == ["2019"]
    assert not rows._add.isVisible()
    assert not _trash(rows).isVisible()
    rows.setReadOnly(False)
    assert _trash(rows).isVisible()


def test_a_name_brings_what_goes_beside_it_and_overwrites_nothing(qtbot: QtBot) -> None:
    plans = (
        CellPlan("naam", "Naam", kind="names", options=of_words(())),
        CellPlan("rol", "Rol"),
        CellPlan("plaats", "Plaats"),
    )
    rows = _shown(qtbot, RowsEditor(plans, "Toevoegen"))
    rows.set_raw([{"id": "r1", "plaats": "Delft"}])
    rows.suggest("naam", {"Joke": {"rol": "moeder", "plaats": "Leiden"}})
    rows.setFocus()
    _keys("jo")
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_Return)
    assert rows.raw() == [{"id": "r1", "naam": "Joke", "rol": "moeder", "plaats": "Delft"}]


@pytest.fixture
def checklist(qtbot: QtBot) -> RowsEditor:
    """Two rows that are always there, answered with one key each; a no is explained."""
    answers = Options((Option("JA", "ja", ("j",)), Option("NEE", "nee", ("n",)), Option("NVT", "niet", ("-",))))
    plans = (
        CellPlan("oordeel", "Oordeel", kind="answer", options=answers, explained=frozenset({"NEE"})),
        CellPlan("toelichting", "Toelichting", kind="text"),
    )
    return _shown(qtbot, RowsEditor(plans, "", fixed={"a": "Eerst", "b": "Dan"}))


def test_rows_that_are_known_beforehand_are_there_and_named(checklist: RowsEditor) -> None:
    assert checklist.raw() == []
    names = [cell.accessibleName() for line in checklist._lines for cell in line.cells.values()]
    assert names == ["Oordeel: Eerst", "Toelichting: Eerst", "Oordeel: Dan", "Toelichting: Dan"]
    assert not checklist._add.isVisible()


def test_one_key_answers_and_goes_on(checklist: RowsEditor) -> None:
    _keys("jn")
    _keys("omdat")
    assert checklist.raw() == [
        {"id": "a", "oordeel": "JA", "toelichting": ""},
        {"id": "b", "oordeel": "NEE", "toelichting": "omdat"},
    ]


def test_an_answer_is_taken_back_with_one_key(checklist: RowsEditor) -> None:
    _keys("-")
    checklist.setFocus()
    _press(Qt.Key.Key_Backspace)
    assert checklist.raw() == []


def test_a_choice_says_its_short_name_where_the_whole_one_does_not_fit(qtbot: QtBot) -> None:
    choice = _shown(qtbot, ChoiceEdit(of_list("vastloopredenen", TODAY)))
    label = vocabulary("vastloopredenen").label("VR-3")
    choice.resize(400, 30)
    _keys("wachtlijst")
    _press(Qt.Key.Key_Tab)
    assert (choice.raw(), choice.text()) == ("VR-3", "Wachtlijst: overbrugging nodig")
    assert label in choice.toolTip()
    choice.resize(1600, 30)
    assert (choice.raw(), choice.text(), choice.toolTip()) == ("VR-3", label, "")
    choice.selectAll()
    _keys("onb")
    choice.resize(400, 30)
    _keys("ekend")
    assert choice.text() == "onbekend", "nobody is interrupted"


def test_a_form_of_help_fits_its_cell_and_is_found_by_its_whole_name(qtbot: QtBot) -> None:
    plan = rows_plans(lambda: TODAY)["geschiedenis"]
    rows = RowsEditor(plan.cells, plan.add)
    rows.resize(1126, 300)
    _shown(qtbot, rows)
    QTest.keyClick(_target(), Qt.Key.Key_Space)
    form = next(each for each in rows.findChildren(ChoiceEdit) if each.accessibleName() == "Vorm van hulp")
    form.setFocus()
    _press(Qt.Key.Key_Down)
    offers = QApplication.activePopupWidget()
    assert isinstance(offers, QListView)
    assert offers.width() >= min(offers.sizeHintForColumn(0), rows.width() - form.x()) > form.width()
    _press(Qt.Key.Key_Escape)
    _keys("zonder verblijf: uitg")
    _press(Qt.Key.Key_Tab)
    assert (form.raw(), form.text()) == ("HV-Z1", "wijk- of buurtteam")
    assert "jeugdhulp zonder verblijf: uitgevoerd door het wijk- of buurtteam" in form.toolTip()
    for term in vocabulary("hulpvormen"):
        form.set_raw(term.code)
        assert form.fontMetrics().horizontalAdvance(f"{form.text()} xx") < form.width() - ROOM_FOR_ARROW, term.code
    day = rows.findChildren(LineEdit)[0]
    assert day.fontMetrics().horizontalAdvance("september 2026 xx") < day.width()


def test_a_row_that_no_name_is_known_of_stays(checklist: RowsEditor) -> None:
    given = [{"id": "z", "oordeel": "JA", "toelichting": "nieuw"}, {"id": "b", "oordeel": "NEE", "toelichting": ""}]
    checklist.set_raw(given)
    assert checklist.raw() == [given[1], given[0]]


def test_the_nature_of_a_gap_follows_the_tags(qtbot: QtBot) -> None:
    gaps = GapEditor(of_list("aard_ontbrekend_aanbod", TODAY), of_list("soort_hiaat", TODAY))
    _shown(qtbot, gaps)
    gaps.set_raw([{"id": "OA-01", "aard": "AO-CAP", "hiaat": ""}])
    assert gaps.raw() == []
    gaps.show_codes(["OA-08", "OA-01"])
    assert gaps.raw() == [{"id": "OA-01", "aard": "AO-CAP", "hiaat": ""}]
    choices = gaps.findChildren(ChoiceEdit)
    choices[1].setFocus()
    _keys("inkoop")
    _press(Qt.Key.Key_Return)
    assert {"id": "OA-08", "hiaat": "SH-INKOOP"} in gaps.raw()
