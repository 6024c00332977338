"""The address book by keyboard: opened from anywhere, filled, narrowed, amended; who may not change it reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.records import Organisation, Person
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.address import OrganisationDialog, PersonDialog
from bren_desktop.gui.dialogs.address_book import AddressBookDialog
from bren_desktop.gui.widgets import work_words
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.work_items import WorkReason
from bren_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from tests.gui.conftest import Find

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
ANJA = Person(naam="A. Verzonnen", functie="Orthopedagoog", organisatie="Jeugdteam Bedacht", telefoon="070 555 00 00")
TEAM = Organisation(naam="Jeugdteam Bedacht", soort="Wijkteam")
FormDialog = PersonDialog | OrganisationDialog


@pytest.fixture
def bench(desk: Desk, qtbot: QtBot) -> Iterator[Workbench]:
    """The workbench on the screen; dialogs that are still open at the end are left."""
    shown = Workbench(desk)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(shown.isActiveWindow)
    desk.tasks.drain()
    yield shown
    for dialog in reversed(shown.findChildren(QDialog)):
        dialog.reject()
    desk.tasks.drain()


@pytest.fixture
def book(bench: Workbench, dialog: Find) -> AddressBookDialog:
    """The address book as its key opens it."""
    QTest.keyClick(bench, Qt.Key.Key_A, CTRL_SHIFT)
    return dialog(AddressBookDialog)


@pytest.fixture
def filled(workspace: Workspace) -> None:
    """A person and an organisation who do not exist."""
    for record in (ANJA, TEAM):
        workspace.addresses.add(workspace.actor, record)


def _focus() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def _type(form: FormDialog, key: str, text: str) -> None:
    editor = form.binding.fields[key].editor
    assert editor is not None
    QTest.keyClicks(editor, text)


def _save(book: AddressBookDialog, form: FormDialog) -> None:
    QTest.keyClick(_focus(), Qt.Key.Key_Return, CTRL)
    for _ in range(3):
        book.desk.tasks.drain()


def _names(book: AddressBookDialog) -> list[str]:
    book.desk.tasks.drain()
    return [str(book.model.index(row, 0).data()) for row in range(book.model.rowCount())]


def test_an_empty_book_says_what_belongs_there_and_ctrl_n_adds_somebody(
    book: AddressBookDialog, dialog: Find, workspace: Workspace, messages: Any
) -> None:
    assert book.ui.empty.ui.title.text() == "Het adresboek is nog leeg"
    assert not book.ui.table.isVisible()
    QTest.keyClick(_focus(), Qt.Key.Key_N, CTRL)
    form = dialog(PersonDialog)
    _type(form, "naam", "A. Verzonnen")
    _type(form, "telefoon", "070 555 00 00")
    _save(book, form)
    assert [record for _, record in workspace.addresses.people(workspace.actor)] == [
        Person(naam="A. Verzonnen", telefoon="070 555 00 00")
    ]
    assert _names(book) == ["A. Verzonnen"]
    assert not book.ui.empty.isVisible()
    assert messages.informed_with == ["Opgeslagen in het adresboek."]


@pytest.mark.parametrize("kind", [PersonDialog, OrganisationDialog])
def test_both_kinds_of_entry_refuse_a_missing_name_beside_the_field(
    book: AddressBookDialog, dialog: Find, kind: type[FormDialog]
) -> None:
    (book.ui.new_person if kind is PersonDialog else book.ui.new_organisation).click()
    form = dialog(kind)
    _type(form, "telefoon", "070")
    _save(book, form)
    assert form.isVisible()
    assert form.binding.fields["naam"].hint() == "Vul een naam in. Er is nog niets opgeslagen."
    _type(form, "naam", "Verzonnen")
    _save(book, form)
    assert _names(book) == ["Verzonnen"]


@pytest.mark.usefixtures("filled")
def test_typing_narrows_and_enter_opens_what_is_found(
    book: AddressBookDialog, dialog: Find, workspace: Workspace
) -> None:
    assert _names(book) == ["A. Verzonnen", "Jeugdteam Bedacht"]
    QTest.keyClicks(book.ui.wanted, "wijk")
    assert _names(book) == ["Jeugdteam Bedacht"]
    QTest.keyClick(book.ui.wanted, Qt.Key.Key_Return)
    form = dialog(OrganisationDialog)
    _type(form, "adres", "Bedenkstraat 1")
    _save(book, form)
    saved = [record for _, record in workspace.addresses.organisations(workspace.actor)]
    assert saved == [TEAM.model_copy(update={"adres": "Bedenkstraat 1"})]
    assert book.ui.wanted.text() == ""
    assert book.ui.table.current().record == saved[0]


@pytest.mark.usefixtures("filled")
def test_nothing_found_says_so_and_enter_does_nothing(book: AddressBookDialog) -> None:
    QTest.keyClicks(book.ui.wanted, "zzz")
    assert _names(book) == []
    assert book.ui.empty.ui.title.text() == "Niets gevonden"
    QTest.keyClick(book.ui.wanted, Qt.Key.Key_Return)
    assert not [each for each in book.findChildren(QDialog) if each.isVisible()]


@pytest.mark.usefixtures("filled")
def test_a_name_that_is_not_found_is_the_one_to_add(book: AddressBookDialog, dialog: Find) -> None:
    QTest.keyClicks(book.ui.wanted, "C. Fictief")
    assert _names(book) == []
    QTest.keyClick(_focus(), Qt.Key.Key_N, CTRL)
    form = dialog(PersonDialog)
    _save(book, form)
    assert _names(book) == ["A. Verzonnen", "C. Fictief", "Jeugdteam Bedacht"]


@pytest.mark.usefixtures("filled")
def test_with_something_found_a_new_entry_starts_empty(book: AddressBookDialog, dialog: Find) -> None:
    QTest.keyClicks(book.ui.wanted, "Verz")
    QTest.keyClick(_focus(), Qt.Key.Key_N, CTRL)
    assert dialog(PersonDialog).binding.touched() == {}


@pytest.mark.usefixtures("filled")
def test_a_name_that_is_there_already_is_told_and_not_forbidden(book: AddressBookDialog, dialog: Find) -> None:
    book.ui.new_person.click()
    form = dialog(PersonDialog)
    _type(form, "naam", "a. verzonnen")
    assert form.binding.fields["naam"].hint() == "Deze naam staat al in het adresboek."
    _type(form, "naam", "s")
    assert form.binding.fields["naam"].hint() == ""


@pytest.mark.usefixtures("filled")
def test_a_region_that_no_list_knows_is_refused_beside_the_field(book: AddressBookDialog, dialog: Find) -> None:
    book.ui.new_organisation.click()
    form = dialog(OrganisationDialog)
    _type(form, "naam", "School Verzonnen")
    form.binding.lay_over({"regio": "Nergenshuizen"})
    _save(book, form)
    assert form.binding.fields["regio"].hint() == "Kies een waarde uit de lijst."
    assert len(_names(book)) == 2


def test_what_is_typed_is_kept_and_the_worklist_leads_back_to_it(
    book: AddressBookDialog, dialog: Find, desk: Desk, workspace: Workspace
) -> None:
    book.ui.new_organisation.click()
    form = dialog(OrganisationDialog)
    _type(form, "naam", "School Verzonnen")
    QTest.keyClick(_focus(), Qt.Key.Key_Escape)
    book.reject()
    desk.tasks.drain()
    waiting = [item for item in workspace.worklist.entries(workspace.actor) if item.reason is WorkReason.DRAFT]
    assert [work_words.title(item) for item in waiting] == ["Adresboek"]
    desk.navigator.resume(waiting[0].draft)
    assert dialog(OrganisationDialog).binding.raw()["naam"] == "School Verzonnen"


def test_a_form_in_which_nothing_is_typed_leaves_no_draft(
    book: AddressBookDialog, dialog: Find, desk: Desk, workspace: Workspace
) -> None:
    book.ui.new_person.click()
    dialog(PersonDialog)
    QTest.keyClick(_focus(), Qt.Key.Key_Escape)
    desk.tasks.drain()
    assert workspace.drafts.all(workspace.actor) == []


@pytest.mark.usefixtures("filled")
def test_a_draft_of_an_entry_opens_that_entry(bench: Workbench, dialog: Find, workspace: Workspace) -> None:
    entity = workspace.addresses.people(workspace.actor)[0][0]
    bench.desk.navigator.resume(f"adres:{entity}")
    assert dialog(PersonDialog).binding.raw()["naam"] == ANJA.naam


@pytest.mark.usefixtures("filled")
def test_a_change_is_suggested_at_once(book: AddressBookDialog, dialog: Find, desk: Desk, qtbot: QtBot) -> None:
    book.ui.edit.click()
    form = dialog(PersonDialog)
    _type(form, "functie", "Arts")
    with qtbot.waitSignal(desk.navigator.addresses_changed):
        _save(book, form)


@pytest.mark.usefixtures("filled")
def test_who_may_not_change_cases_reads_only(desk: Desk, dialog: Find, workspace: Workspace, qtbot: QtBot) -> None:
    member = replace(workspace, actor=replace(workspace.actor, role=Role.LID))
    book = AddressBookDialog(replace(desk, workspace=member))
    qtbot.addWidget(book)
    book.show()
    desk.tasks.drain()
    assert not book.ui.new_person.isVisible()
    assert book.ui.edit.text() == "&Bekijken…"
    desk.tasks.drain()
    QTest.keyClick(book.ui.wanted, Qt.Key.Key_Return)
    form = dialog(PersonDialog)
    assert not form.ui.save.isVisible()
    assert not form.binding.fields["naam"].isEnabled()


def test_it_says_who_does_not_belong_there(book: AddressBookDialog, dialog: Find) -> None:
    book.ui.new_person.click()
    for told in (book.ui.about.text(), dialog(PersonDialog).ui.about.text()):
        assert "Geen jeugdigen of ouders" in told


@pytest.mark.usefixtures("filled")
def test_every_control_has_a_name(
    book: AddressBookDialog, dialog: Find, assert_accessible: Callable[[QWidget], None]
) -> None:
    assert_accessible(book)
    book.ui.new_person.click()
    assert_accessible(dialog(PersonDialog))
    dialog(PersonDialog).reject()
    book.ui.new_organisation.click()
    assert_accessible(dialog(OrganisationDialog))


@pytest.mark.usefixtures("filled")
def test_names_in_it_stay_out_of_titles_and_settings(book: AddressBookDialog, dialog: Find) -> None:
    QTest.keyClicks(book.ui.wanted, "Verzonnen")
    book.ui.edit.click()
    form = dialog(PersonDialog)
    assert {book.windowTitle(), form.windowTitle()} == {"BREN Desktop"}
    form.reject()
    book.reject()
    settings = QSettings()
    assert not any("Verzonnen" in str(settings.value(key)) for key in settings.allKeys())
