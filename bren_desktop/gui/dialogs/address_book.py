"""The address book: find, add and amend the people and organisations that return in several cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.records import Organisation, Person
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.address import ORGANISATION, PERSON, OrganisationDialog, PersonDialog
from bren_desktop.gui.dialogs.list_dialog import ListDialog
from bren_desktop.gui.forms.address_book import Ui_AddressBook
from bren_desktop.gui.models.columns import Badge, Column
from bren_desktop.services.addresses import Address, matching


class AddressBookDialog(ListDialog[Address]):
    """`entry` opens at once: an entity, or a new `persoon` or `organisatie`."""

    def __init__(self, desk: Desk, entry: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, entry, parent)
        self.ui = Ui_AddressBook()
        self.ui.setupUi(self)
        self._may_edit = may(desk.workspace.actor, Right.EDIT_CASE)
        self.ui.new_person.clicked.connect(self._on_new_person)
        self.ui.new_organisation.clicked.connect(self._on_new_organisation)
        for button in (self.ui.new_person, self.ui.new_organisation):
            button.setVisible(self._may_edit)
        if not self._may_edit:
            self.ui.edit.setText(self.tr("&Bekijken…"))
        new = {PERSON: self._on_new_person, ORGANISATION: self._on_new_organisation}
        self.bind(self.ui, "adresboek", self._columns(), new if self._may_edit else {})

    def read(self) -> Callable[[], Sequence[Address]]:
        workspace = self.desk.workspace
        return partial(workspace.addresses.everything, workspace.actor)

    def matching(self, text: str) -> Sequence[Address]:
        return matching(self.all, text)

    def id_of(self, row: Address) -> str:
        return row.entity

    def open_row(self, row: Address) -> None:
        if isinstance(row.record, Person):
            self._show(PersonDialog(self.desk, self.all, row.entity, row.record, self))
        else:
            self._show(OrganisationDialog(self.desk, self.all, row.entity, row.record, self))

    def nothing(self) -> tuple[str, str]:
        if self.all:
            return self.tr("Niets gevonden"), self._next_step()
        return self.tr("Het adresboek is nog leeg"), self._first_step()

    def _first_step(self) -> str:
        if self._may_edit:
            return self.tr("Zet er een verwijzer of organisatie in die vaker terugkomt, met Nieuwe persoon (Ctrl+N).")
        return self.tr("Een collega die casussen vastlegt, kan hier personen en organisaties toevoegen.")

    def _next_step(self) -> str:
        if self._may_edit:
            return self.tr("Controleer wat u typte, of voeg het toe met Nieuwe persoon (Ctrl+N).")
        return self.tr("Controleer wat u typte, of maak het vak hierboven leeg.")

    def _columns(self) -> Sequence[Column[Address]]:
        return (
            Column("naam", self.tr("Naam"), lambda row: row.record.naam, width=220, sortable=False),
            Column("wat", self.tr("Wat"), self._what, badge=self._badge, width=120, sortable=False),
            Column("functie", self.tr("Functie of soort"), _does, width=180, sortable=False),
            Column("organisatie", self.tr("Organisatie"), _works_at, width=180, sortable=False),
            Column("telefoon", self.tr("Telefoon"), lambda row: row.record.telefoon, width=120, sortable=False),
            Column("email", self.tr("E-mail"), lambda row: row.record.email, width=100, sortable=False),
        )

    def _what(self, row: Address) -> str:
        return self._badge(row).word

    def _badge(self, row: Address) -> Badge:
        if isinstance(row.record, Person):
            return Badge(self.tr("persoon"), icon="person")
        return Badge(self.tr("organisatie"), icon="building")

    def _on_new_person(self) -> None:
        self._show_new(PersonDialog(self.desk, self.all, "", Person(), self))

    def _on_new_organisation(self) -> None:
        self._show_new(OrganisationDialog(self.desk, self.all, "", Organisation(), self))

    def _show_new(self, dialog: PersonDialog | OrganisationDialog) -> None:
        """A name that was not found is most likely the one to add."""
        if not self.found:
            dialog.binding.complete({"naam": self.ui.wanted.text()})
        self._show(dialog)

    def _show(self, dialog: PersonDialog | OrganisationDialog) -> None:
        dialog.recorded.connect(lambda: self._on_recorded(dialog.entity))
        dialog.open()

    def _on_recorded(self, entity: str) -> None:
        """Show the entry that was saved, also where the box would leave it out."""
        self.ui.wanted.clear()
        self.load(mark=entity)
        self.desk.navigator.addresses_changed.emit()


def _does(row: Address) -> str:
    return row.record.functie if isinstance(row.record, Person) else row.record.soort


def _works_at(row: Address) -> str:
    return row.record.organisatie if isinstance(row.record, Person) else ""
