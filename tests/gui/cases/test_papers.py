"""New documents from the case page by keyboard, and the ways out for a filed one."""

from __future__ import annotations

import email
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import is_zipfile

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.advice import Advice, PointRow
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.papers.kind import PaperKind
from bren_desktop.domain.papers.kinds import PAPERS, paper
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.letter import LetterDialog
from bren_desktop.gui.dialogs.team_texts import TeamTextsDialog
from bren_desktop.gui.pages.case.documents_tab import DocumentsTab
from bren_desktop.gui.widgets.texts import LongText
from bren_desktop.services import below
from bren_desktop.services.context import author
from bren_desktop.services.rows import CaseRow

FORM = paper("toestemmingsformulier")


@pytest.fixture
def opened(desk: Desk, noor: CaseRow, qtbot: QtBot) -> Callable[[PaperKind], LetterDialog]:
    def open_one(kind: PaperKind) -> LetterDialog:
        dialog = LetterDialog(desk, noor.entity, "", kind=kind)
        with qtbot.waitExposed(dialog):
            dialog.open()
        desk.tasks.drain()
        return dialog

    return open_one


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where every file is saved."""

    def choose(_parent: QWidget, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        return str(tmp_path / Path(place).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return tmp_path


def test_a_new_document_is_chosen_and_made_with_the_keyboard(
    desk: Desk, noor: CaseRow, qtbot: QtBot, opened: Callable[[PaperKind], LetterDialog]
) -> None:
    tab = DocumentsTab(desk)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_case(noor.entity, editable=True)
    tab.enter()
    desk.tasks.drain()
    assert FORM.title in [action.text() for action in tab.menu.actions()]
    wanted: list[str] = []
    tab.paper_wanted.connect(wanted.append)
    tab.menu.setActiveAction(next(action for action in tab.menu.actions() if action.text() == FORM.title))
    QTest.keyClick(tab.menu, Qt.Key.Key_Return)
    assert wanted == [FORM.key]
    dialog = opened(paper(wanted[0]))
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    ((_, document),) = desk.workspace.dossier.documents(desk.workspace.actor, noor.entity)
    assert (document.soort, document.vrijgegeven_door) == (FORM.title, desk.workspace.actor.name)
    dialog.close()


def test_who_makes_no_letters_gets_no_menu(desk: Desk, noor: CaseRow, qtbot: QtBot) -> None:
    reader = replace(desk, workspace=replace(desk.workspace, actor=replace(desk.workspace.actor, role=Role.LID)))
    tab = DocumentsTab(reader)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_case(noor.entity, editable=True)
    tab.enter()
    reader.tasks.drain()
    assert not tab.ui.new_document.isVisible()


def test_what_is_asked_follows_the_kind(opened: Callable[[PaperKind], LetterDialog]) -> None:
    dialog = opened(FORM)
    assert set(dialog.form.blocks) == set(FORM.editable)
    assert dialog.ui.title.text() == FORM.title
    assert dialog.ui.address_card.isVisible()
    assert not dialog.ui.help_card.isVisible()
    assert not dialog.ui.limits_card.isVisible()
    assert not dialog.ui.send.isVisible()
    dialog.close()


def test_what_is_hard_to_read_is_said_at_its_block(opened: Callable[[PaperKind], LetterDialog], desk: Desk) -> None:
    dialog = opened(FORM)
    editor = dialog.form.blocks["waarom"].editor
    assert isinstance(editor, LongText)
    editor.setPlainText("Wij starten EMDR.")
    dialog.refresh()
    desk.tasks.drain()
    assert "EMDR" in dialog.form.blocks["waarom"].hint()
    dialog.close()


def test_what_others_wrote_is_said_to_the_young_person_or_kept_as_it_was_read(
    opened: Callable[[PaperKind], LetterDialog], desk: Desk, noor: CaseRow
) -> None:
    workspace = desk.workspace
    day = workspace.context.today()
    points = (PointRow(wat="Noor gaat naar een gezinshuis", eigenaar="Jan Voorbeeld", uiterlijk=day),)
    advice = Advice(punten=points, procesregisseur="Petra Voorbeeld", opvolgmoment=day, vrijgegeven_op=day)
    with workspace.context.store.write(author(workspace.actor)) as writer:
        below.file_in(writer, workspace.context, Kind.ADVICE, noor.entity, advice)
    dialog = opened(paper("opvolgbrief_jeugdige"))
    assert dialog.form.unread == ("punten",)
    assert "met je en jou" in dialog.form.blocks["punten"].hint()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    assert workspace.dossier.documents(workspace.actor, noor.entity) == ()
    QTest.keyClick(dialog.ui.keep_as_is, Qt.Key.Key_Space)
    dialog.refresh()
    desk.tasks.drain()
    assert not dialog.ui.keep_as_is.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    ((_, document),) = workspace.dossier.documents(workspace.actor, noor.entity)
    assert document.vrijgegeven_door == workspace.actor.name
    dialog.close()


def test_a_filed_document_goes_out_three_ways(
    opened: Callable[[PaperKind], LetterDialog], desk: Desk, chosen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QInputDialog, "getText", lambda *given: told.append(given[-1]))
    dialog = opened(FORM)
    dialog.release()
    desk.tasks.drain()
    assert dialog.ui.send.isVisible()
    for action in dialog.send.actions():
        action.trigger()
        desk.tasks.drain()
    draft, word = next(chosen.glob("*.eml")), next(chosen.glob("*.docx"))
    assert email.message_from_bytes(draft.read_bytes())["X-Unsent"] == "1"
    assert is_zipfile(word)
    (safe,) = chosen.glob("*-beveiligd.pdf")
    assert PdfReader(safe).decrypt(told[0])
    dialog.close()


def test_a_team_changes_a_sentence_with_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    def opened_texts() -> TeamTextsDialog:
        dialog = TeamTextsDialog(desk)
        with qtbot.waitExposed(dialog):
            dialog.open()
        desk.tasks.drain()
        dialog.ui.kind.setCurrentIndex(dialog.ui.kind.findData("adviesbrief"))
        return dialog

    first = opened_texts()
    first.texts["verantwoordelijkheid"].selectAll()
    QTest.keyClicks(first.texts["verantwoordelijkheid"], "Wij denken mee.")
    first.reject()
    desk.tasks.drain()
    again = opened_texts()
    assert again.texts["verantwoordelijkheid"].raw() == "Wij denken mee."
    QTest.keyClick(again, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    (row,) = desk.workspace.team.get(desk.workspace.actor).teksten
    assert (row.id, row.tekst) == ("adviesbrief.verantwoordelijkheid", "Wij denken mee.")
    assert desk.workspace.drafts.all(desk.workspace.actor) == []
    again.close()


@pytest.mark.parametrize("kind", [FORM, paper("adviesbrief")], ids=lambda kind: kind.key)
def test_every_control_has_a_name(
    opened: Callable[[PaperKind], LetterDialog], kind: PaperKind, assert_accessible: Callable[[QWidget], None]
) -> None:
    dialog = opened(kind)
    assert_accessible(dialog)
    dialog.close()


def test_every_kind_has_a_title_of_its_own() -> None:
    assert len({kind.title for kind in PAPERS}) == len({kind.key for kind in PAPERS}) == len(PAPERS)
