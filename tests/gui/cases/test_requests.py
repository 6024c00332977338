"""What a family asks, at the window and by keyboard: the register, decisions, and reading a file through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
import shiboken6
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.blackening import Passage
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.file_copy import FileCopy
from bren_desktop.domain.requests import Request, Sort
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.file_copy import FileCopyDialog
from bren_desktop.gui.dialogs.request import (
    AnswerDialog,
    DecisionDialog,
    ExtensionDialog,
    RequestDialog,
    StatementDialog,
)
from bren_desktop.gui.dialogs.requests import RequestsDialog
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.black_text import BlackText
from bren_desktop.services.gathering import Chapter, Entry
from bren_desktop.services.rows import CaseRow

if TYPE_CHECKING:
    from tests.gui.conftest import Find

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
D = TypeVar("D", bound=QWidget)


@pytest.fixture
def register(page: CasesPage, desk: Desk, noor: CaseRow, dialog: Find) -> Iterator[RequestsDialog]:
    """The register of Noor's case, opened from the menu Meer."""
    page.open_entity(noor.entity, "")
    desk.tasks.drain()
    page.case.requests.requests.trigger()
    found = dialog(RequestsDialog)
    yield found
    close(found)


def close(shown: QDialog) -> None:
    if shiboken6.isValid(shown):
        shown.reject()


def ask(desk: Desk, case: str, sort: Sort, **more: object) -> str:
    workspace = desk.workspace
    asked = Request(
        soort=sort, door="Moeder", identiteit="rijbewijs", ontvangen_op=workspace.context.today()
    ).model_copy(update=more)
    return workspace.requests.add(workspace.actor, case, asked)


def press(widget: QWidget) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Space)


def type_in(text: str) -> None:
    """Into what has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def standing(register: RequestsDialog) -> str:
    item = register.ui.rows.item(0, 4)
    return item.text() if item else ""


def extend(register: RequestsDialog, desk: Desk, dialog: Find) -> None:
    press(register.ui.extend)
    extension = dialog(ExtensionDialog)
    assert isinstance(extension, ExtensionDialog)
    type_in("brief")
    extension.ui.field_verlengd_reden.setFocus()
    type_in("Er is veel om na te gaan.")
    QTest.keyClick(extension, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()


def requests_of(desk: Desk, case: str) -> list[Request]:
    return [each.request for each in desk.workspace.requests.of(desk.workspace.actor, case)]


def test_a_request_is_registered_decided_and_answered(
    register: RequestsDialog, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    assert not register.ui.nobody.isHidden()
    press(register.ui.new)
    form = dialog(RequestDialog)
    assert isinstance(form, RequestDialog)
    values = {
        "soort": "rectificatie",
        "door": "Vader",
        "relatie": "ouder met gezag",
        "identiteit": "paspoort",
        "inhoud": "De datum klopt niet.",
    }
    for name, text in values.items():
        editor = form.binding.fields[name]
        editor.setFocus()
        type_in(text)
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    [asked] = requests_of(desk, noor.entity)
    assert (asked.soort, asked.door, asked.identiteit) == (Sort.CORRECT, "Vader", "paspoort")

    register.activateWindow()
    assert dialog(RequestsDialog) is register
    assert standing(register) == "nog geen besluit"
    extend(register, desk, dialog)
    [asked] = requests_of(desk, noor.entity)
    assert (asked.verlengd_vorm, asked.verlengd_op) == ("CV-BRIEF", desk.workspace.context.today())
    register.activateWindow()
    assert dialog(RequestsDialog) is register
    assert "twee maanden langer" in register.ui.state.text()
    assert register.ui.extend.isHidden()
    press(register.ui.decide)
    decision = dialog(DecisionDialog)
    assert isinstance(decision, DecisionDialog)
    assert decision.ui.field_uitzondering.isHidden()
    decision.ui.field_besluit.setFocus()
    type_in("toegewezen")
    QTest.keyClick(decision, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    register.activateWindow()
    dialog(RequestsDialog)
    desk.workspace.cases.set_field(desk.workspace.actor, noor.entity, "wensen", "Thuis wonen.")
    press(register.ui.answer)
    answer = dialog(AnswerDialog)
    assert isinstance(answer, AnswerDialog)
    assert "Wensen van jeugdige en ouders" in answer.ui.about.text()
    answer.ui.field_gewijzigd.setFocus()
    type_in("De wensen.")
    QTest.keyClick(answer, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    [done] = requests_of(desk, noor.entity)
    assert (done.gewijzigd, done.is_open) == ("De wensen.", False)
    assert "afgehandeld op" in standing(register)
    assert register.ui.answer.isHidden()


def test_a_statement_is_added_and_read_by_colleagues(
    page: CasesPage, register: RequestsDialog, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    press(register.ui.state_own)
    form = dialog(StatementDialog)
    assert isinstance(form, StatementDialog)
    for name, text in {"van": "Noor", "tekst": "Zo was het niet."}.items():
        form.binding.fields[name].setFocus()
        type_in(text)
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    [(_, statement)] = desk.workspace.requests.statements(desk.workspace.actor, noor.entity)
    assert (statement.van, statement.tekst) == ("Noor", "Zo was het niet.")
    page.case.ui.tabs.setCurrentWidget(page.case.tabs.timeline)
    desk.tasks.drain()
    shown = page.case.tabs.timeline.ui.events
    texts = [shown.item(row).text() for row in range(shown.count())]
    [told] = [text for text in texts if "verklaring" in text]
    assert told.startswith("Zo was het niet.\n")
    assert "eigen verklaring van Noor" in told


def test_what_is_offered_follows_the_request(register: RequestsDialog, desk: Desk, noor: CaseRow, dialog: Find) -> None:
    workspace = desk.workspace
    see, destroy = ask(desk, noor.entity, Sort.SEE), ask(desk, noor.entity, Sort.DESTROY)
    late = ask(desk, noor.entity, Sort.CORRECT, ontvangen_op=workspace.context.today() - timedelta(days=32))

    def offered(entity: str) -> set[str]:
        register._ask()
        desk.tasks.drain()
        place = next(at for at, each in enumerate(register._requests) if each.entity == entity)
        register.ui.rows.setCurrentCell(place, 0)
        names = ("amend", "decide", "read", "answer", "destroy")
        return {name for name in names if not getattr(register.ui, name).isHidden()}

    assert offered(see) == {"amend", "decide", "read"}
    assert register.ui.extend.text() == "Ver&lengen…"
    assert offered(late) == {"amend", "decide"}
    assert "Verlengen kan niet meer" in register.ui.state.text()
    assert register.ui.extend.text() == "Ver&lenging vastleggen…"
    assert offered(destroy) == {"amend", "decide"}
    for entity in (see, destroy):
        granted = Request(besluit="BZ-TOE", besluit_reden="Noor wil het ook.")
        workspace.requests.decide(workspace.actor, entity, granted)
    assert offered(see) == {"decide", "read", "answer"}
    press(register.ui.decide)
    withdrawing = dialog(DecisionDialog)
    assert withdrawing.ui.about.text().startswith(f"{noor.title} · Inzage of afschrift, gevraagd door Moeder.")
    QTest.keyClick(withdrawing, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert offered(see) == set()
    assert [each.besluit for each in requests_of(desk, noor.entity) if not each.is_open] == ["BZ-INTR"]
    assert offered(destroy) == {"decide", "destroy"}
    wanted: list[str] = []
    desk.navigator.erasing_wanted.connect(wanted.append)
    press(register.ui.destroy)
    assert wanted == [noor.entity]


def test_an_extension_that_was_told_in_time_is_noted_down_afterwards(
    register: RequestsDialog, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    received = desk.workspace.context.today() - timedelta(days=40)
    ask(desk, noor.entity, Sort.SEE, ontvangen_op=received)
    register._ask()
    desk.tasks.drain()
    press(register.ui.extend)
    extension = dialog(ExtensionDialog)
    assert isinstance(extension, ExtensionDialog)
    assert (extension.ui.title.text(), extension.ui.save.text()) == ("Een verlenging vastleggen", "Vastleggen")
    extension.ui.field_verlengd_op.setFocus()
    type_in((received + timedelta(days=10)).strftime("%d-%m-%Y"))
    extension.ui.field_verlengd_vorm.setFocus()
    type_in("brief")
    extension.ui.field_verlengd_reden.setFocus()
    type_in("Er is veel om na te gaan.")
    QTest.keyClick(extension, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert requests_of(desk, noor.entity)[0].verlengd_op == received + timedelta(days=10)


def test_who_may_not_read_the_log_makes_no_copy(page: CasesPage, desk: Desk, noor: CaseRow, dialog: Find) -> None:
    ask(desk, noor.entity, Sort.SEE)
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.SECRETARIS)
    shown = RequestsDialog(desk, noor.entity, "x", page)
    shown.open()
    desk.tasks.drain()
    assert shown.ui.read.isHidden()
    assert not shown.ui.decide.isHidden()
    shown.reject()


def test_the_register_of_all_opens_at_the_case_that_was_wanted(page: CasesPage, desk: Desk, noor: CaseRow) -> None:
    other = desk.workspace.cases.record(desk.workspace.actor, Case(roepnaam="Robin")).entity
    ask(desk, other, Sort.SEE)
    ask(desk, noor.entity, Sort.SEE)
    for wanted in (other, noor.entity):
        shown = RequestsDialog(desk, first=wanted, parent=page)
        shown.open()
        desk.tasks.drain()
        listed = shown._current()
        assert listed is not None
        assert listed.case == wanted
        shown.reject()


@pytest.fixture
def copy(register: RequestsDialog, desk: Desk, noor: CaseRow, dialog: Find) -> Iterator[FileCopyDialog]:
    """The window in which Noor's file is read through."""
    workspace = desk.workspace
    workspace.cases.set_field(workspace.actor, noor.entity, "hulpvraag", "Noor 😀 en oom Piet Kwik slapen slecht.")
    entity = ask(desk, noor.entity, Sort.SEE)
    granted = Request(besluit="BZ-TOE", besluit_reden="Noor vindt het goed.")
    workspace.requests.decide(workspace.actor, entity, granted)
    register._ask()
    desk.tasks.drain()
    press(register.ui.read)
    found = dialog(FileCopyDialog)
    assert isinstance(found, FileCopyDialog)
    yield found
    close(found)


def select(copy: FileCopyDialog, words: str) -> None:
    """By keyboard: to the words with the arrows, and over them with Shift."""
    text = copy.ui.text
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.Start)
    at = len(text.toPlainText().split(words)[0].encode("utf-16-le")) // 2
    cursor = text.textCursor()
    cursor.setPosition(at)
    text.setTextCursor(cursor)
    for _ in words:
        QTest.keyClick(text, Qt.Key.Key_Right, SHIFT)
    assert text.textCursor().selectedText() == words


def test_a_file_is_read_through_made_black_and_saved(
    copy: FileCopyDialog, desk: Desk, noor: CaseRow, tmp_path: Path, qtbot: QtBot
) -> None:
    before = len(copy._masks)
    assert not copy.ui.make.isEnabled()
    select(copy, "oom Piet Kwik")
    QTest.keyClick(copy, Qt.Key.Key_D, CTRL)
    assert len(copy._masks) == before + 1
    assert copy.ui.chapters.item(0).text().startswith("De casus · ")
    select(copy, "slapen")
    QTest.keyClick(copy, Qt.Key.Key_D, CTRL)
    QTest.keyClick(copy, Qt.Key.Key_H, CTRL)
    assert len(copy._masks) == before + 1
    QTest.keyClick(copy, Qt.Key.Key_PageDown, CTRL)
    assert copy.ui.chapters.currentRow() == 1
    QTest.keyClick(copy, Qt.Key.Key_PageUp, CTRL)
    press(copy.ui.sure)
    assert copy.ui.make.isEnabled()
    fathers = tmp_path / f"{noor.nummer}-INZ-{desk.workspace.context.today():%Y%m%d}.pdf"
    fathers.write_bytes(b"his")
    copy.save(tmp_path)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*INZ*-2.*"))) == 2)
    assert fathers.read_bytes() == b"his"
    desk.tasks.drain()
    [request] = requests_of(desk, noor.entity)
    assert request.doorgelezen_door == desk.workspace.actor.name
    [pdf] = tmp_path.glob("*-2.pdf")
    [written] = tmp_path.glob("*INZ*.json")
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages) + written.read_text("utf-8")
    assert "Kwik" not in text
    assert "en [zwart gemaakt] slapen slecht" in text
    assert FileCopy.model_validate_json(written.read_text("utf-8")).doorgelezen_door


def test_looking_twice_leaves_one_version_of_what_is_black(copy: FileCopyDialog, desk: Desk, noor: CaseRow) -> None:
    select(copy, "Kwik")
    QTest.keyClick(copy, Qt.Key.Key_D, CTRL)
    for _ in range(2):
        copy._make(lambda made: None, to_give=False)
        desk.tasks.drain()
        QTest.keyClick(copy, Qt.Key.Key_D, CTRL)
    with desk.workspace.context.store.read() as reader:
        assert not reader.conflicted(Kind.REQUEST)
    [request] = requests_of(desk, noor.entity)
    assert request.zwart


def test_what_was_made_black_outlives_the_window(
    copy: FileCopyDialog, register: RequestsDialog, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    select(copy, "Kwik")
    QTest.keyClick(copy, Qt.Key.Key_D, CTRL)
    count = len(copy._masks)
    copy.reject()
    desk.workspace.cases.set_field(desk.workspace.actor, noor.entity, "wensen", "Bel 06-12345678.")
    desk.tasks.drain()
    press(register.ui.read)
    again = dialog(FileCopyDialog)
    assert isinstance(again, FileCopyDialog)
    assert again is not copy
    assert len(again._masks) == count + 1, "what came since is proposed too"
    assert again.ui.about.text().endswith("Inzage of afschrift, gevraagd door Moeder")
    again.reject()


def test_the_word_at_the_cursor_is_made_black_and_the_next_place_is_found(qtbot: QtBot) -> None:
    shown = BlackText()
    qtbot.addWidget(shown)
    passages = tuple(
        Passage(f"e/{name}", name, name.title(), text) for name, text in (("a", "een 😀 twee"), ("b", "x"))
    )
    chapter = Chapter(Kind.CASE, "De casus", (Entry("", passages),))
    shown.show_chapter(chapter, [])
    cursor = shown.textCursor()
    cursor.setPosition(len("A: een ") + 3 + 1)
    shown.setTextCursor(cursor)
    [piece] = shown.pieces()
    assert passages[0].text[piece.start : piece.end] == "twee"
    shown.selectAll()
    assert [(each.start, each.end) for each in shown.pieces()] == [(0, 10), (0, 1)]
    assert not shown.go_to_next()


def test_every_control_has_a_name(
    copy: FileCopyDialog,
    register: RequestsDialog,
    desk: Desk,
    noor: CaseRow,
    assert_accessible: Callable[[QWidget], None],
) -> None:
    assert_accessible(copy)
    assert_accessible(register)
    [listed] = desk.workspace.requests.of(desk.workspace.actor, noor.entity)
    for form in (
        RequestDialog(desk, noor.entity, "x", listed, register),
        DecisionDialog(desk, listed, register),
        AnswerDialog(desk, listed, register),
        StatementDialog(desk, noor.entity, register),
    ):
        form.open()
        desk.tasks.drain()
        assert_accessible(form)
        form.reject()
