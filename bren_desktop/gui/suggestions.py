"""What the address book knows, offered in free text: names as one types, and where a chosen person can be reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from bren_desktop.domain.advice import Discussion, PresentRow
from bren_desktop.domain.cases import Case
from bren_desktop.domain.records import Person
from bren_desktop.gui.binding import Binding
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.editors import ORGANISATIONS, PEOPLE
from bren_desktop.services.workspace import Workspace

Words = Mapping[str, Sequence[str]]
_OWNERS = (("punten", "eigenaar"), ("geld", "garantsteller"), ("geld", "afwikkeling_met"))
"""Rows in which somebody or an organisation is named that takes something on."""


@dataclass(frozen=True)
class Known:
    """Words to suggest by field, and the people whom one name means."""

    words: Words
    people: Mapping[str, Person]


class AddressHelp(QObject):
    """Supplies the form of a case from the address book, also after a change there."""

    def __init__(self, desk: Desk, binding: Binding[Case], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._binding = desk, binding
        self._people: Mapping[str, Person] = {}
        binding.chosen.connect(self._on_chosen)
        desk.navigator.addresses_changed.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        self._desk.tasks.ask(partial(from_addresses, self._desk.workspace), self._on_known)

    def _on_known(self, known: Known) -> None:
        self._people = known.people
        self._binding.suggest(known.words)

    def _on_chosen(self, field: str, name: str) -> None:
        person = self._people.get(name)
        if person is not None:
            self._binding.complete(_beside(field, person))


class TableHelp(QObject):
    """Supplies the forms of a discussion and its advice: who sat at the table before, and who may own a point."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bindings: list[Binding[Any]] = []
        self._known = Known({}, {})
        self._earlier: dict[str, Mapping[str, object]] = {}
        desk.navigator.addresses_changed.connect(self._ask)

    def serve(self, binding: Binding[Any]) -> None:
        """Supply this form too."""
        self._bindings.append(binding)
        binding.chosen.connect(partial(self._on_chosen, binding))
        self._ask()

    def show_earlier(self, discussions: Iterable[Discussion]) -> None:
        """Offer those who sat at these tables, as they sat there; the last one first."""
        rows = [row for discussion in discussions for row in discussion.aanwezigen if row.naam]
        self._earlier = {row.naam: _seat(row) for row in reversed(rows)}
        self._supply()

    def _ask(self) -> None:
        self._desk.tasks.ask(partial(from_addresses, self._desk.workspace), self._on_known)

    def _on_known(self, known: Known) -> None:
        self._known = known
        self._supply()

    def _supply(self) -> None:
        people = {**{name: _of_person(person) for name, person in self._known.people.items()}, **self._earlier}
        organisations = self._known.words.get(ORGANISATIONS[0], ())
        owners = sorted({*people, *organisations})
        words = {"procesregisseur": sorted(people), "mandaat_bij": owners, "hoofdaannemer": organisations}
        for binding in self._bindings:
            binding.suggest(words)
            binding.suggest_in_rows("aanwezigen", "naam", dict(sorted(people.items())))
            for field, column in _OWNERS:
                binding.suggest_in_rows(field, column, {name: {} for name in owners})

    def _on_chosen(self, binding: Binding[Any], field: str, name: str) -> None:
        person = self._known.people.get(name)
        if person is not None and field == "procesregisseur":
            binding.complete({"procesregisseur_contact": _reached(person)})


def _seat(row: PresentRow) -> Mapping[str, object]:
    experienced = "ja" if row.ervaringsdeskundig else ""
    return {"rol": row.rol, "organisatie": row.organisatie, "ervaringsdeskundig": experienced}


def _of_person(person: Person) -> Mapping[str, object]:
    return {"rol": person.functie, "organisatie": person.organisatie}


def _reached(person: Person) -> str:
    return ", ".join(filter(None, (person.telefoon, person.email)))


def from_addresses(workspace: Workspace) -> Known:
    """What the address book knows; runs on the store's thread."""
    people = [person for _, person in workspace.addresses.people(workspace.actor)]
    organisations = _names(record.naam for _, record in workspace.addresses.organisations(workspace.actor))
    words = {
        "behandelaar": (workspace.actor.name,),
        **dict.fromkeys(ORGANISATIONS, organisations),
        **dict.fromkeys(PEOPLE, _names(person.naam for person in people)),
    }
    often = Counter(person.naam for person in people)
    return Known(words, {person.naam: person for person in people if often[person.naam] == 1})


def _beside(field: str, person: Person) -> Mapping[str, str]:
    """What the address book says for the fields beside the name in `field`."""
    if field == "verwijzer_naam":
        return {"verwijzer_organisatie": person.organisatie, "verwijzer_contact": _reached(person)}
    return {"regisseur_organisatie": person.organisatie} if field == "regisseur" else {}


def _names(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in found if name}))
