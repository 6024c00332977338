"""One entry of the address book: a person or an organisation, new or amended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.records import Organisation, Person
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import folded
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.organisation import Ui_Organisation
from bren_desktop.gui.forms.person import Ui_Person
from bren_desktop.gui.navigator import ADDRESS
from bren_desktop.services.addresses import Address

Entry = TypeVar("Entry", Person, Organisation)
PERSON, ORGANISATION = "persoon", "organisatie"
WORKS_AT = "organisatie"


class AddressDialog(RecordDialog[Entry]):
    """What both kinds share. `entity` is empty for a new entry, and the entry's own once it was saved."""

    def __init__(self, desk: Desk, what: str, entity: str, known: Sequence[Address], parent: QWidget | None) -> None:
        super().__init__(desk, f"{ADDRESS}:{entity or what}", parent)
        self.entity = entity
        self._known = known

    def begin(self, start: Entry, ui: Ui_Person | Ui_Organisation) -> None:
        """Show `start`; who may not change it reads only."""
        self.bind(type(start), start, ui.save, ui.cancel, {WORKS_AT: self._organisations()})
        if not may(self.desk.workspace.actor, Right.EDIT_CASE):
            self.binding.set_editable(False)
            ui.save.hide()
            ui.cancel.setText(self.tr("Sluiten"))
        ui.field_naam.setFocus()

    def write(self, record: Entry) -> Callable[[], object]:
        workspace, fields = self.desk.workspace, self.binding.changed_fields()

        def work() -> None:
            if self.entity:
                workspace.addresses.amend(workspace.actor, self.entity, record, fields)
            else:
                self.entity = workspace.addresses.add(workspace.actor, record)

        return work

    def shown(self, record: Entry | None) -> None:
        """Tell of an entry with the same name: it may be the same one."""
        twin = record is not None and any(
            address.entity != self.entity
            and type(address.record) is type(record)
            and folded(address.record.naam) == folded(record.naam)
            for address in self._known
        )
        self.binding.wish(["naam"] if twin else [], self.tr("Deze naam staat al in het adresboek."))

    def done_text(self) -> str:
        return self.tr("Opgeslagen in het adresboek.")

    def _organisations(self) -> Sequence[str]:
        names = (address.record.naam for address in self._known if isinstance(address.record, Organisation))
        return tuple(dict.fromkeys(names))


class PersonDialog(AddressDialog[Person]):
    """A professional."""

    def __init__(self, desk: Desk, known: Sequence[Address], entity: str, start: Person, parent: QWidget) -> None:
        super().__init__(desk, PERSON, entity, known, parent)
        self.ui = Ui_Person()
        self.ui.setupUi(self)
        self.begin(start, self.ui)


class OrganisationDialog(AddressDialog[Organisation]):
    """An organisation with its postal address."""

    def __init__(self, desk: Desk, known: Sequence[Address], entity: str, start: Organisation, parent: QWidget) -> None:
        super().__init__(desk, ORGANISATION, entity, known, parent)
        self.ui = Ui_Organisation()
        self.ui.setupUi(self)
        self.begin(start, self.ui)
