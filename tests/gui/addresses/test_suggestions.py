"""Choosing a person from the address book fills in where they can be reached, and overwrites nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.records import Person
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pages.case.page import CasePage
from bren_desktop.gui.pages.intake import Intake
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.services.rows import CaseFilter, Page
from bren_desktop.services.workspace import Workspace

ANJA = Person(naam="A. Verzonnen", organisatie="Jeugdteam Bedacht", telefoon="070 555 00 00", email="a@voorbeeld.test")


@pytest.fixture
def intake(desk: Desk, qtbot: QtBot) -> Intake:
    """A new case on the screen, while the address book is still empty."""
    shown = Intake(desk)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.start("")
    desk.tasks.drain()
    return shown


def _add(desk: Desk, workspace: Workspace, *people: Person) -> None:
    for person in people:
        workspace.addresses.add(workspace.actor, person)
    desk.navigator.addresses_changed.emit()
    desk.tasks.drain()


def _choose(form: Intake | CasePage, key: str, typed: str) -> None:
    """Type the beginning and take the first offer."""
    editor = form.binding.fields[key].editor
    assert isinstance(editor, ChoiceEdit)
    editor.setFocus()
    QTest.keyClicks(editor, typed)
    for pressed in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(_popup(), pressed)


def _popup() -> QWidget:
    popup = QApplication.activePopupWidget()
    assert popup is not None
    return popup


def test_the_referrer_comes_with_organisation_and_contact(intake: Intake, desk: Desk, workspace: Workspace) -> None:
    _add(desk, workspace, ANJA)
    _choose(intake, "verwijzer_naam", "A. Ver")
    touched = intake.binding.touched()
    assert touched["verwijzer_naam"] == ANJA.naam
    assert touched["verwijzer_organisatie"] == ANJA.organisatie
    assert touched["verwijzer_contact"] == "070 555 00 00, a@voorbeeld.test"


def test_what_was_typed_stays(intake: Intake, desk: Desk, workspace: Workspace) -> None:
    _add(desk, workspace, ANJA)
    intake.binding.lay_over({"verwijzer_contact": "via de balie"})
    _choose(intake, "verwijzer_naam", "A. Ver")
    assert intake.binding.touched()["verwijzer_contact"] == "via de balie"


def test_of_namesakes_nothing_is_filled_in(intake: Intake, desk: Desk, workspace: Workspace) -> None:
    _add(desk, workspace, ANJA, ANJA.model_copy(update={"organisatie": "Elders"}))
    _choose(intake, "verwijzer_naam", "A. Ver")
    assert intake.binding.touched() == {"verwijzer_naam": ANJA.naam}


def test_on_the_page_of_a_case_the_one_who_coordinates_comes_with_an_organisation(
    desk: Desk, workspace: Workspace, qtbot: QtBot
) -> None:
    page = CasePage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    page.open(workspace.cases.page(workspace.actor, CaseFilter(), Page())[0].entity, "analyse")
    desk.tasks.drain()
    _add(desk, workspace, ANJA)
    _choose(page, "regisseur", "A. Ver")
    touched = page.binding.touched()
    assert touched == {"regisseur": ANJA.naam, "regisseur_organisatie": ANJA.organisatie}
