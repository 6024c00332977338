"""The address book: find, add and amend the people and organisations that return in several cases."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.domain.records import Organisation, Person
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.address import ORGANISATION, PERSON, OrganisationDialog, PersonDialog
from bren_desktop.gui.forms.address_book import Ui_AddressBook
from bren_desktop.gui.models.columns import Badge, Column
from bren_desktop.gui.models.paged import PagedModel, Source
from bren_desktop.services.addresses import Address, matching


class AddressBookDialog(QDialog):
    """A list with a box to narrow it. `entry` opens at once: an entity, or a new `persoon` or `organisatie`."""

    def __init__(self, desk: Desk, entry: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_AddressBook()
        self.ui.setupUi(self)
        self._desk = desk
        self._all: Sequence[Address] = ()
        self._found: Sequence[Address] = ()
        self._entry, self._mark = entry, entry
        self._may_edit = may(desk.workspace.actor, Right.EDIT_CASE)
        self.model: PagedModel[Address] = PagedModel(self._columns(), desk.tasks, self)
        self.ui.table.show_model(self.model, "adresboek")
        self._connect()
        self.ui.empty.hide()
        self.ui.wanted.setFocus()
        self._load()

    def _connect(self) -> None:
        ui = self.ui
        ui.table.opened.connect(self._on_opened)
        ui.table.marked.connect(lambda row: ui.edit.setEnabled(row is not None))
        self.model.counted.connect(self._on_counted)
        ui.wanted.textChanged.connect(self._narrow)
        ui.wanted.returnPressed.connect(self._on_edit)
        ui.edit.clicked.connect(self._on_edit)
        ui.new_person.clicked.connect(self._on_new_person)
        ui.new_organisation.clicked.connect(self._on_new_organisation)
        ui.leave.clicked.connect(self.reject)
        for button in (ui.new_person, ui.new_organisation):
            button.setVisible(self._may_edit)
        if not self._may_edit:
            ui.edit.setText(self.tr("&Bekijken…"))
        down = QShortcut(QKeySequence("Down"), ui.wanted, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(ui.table.setFocus)
        if self._may_edit:
            QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._on_new_person)

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

    def _load(self) -> None:
        workspace = self._desk.workspace
        self._desk.tasks.ask(lambda: workspace.addresses.everything(workspace.actor), self._on_loaded)

    def _on_loaded(self, addresses: Sequence[Address]) -> None:
        self._all = addresses
        self._narrow()
        entry, self._entry = self._entry, ""
        if entry == PERSON:
            self._on_new_person()
        elif entry == ORGANISATION:
            self._on_new_organisation()
        elif entry:
            self._on_opened(next((address for address in addresses if address.entity == entry), None))

    def _narrow(self) -> None:
        found = self._found = matching(self._all, self.ui.wanted.text())
        self.model.show(Source(lambda: len(found), lambda page: found[page.offset : page.offset + page.limit]))

    def _on_counted(self, count: int) -> None:
        ui = self.ui
        ui.table.setVisible(bool(count))
        ui.empty.setVisible(not count)
        ui.edit.setEnabled(bool(count))
        ui.empty_title.setText(self.tr("Niets gevonden") if self._all else self.tr("Het adresboek is nog leeg"))
        ui.empty_text.setText(self._first_step())
        place = next((number for number, row in enumerate(self._found) if row.entity == self._mark), None)
        if place is not None:
            ui.table.setCurrentIndex(self.model.index(place, 0))
            self._mark = ""

    def _first_step(self) -> str:
        if self._all:
            return self._next_step()
        if self._may_edit:
            return self.tr("Zet er een verwijzer of organisatie in die vaker terugkomt, met Nieuwe persoon (Ctrl+N).")
        return self.tr("Een collega die casussen vastlegt, kan hier personen en organisaties toevoegen.")

    def _next_step(self) -> str:
        if self._may_edit:
            return self.tr("Controleer wat u typte, of voeg het toe met Nieuwe persoon (Ctrl+N).")
        return self.tr("Controleer wat u typte, of maak het vak hierboven leeg.")

    def _on_edit(self) -> None:
        self._on_opened(self.ui.table.current())

    def _on_opened(self, row: Address | None) -> None:
        if row is None:
            return
        if isinstance(row.record, Person):
            self._show(PersonDialog(self._desk, self._all, row.entity, row.record, self))
        else:
            self._show(OrganisationDialog(self._desk, self._all, row.entity, row.record, self))

    def _on_new_person(self) -> None:
        self._show_new(PersonDialog(self._desk, self._all, "", Person(), self))

    def _on_new_organisation(self) -> None:
        self._show_new(OrganisationDialog(self._desk, self._all, "", Organisation(), self))

    def _show_new(self, dialog: PersonDialog | OrganisationDialog) -> None:
        """A name that was not found is most likely the one to add."""
        if not self._found:
            dialog.binding.complete({"naam": self.ui.wanted.text()})
        self._show(dialog)

    def _show(self, dialog: PersonDialog | OrganisationDialog) -> None:
        dialog.recorded.connect(lambda: self._on_recorded(dialog.entity))
        dialog.open()

    def _on_recorded(self, entity: str) -> None:
        """Show the entry that was saved, also where the box would leave it out."""
        self._mark = entity
        self.ui.wanted.clear()
        self._load()
        self._desk.navigator.addresses_changed.emit()


def _does(row: Address) -> str:
    return row.record.functie if isinstance(row.record, Person) else row.record.soort


def _works_at(row: Address) -> str:
    return row.record.organisatie if isinstance(row.record, Person) else ""
