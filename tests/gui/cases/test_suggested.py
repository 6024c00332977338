"""Suggested tags while typing, by keyboard: taken over, struck, and never set by themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.suggestion_bar import SuggestionBar
from bren_desktop.gui.widgets.tags import Chip, TagPicker
from bren_desktop.services.rows import CaseRow


def _focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_what_is_typed_suggests_tags_that_keys_take_over_or_strike(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    page.start_new("")
    desk.tasks.drain()
    intake = page.intake
    intake.show_screen(2)
    fields = intake.binding.fields
    QTest.keyClicks(_focus(), "ASS, zit al maanden thuis. Wie betaalt?")
    qtbot.waitUntil(lambda: bool(fields["knelpunten"].findChildren(SuggestionBar)))
    (bar,) = fields["knelpunten"].findChildren(SuggestionBar)
    assert bar.codes() == ("KP-ASS", "KP-INK", "KP-OND")
    assert intake.binding.raw()["knelpunten"] == []

    fields["knelpunten"].setFocus()
    QTest.keyClick(_focus(), Qt.Key.Key_Tab)
    offered = _focus()
    assert "ASS" in offered.accessibleName()
    QTest.keyClick(offered, Qt.Key.Key_Tab)
    assert _focus().accessibleName() == "Ontbrekend aanbod"
    QTest.keyClick(_focus(), Qt.Key.Key_Backtab)
    assert _focus() is offered
    QTest.keyClick(_focus(), Qt.Key.Key_Right)
    QTest.keyClick(_focus(), Qt.Key.Key_Delete)
    desk.tasks.drain()
    assert bar.codes() == ("KP-ASS", "KP-OND")
    QTest.keyClick(_focus(), Qt.Key.Key_Return)
    desk.tasks.drain()
    assert intake.binding.raw()["knelpunten"] == ["KP-OND"]
    QTest.keyClick(_focus(), Qt.Key.Key_Return)
    desk.tasks.drain()
    assert intake.binding.raw()["knelpunten"] == ["KP-OND", "KP-ASS"]
    assert _focus() is fields["knelpunten"].editor.focusProxy()  # type: ignore[union-attr]


def test_a_recognised_concept_is_confirmed_or_struck_and_saved_with_the_case(
    page: CasesPage, desk: Desk, noor: CaseRow
) -> None:
    desk.workspace.cases.set_field(desk.workspace.actor, noor.entity, "omschrijving", "Zij hoort stemmen, met ASS.")
    page.open_entity(noor.entity, "knelpunten")
    desk.tasks.drain()
    form = page.case
    form.tag_help.look()
    desk.tasks.drain()
    (bar,) = form.binding.fields["begrippen"].findChildren(SuggestionBar)
    assert {"stemmen-horen", "autisme"} <= set(bar.codes())

    form.binding.fields["begrippen"].setFocus()
    QTest.keyClick(_focus(), Qt.Key.Key_Tab)
    first, second = bar.codes()[:2]
    QTest.keyClick(_focus(), Qt.Key.Key_Delete)
    desk.tasks.drain()
    QTest.keyClick(_focus(), Qt.Key.Key_Return)
    desk.tasks.drain()
    form.save()
    desk.tasks.drain()
    saved = desk.workspace.cases.open(desk.workspace.actor, noor.entity).case
    assert (saved.begrippen, saved.begrippen_geschrapt) == ((second,), (first,))


def test_a_concept_that_the_network_added_is_offered_and_chosen_by_its_name(
    page: CasesPage, desk: Desk, noor: CaseRow
) -> None:
    workspace = desk.workspace
    page.open_entity(noor.entity, "knelpunten")
    desk.tasks.drain()
    page.case.tag_help.look()
    desk.tasks.drain()
    concept = ConceptRecord(naam="Zeeziekte op een zeilschip", ook=("misselijk aan boord",), herkomst="Delft")
    id = workspace.concepts.save(workspace.actor, concept)
    workspace.cases.set_field(workspace.actor, noor.entity, "omschrijving", "Zij is misselijk aan boord.")
    page.open_entity(noor.entity, "knelpunten")
    workspace.concepts.known(workspace.actor)
    page.case.tag_help.look()
    desk.tasks.drain()
    editor = page.case.binding.fields["begrippen"].editor
    assert isinstance(editor, TagPicker)
    editor.setFocus()
    QTest.keyClicks(_focus(), "zeeziekte op een zeilschip")
    QTest.keyClick(_focus(), Qt.Key.Key_Return)
    assert editor.raw() == [id]
    assert [chip.text() for chip in editor.findChildren(Chip)] == ["Zeeziekte op een zeilschip  ✕"]
