"""The thesaurus by keyboard: narrowed, a concept added, changed, taken out and put back; nobody else gets to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.concept import ConceptDialog, TakeOutDialog
from bren_desktop.gui.dialogs.concepts import ConceptsDialog
from bren_desktop.gui.pages.settings import SettingsPage
from bren_desktop.gui.pages.settings_places import places
from bren_desktop.language.thesaurus import parsed
from bren_desktop.services.concepts import Concepts
from bren_desktop.services.knowing import Knowing
from bren_desktop.services.knowledge import Knowledge
from bren_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from tests.gui.conftest import Find

CTRL = Qt.KeyboardModifier.ControlModifier
SMALL = """
[dwang]
prefLabel = "dwang"
altLabel = ["smetvrees"]
source = "proef"
[rouw]
prefLabel = "rouw"
source = "proef"
"""


@pytest.fixture
def few(desk: Desk) -> Desk:
    """A program with two concepts."""
    context = replace(desk.workspace.context, knowing=Knowing(Knowledge(parsed(SMALL))))
    return replace(desk, workspace=replace(desk.workspace, context=context, concepts=Concepts(context)))


@pytest.fixture
def window(few: Desk, dialog: Find, qtbot: QtBot) -> ConceptsDialog:
    shown = ConceptsDialog(few)
    qtbot.addWidget(shown)
    shown.open()
    return dialog(ConceptsDialog)


def _rows(window: ConceptsDialog) -> list[tuple[str, str]]:
    window.desk.tasks.drain()
    model = window.model
    return [(str(model.index(row, 0).data()), str(model.index(row, 1).data())) for row in range(model.rowCount())]


def _type(form: ConceptDialog | TakeOutDialog, key: str, text: str, *, enter: bool = False) -> None:
    editor = form.binding.fields[key].editor
    assert editor is not None
    line = editor.focusProxy() or editor
    QTest.keyClicks(line, text)
    if enter:
        QTest.keyClick(line, Qt.Key.Key_Return)


def _save(window: ConceptsDialog, form: QWidget) -> None:
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    for _ in range(3):
        window.desk.tasks.drain()


def test_a_word_that_is_not_found_becomes_a_concept(
    window: ConceptsDialog, few: Desk, dialog: Find, messages: Any, assert_accessible: Callable[[QWidget], None]
) -> None:
    workspace = few.workspace
    workspace.cases.record_all(workspace.actor, [Case(omschrijving="Hij is zeeziek."), Case(omschrijving="Thuis.")])
    QTest.keyClicks(window.ui.wanted, "zeeziek")
    assert _rows(window) == []
    assert window.ui.empty.isVisible()
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    form = dialog(ConceptDialog)
    assert_accessible(form)
    _save(window, form)
    assert form.binding.fields["herkomst"].hint() == "Vul het begrip en de herkomst in. Er is nog niets opgeslagen."
    _type(form, "herkomst", "Team Delft")
    _type(form, "ook", "wordt groen", enter=True)
    form.count()
    few.tasks.drain()
    assert form.ui.spread.text() == (
        "‘zeeziek’ staat nu in 1 casus en 0 pareltjes.\n‘wordt groen’ staat nu in 0 casussen en 0 pareltjes."
    )
    _save(window, form)
    assert messages.informed_with == ["Begrip opgeslagen voor het hele netwerk."]
    window.ui.wanted.clear()
    assert _rows(window) == [("dwang", "programma"), ("rouw", "programma"), ("zeeziek", "toegevoegd")]
    window.ui.own_only.setChecked(True)
    assert _rows(window) == [("zeeziek", "toegevoegd")]
    assert_accessible(window)
    messages.undo()
    few.tasks.drain()
    assert len(few.workspace.concepts.overview(few.workspace.actor)) == 2


def test_a_word_of_every_day_is_advised_against_and_can_be_kept(
    window: ConceptsDialog, few: Desk, dialog: Find, messages: Any
) -> None:
    workspace = few.workspace
    workspace.cases.record_all(workspace.actor, [Case(omschrijving="Zij gaat niet naar school.") for _ in range(12)])
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    form = dialog(ConceptDialog)
    _type(form, "naam", "spijbelen")
    form.count()
    few.tasks.drain()
    assert not form.ui.everyday_bar.isVisible()
    _type(form, "ook", "school", enter=True)
    form.count()
    few.tasks.drain()
    assert form.ui.everyday.isVisible()
    assert form.ui.everyday.text() == (
        "‘school’ staat in meer dan de helft van uw casussen: kies liever een preciezer woord."
    )
    _type(form, "ook", "gaat", enter=True)
    form.count()
    few.tasks.drain()
    assert form.ui.everyday.text().startswith("‘school’ en ‘gaat’ staan elk in meer dan de helft")
    _type(form, "herkomst", "Team Delft")
    _save(window, form)
    assert messages.informed_with == ["Begrip opgeslagen voor het hele netwerk."]


def test_a_concept_is_changed_taken_out_and_put_back_by_key(window: ConceptsDialog, few: Desk, dialog: Find) -> None:
    QTest.keyClicks(window.ui.wanted, "smet")
    assert _rows(window) == [("dwang", "programma")]
    QTest.keyClick(window.ui.wanted, Qt.Key.Key_Return)
    few.tasks.drain()
    form = dialog(ConceptDialog)
    _type(form, "hints", "wast", enter=True)
    _save(window, form)
    assert _rows(window) == [("dwang", "gewijzigd")]
    assert window.ui.told.text().startswith("Aanwijzingen: wast. Gewijzigd op ")
    window.activateWindow()
    dialog(ConceptsDialog).ui.table.setFocus()
    QTest.keyClick(window.ui.table, Qt.Key.Key_Delete)
    out = dialog(TakeOutDialog)
    _type(out, "herkomst", "Wens van Delft")
    _save(window, out)
    window.ui.wanted.clear()
    assert _rows(window) == [("dwang", "uitgezet"), ("rouw", "programma")]
    assert not window.ui.take_out.isEnabled()
    window.ui.put_back.click()
    assert _rows(window) == [("dwang", "programma"), ("rouw", "programma")]


def test_a_draft_of_a_new_concept_is_gone_on_with(few: Desk, dialog: Find, qtbot: QtBot) -> None:
    workspace = few.workspace
    workspace.drafts.keep(workspace.actor, "begrip:nieuw", {"naam": "zeeziekte"})
    shown = ConceptsDialog(few, "nieuw")
    qtbot.addWidget(shown)
    shown.open()
    form = dialog(ConceptDialog)
    few.tasks.drain()
    assert form.binding.raw()["naam"] == "zeeziekte"


def test_who_may_not_change_it_does_not_get_there(desk: Desk, workspace: Workspace, qtbot: QtBot) -> None:
    for role, is_there in ((Role.VOORZITTER, True), (Role.SECRETARIS, False)):
        actor = replace(workspace.actor, role=role)
        page = SettingsPage(replace(desk, workspace=replace(workspace, actor=actor)))
        qtbot.addWidget(page)
        assert page.ui.concept_card.isVisibleTo(page) is is_there
        assert ({"concepts", "weights"} <= {place.widget for place in places(actor)}) is is_there


def test_it_says_what_of_the_network_cannot_hold(window: ConceptsDialog, few: Desk) -> None:
    workspace = few.workspace
    record = workspace.concepts.open(workspace.actor, "rouw").record
    workspace.concepts.save(workspace.actor, record.model_copy(update={"verwant": ("dwang",)}))
    workspace.concepts.take_out(workspace.actor, "dwang", "Proef")
    window.load()
    assert _rows(window) == [("dwang", "uitgezet"), ("rouw", "gewijzigd")]
    window.ui.table.selectRow(1)
    assert window.ui.told.text() == "Geldt niet helemaal: Het verwijst naar ‘dwang’, en dat is er niet."
