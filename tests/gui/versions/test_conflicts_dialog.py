"""The conflict screen, by keyboard: choose, combine, take the proposal, and be second to a colleague."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.cases import Case, HistoryRow
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.conflicts import ConflictsDialog
from bren_desktop.gui.models.paged import PagedModel
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.pages.pool import PoolPage
from bren_desktop.gui.pages.worklist import WorklistPage
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.services.work_items import WorkReason
from bren_desktop.storage.ids import id_bytes
from tests.screenshots.colleague import Colleague

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
BASE = "Noor slaapt slecht. Zij gaat niet naar school."
OURS = "Noor slaapt beter. Zij gaat niet naar school."
THEIRS = "Noor slaapt slecht. Zij gaat soms naar school."
BOTH = "Noor slaapt beter. Zij gaat soms naar school."
Show = Callable[..., ConflictsDialog]


@pytest.fixture
def colleague(desk: Desk) -> Colleague:
    return Colleague(desk.workspace.context)


@pytest.fixture
def torn(desk: Desk, colleague: Colleague) -> str:
    """A case of which two people changed the hulpvraag and the urgentie."""
    workspace, actor = desk.workspace, desk.workspace.actor
    entity = workspace.cases.record(actor, Case(roepnaam="Noor", hulpvraag=BASE, urgentie="UR-REG")).entity
    workspace.cases.set_field(actor, entity, "hulpvraag", OURS)
    workspace.cases.set_field(actor, entity, "urgentie", "UR-SPOED")
    colleague.change(Kind.CASE, entity, "hulpvraag", THEIRS)
    colleague.change(Kind.CASE, entity, "urgentie", "UR-CRISIS")
    return entity


@pytest.fixture
def show(desk: Desk, qtbot: QtBot) -> Iterator[Show]:
    """Opens the screen on a record, at a field."""
    shown: list[tuple[QWidget, ConflictsDialog]] = []

    def begin(entity: str, field: str = "", kind: Kind = Kind.CASE) -> ConflictsDialog:
        window = QWidget()
        window.resize(1366, 768)
        qtbot.addWidget(window)
        dialog = ConflictsDialog(desk, kind, entity, window, field)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        shown.append((window, dialog))
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        desk.tasks.drain()
        return dialog

    yield begin
    for _, dialog in shown:
        dialog.reject()
    desk.tasks.drain()


def case(desk: Desk, entity: str) -> Case:
    return desk.workspace.cases.open(desk.workspace.actor, entity).case


def text(dialog: ConflictsDialog) -> QPlainTextEdit:
    assert dialog.pane.field is not None
    editor = dialog.pane.field.editor
    assert isinstance(editor, QPlainTextEdit)
    return editor


def test_every_control_has_a_name(show: Show, torn: str, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(show(torn, "hulpvraag"))


def test_versions_stand_with_who_when_and_what_they_replaced(show: Show, torn: str) -> None:
    dialog = show(torn, "hulpvraag")
    assert dialog.ui.base.text() == BASE
    assert [card.ui.text.toPlainText().count("soms") for card in dialog.pane.cards] == [1, 0]
    assert dialog.pane.cards[0].ui.who.text().startswith("Ali Bedacht · ")
    assert dialog.pane.cards[1].ui.who.text().startswith("Vera Voorzitter · ")
    assert dialog.pane.cards[0].ui.take.hasFocus(), "the keyboard begins at the first choice"


def test_differences_are_marked_by_lines_and_told_in_words(show: Show, torn: str) -> None:
    dialog = show(torn, "hulpvraag")
    assert "Versie 1 zet erbij: «soms»." in dialog.ui.changes.text()
    assert "Versie 2 haalt weg: «slecht»." in dialog.ui.changes.text()
    cursor = dialog.ui.proposal.textCursor()
    cursor.setPosition(dialog.ui.proposal.toPlainText().index("slecht") + 1)
    assert cursor.charFormat().fontStrikeOut()
    cursor.setPosition(dialog.ui.proposal.toPlainText().index("soms") + 1)
    assert cursor.charFormat().fontUnderline()
    assert not cursor.charFormat().fontStrikeOut()


def test_a_version_is_taken_by_keyboard_and_the_next_field_follows(show: Show, torn: str, desk: Desk) -> None:
    dialog = show(torn, "hulpvraag")
    QTest.keyClick(dialog, Qt.Key.Key_2, ALT)
    assert dialog.ui.result_words.text() == "U kiest versie 2, zoals die is."
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert case(desk, torn).hulpvraag == OURS
    assert [place.label for place in dialog.places] == ["Urgentie"]
    QTest.keyClick(dialog, Qt.Key.Key_1, ALT)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert case(desk, torn).urgentie == "UR-CRISIS"
    assert not dialog.isVisible(), "nothing left to choose"


def test_nothing_is_settled_before_somebody_chose(show: Show, torn: str, desk: Desk) -> None:
    dialog = show(torn, "hulpvraag")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert dialog.ui.hint.text().startswith("Kies eerst")
    assert len(desk.workspace.conflicts.of(desk.workspace.actor, Kind.CASE, torn)) == 2


def test_the_proposal_can_be_edited_and_then_settled(show: Show, torn: str, desk: Desk) -> None:
    dialog = show(torn, "hulpvraag")
    QTest.keyClick(dialog.ui.use_proposal, Qt.Key.Key_Space)
    assert text(dialog).toPlainText() == BOTH
    text(dialog).moveCursor(text(dialog).textCursor().MoveOperation.End)
    QTest.keyClicks(text(dialog), " Samen gezien.")
    QTest.keyClick(text(dialog), Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert case(desk, torn).hulpvraag == f"{BOTH} Samen gezien."


def test_settling_can_be_taken_back(show: Show, torn: str, desk: Desk) -> None:
    dialog = show(torn, "hulpvraag")
    dialog.pane.take(2)
    dialog.settle()
    desk.tasks.drain()
    undo = getattr(desk.messages, "undo", None)
    assert undo is not None
    undo()
    desk.tasks.drain()
    assert case(desk, torn).hulpvraag == THEIRS, "what was on top stands again"


def test_settled_elsewhere_it_goes_with_a_sentence(show: Show, torn: str, desk: Desk) -> None:
    dialog = show(torn, "hulpvraag")
    changes = desk.workspace.conflicts.settle(desk.workspace.actor, torn, "hulpvraag", take=1)
    desk.navigator.records_changed.emit(changes.touched)
    desk.tasks.drain()
    assert [place.label for place in dialog.places] == ["Urgentie"]
    assert dialog.ui.news.isVisible()
    assert "collega" in dialog.ui.news_text.text()


def test_what_was_typed_stays_where_a_colleague_was_first(show: Show, torn: str, desk: Desk) -> None:
    dialog = show(torn, "hulpvraag")
    dialog.pane.take(1)
    QTest.keyClicks(text(dialog), "Mijn eigen zin. ")
    changes = desk.workspace.conflicts.settle(desk.workspace.actor, torn, "hulpvraag", take=2)
    desk.navigator.records_changed.emit(changes.touched)
    desk.tasks.drain()
    [place] = [place for place in dialog.places if place.prepared is None]
    dialog.ui.places.setCurrentRow(dialog.places.index(place))
    assert text(dialog).toPlainText() == f"Mijn eigen zin. {THEIRS}"
    assert text(dialog).isReadOnly()
    assert not dialog.ui.settle.isEnabled()
    dialog.reject()
    desk.tasks.drain()
    again = show(torn)
    assert any(place.raw == f"Mijn eigen zin. {THEIRS}" for place in again.places), "kept as a draft"
    again.ui.places.setCurrentRow(len(again.places) - 1)
    QTest.keyClick(again.ui.drop, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert [place.label for place in again.places] == ["Urgentie"]


def test_an_erased_record_goes_from_the_screen(show: Show, torn: str, desk: Desk) -> None:
    dialog = show(torn, "hulpvraag")
    dialog.pane.take(1)
    QTest.keyClicks(text(dialog), "Mijn eigen zin. ")
    with cast(SyncStore, desk.workspace.context.store).sync() as rows:
        rows.erase(id_bytes(torn))
    desk.navigator.records_changed.emit(frozenset({("casus", torn)}))
    desk.tasks.drain()
    assert not dialog.isVisible()
    assert dialog.ui.places.count() == 0
    assert desk.workspace.drafts.get(desk.workspace.actor, f"versies:casus:{torn}") is None


def test_a_version_that_came_in_while_choosing_is_shown_first(
    show: Show, torn: str, desk: Desk, colleague: Colleague
) -> None:
    dialog = show(torn, "hulpvraag")
    colleague.change(Kind.CASE, torn, "hulpvraag", "Een derde versie.")
    dialog.pane.take(2)
    dialog.settle()
    desk.tasks.drain()
    assert len(dialog.pane.cards) == 3
    assert "bij gekomen" in dialog.ui.news_text.text()
    assert len(desk.workspace.conflicts.of(desk.workspace.actor, Kind.CASE, torn)) == 2


def test_a_code_is_chosen_from_its_list(show: Show, torn: str, desk: Desk) -> None:
    dialog = show(torn, "urgentie")
    assert dialog.pane.cards[0].ui.text.toPlainText().endswith("crisis")
    assert not dialog.ui.proposal_card.isVisible()
    dialog.pane.take(1)
    dialog.settle()
    desk.tasks.drain()
    assert case(desk, torn).urgentie == "UR-CRISIS"


def test_a_row_takes_the_parts_that_each_side_changed(show: Show, desk: Desk, colleague: Colleague) -> None:
    workspace, actor = desk.workspace, desk.workspace.actor
    opened = workspace.cases.record(actor, Case(geschiedenis=(HistoryRow(van="2019", tot="2020"),)))
    row = opened.case.geschiedenis[0]
    after = opened.case.model_copy(update={"geschiedenis": (row.model_copy(update={"aanbieder": "Bedacht"}),)})
    workspace.cases.amend(actor, opened.entity, after, ("geschiedenis",))
    colleague.change(Kind.CASE, opened.entity, "geschiedenis", {"van": "2019", "tot": "2021", "n": 0}, row.id)
    dialog = show(opened.entity)
    dialog.ui.use_proposal.click()
    dialog.settle()
    desk.tasks.drain()
    [row] = case(desk, opened.entity).geschiedenis
    assert (row.van, row.tot, row.aanbieder) == ("2019", "2021", "Bedacht")


def test_hostile_text_is_never_markup(show: Show, desk: Desk, colleague: Colleague) -> None:
    workspace, actor = desk.workspace, desk.workspace.actor
    hostile = '<img src="file://host/share/x"><b>vet</b>'
    entity = workspace.cases.record(actor, Case(hulpvraag="Een.")).entity
    workspace.cases.set_field(actor, entity, "hulpvraag", "Twee.")
    colleague.change(Kind.CASE, entity, "hulpvraag", hostile)
    dialog = show(entity)
    assert hostile in dialog.pane.cards[0].ui.text.toPlainText()
    dialog.pane.take(1)
    dialog.settle()
    desk.tasks.drain()
    assert case(desk, entity).hulpvraag == hostile


def test_the_page_of_a_case_leads_there(desk: Desk, torn: str, qtbot: QtBot) -> None:
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.open_entity(torn, "aanmelding")
    desk.tasks.drain()
    assert not page.case.ui.versions_bar.isHidden()
    assert page.case.ui.versions_text.text() == "Collega's wijzigden hier tegelijk 2 velden."
    assert page.case.binding.fields["hulpvraag"].badge() == "2 versies"
    with qtbot.waitSignal(desk.navigator.conflicts_wanted) as asked:
        page.case.ui.show_versions.click()
    assert asked.args == [Kind.CASE, torn, ""]
    with qtbot.waitSignal(desk.navigator.conflicts_wanted) as asked:
        page.case.binding.fields["hulpvraag"].versions_wanted.emit()
    assert asked.args == [Kind.CASE, torn, "hulpvraag"]


def test_the_lists_wear_a_badge(desk: Desk, torn: str, colleague: Colleague, qtbot: QtBot) -> None:
    workspace, actor = desk.workspace, desk.workspace.actor
    expert = workspace.pool.record(actor, Expert(naam="A. Aardbei", functie="Arts"))
    changed = expert.expert.model_copy(update={"functie": "Kinderarts"})
    workspace.pool.amend(actor, expert.entity, changed, ("functie",))
    colleague.change(Kind.EXPERT, expert.entity, "functie", "Psychiater")
    cases, pool = CasesPage(desk), PoolPage(desk)
    for page in (cases, pool):
        qtbot.addWidget(page)
    desk.tasks.drain()
    desk.tasks.drain()
    assert _words(cases.list.model, "conflicts") == ["2 velden"]
    assert _words(pool.list.model, "conflicts") == ["2 versies"]
    pool.open_entity(expert.entity, "")
    desk.tasks.drain()
    assert not pool.expert.ui.versions_bar.isHidden()
    assert pool.expert.binding.fields["functie"].badge() == "2 versies"


def test_the_column_of_versions_is_there_while_a_case_has_them(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    workspace, actor = desk.workspace, desk.workspace.actor
    entity = workspace.cases.record(actor, Case(roepnaam="Noor", urgentie="UR-REG")).entity
    workspace.cases.set_field(actor, entity, "urgentie", "UR-SPOED")
    page = CasesPage(desk)
    qtbot.addWidget(page)
    desk.tasks.drain()
    rows, number = page.list.ui.rows, _place(page.list.model, "conflicts")
    assert rows.isColumnHidden(number)
    colleague.change(Kind.CASE, entity, "urgentie", "UR-CRISIS")
    page.list.model.reload()
    desk.tasks.drain()
    assert not rows.isColumnHidden(number)
    _press_in(page.list.ui.columns.menu(), "Versies", qtbot)
    assert rows.isColumnHidden(number)
    page.list.model.reload()
    desk.tasks.drain()
    assert rows.isColumnHidden(number), "the user chose"
    _press_in(page.list.ui.columns.menu(), "Versies", qtbot)
    workspace.cases.set_field(actor, entity, "urgentie", "UR-REG")
    page.list.model.reload()
    desk.tasks.drain()
    assert not rows.isColumnHidden(number), "and chose otherwise"


def test_no_column_is_remembered_as_hidden_for_having_been_empty(
    desk: Desk, colleague: Colleague, qtbot: QtBot
) -> None:
    page = CasesPage(desk)
    qtbot.addWidget(page)
    desk.tasks.drain()
    _press_in(page.list.ui.columns.menu(), "Regio", qtbot)
    workspace, actor = desk.workspace, desk.workspace.actor
    entity = workspace.cases.record(actor, Case(roepnaam="Noor", urgentie="UR-REG")).entity
    workspace.cases.set_field(actor, entity, "urgentie", "UR-SPOED")
    colleague.change(Kind.CASE, entity, "urgentie", "UR-CRISIS")
    again = CasesPage(desk)
    qtbot.addWidget(again)
    desk.tasks.drain()
    hidden = {key: again.list.ui.rows.isColumnHidden(_place(again.list.model, key)) for key in ("regio", "conflicts")}
    assert hidden == {"regio": True, "conflicts": False}


def _press_in(menu: QMenu, title: str, qtbot: QtBot) -> None:
    """Tick or untick a line of a menu, by the keyboard."""
    menu.popup(QPoint())
    qtbot.waitUntil(menu.isVisible)
    action = next(action for action in menu.actions() if action.text() == title)
    while menu.activeAction() is not action:
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def _place(model: PagedModel[Any], key: str) -> int:
    return next(number for number, column in enumerate(model.columns) if column.key == key)


def _words(model: PagedModel[Any], key: str) -> list[str]:
    column = _place(model, key)
    found = [model.index(row, column).data() for row in range(model.rowCount())]
    return [word for word in found if word]


def test_the_werkvoorraad_names_it_and_leads_there(desk: Desk, torn: str, qtbot: QtBot) -> None:
    page = WorklistPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.entered()
    desk.tasks.drain()
    page.chips[WorkReason.VERSIONS.value].click()
    assert "Collega's wijzigden tegelijk 2 velden" in page.model.index(1).data()
    with qtbot.waitSignal(desk.navigator.conflicts_wanted) as asked:
        QTest.keyClick(page.ui.entries, Qt.Key.Key_Return)
    assert asked.args == [Kind.CASE, torn, ""]


def test_what_comes_in_while_typing_is_told_and_kept_beside(
    desk: Desk, torn: str, colleague: Colleague, qtbot: QtBot
) -> None:
    workspace, actor = desk.workspace, desk.workspace.actor
    entity = workspace.cases.record(actor, Case(roepnaam="Bo", wensen="Thuis.")).entity
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.open_entity(entity, "analyse")
    desk.tasks.drain()
    page.case.binding.lay_over({"wensen": "Thuis wonen."})
    colleague.change(Kind.CASE, entity, "wensen", "Bij oma wonen.")
    page.changed_behind(frozenset({("casus", entity)}))
    desk.tasks.drain()
    assert not page.case.ui.news_bar.isHidden()
    assert page.case.binding.touched() == {"wensen": "Thuis wonen."}
    page.case.save()
    desk.tasks.drain()
    [conflict] = workspace.conflicts.of(actor, Kind.CASE, entity)
    assert {version.value for version in conflict.versions} == {"Thuis wonen.", "Bij oma wonen."}
    assert page.case.binding.fields["wensen"].badge() == "2 versies"


def test_an_erased_case_goes_from_the_screen(desk: Desk, torn: str, qtbot: QtBot) -> None:
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.open_entity(torn, "analyse")
    desk.tasks.drain()
    page.case.binding.lay_over({"krachten": "Getypt."})
    with cast(SyncStore, desk.workspace.context.store).sync() as rows:
        rows.erase(id_bytes(torn))
    page.changed_behind(frozenset())
    desk.tasks.drain()
    assert page.stack.currentWidget() is page.list
    assert page.case.binding.touched() == {}
    assert all(row is None or row.entity != torn for row in map(page.list.model.row, range(page.list.model.total())))


def test_what_comes_in_while_nobody_types_is_shown(desk: Desk, torn: str, colleague: Colleague, qtbot: QtBot) -> None:
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.open_entity(torn, "analyse")
    desk.tasks.drain()
    colleague.change(Kind.CASE, torn, "krachten", "Zingt graag.")
    page.changed_behind(frozenset({("casus", torn)}))
    desk.tasks.drain()
    editor = page.case.binding.fields["krachten"].editor
    assert editor is not None
    assert editor.raw() == "Zingt graag."
