"""The address book: professionals and organisations, never young people or parents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind, flatten, wanted
from bren_desktop.domain.records import Organisation, Person
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.vocabulary import folded
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import load, present, stored
from bren_desktop.services.rows import Changes

_APART = re.compile(r"[\s,;/()-]+")


@dataclass(frozen=True, slots=True)
class Address:
    """One entry of the address book."""

    entity: str
    record: Person | Organisation


class Addresses:
    """People and organisations that return in several cases."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def everything(self, actor: Actor) -> Sequence[Address]:
        """People and organisations together, by name."""
        people = [Address(entity, person) for entity, person in self.people(actor)]
        organisations = [Address(entity, organisation) for entity, organisation in self.organisations(actor)]
        return sorted(people + organisations, key=lambda address: folded(address.record.naam))

    def people(self, actor: Actor) -> Sequence[tuple[str, Person]]:
        """Everybody in the address book, each with its entity."""
        require(actor, Right.READ_POOL)
        with self._context.read(actor) as reader:
            return [(entity, load(reader, Kind.PERSON, Person, entity)) for entity in reader.entities(Kind.PERSON)]

    def organisations(self, actor: Actor) -> Sequence[tuple[str, Organisation]]:
        """Every organisation in the address book, each with its entity."""
        require(actor, Right.READ_POOL)
        kind = Kind.ORGANISATION
        with self._context.read(actor) as reader:
            return [(entity, load(reader, kind, Organisation, entity)) for entity in reader.entities(kind)]

    def add(self, actor: Actor, record: Person | Organisation) -> str:
        """Add a person or organisation. Returns its entity. Raises InvalidInputError without a name."""
        require(actor, Right.EDIT_CASE)
        _require_name(record)
        with self._context.store.write(author(actor)) as writer:
            entity = self._context.store.new_entity()
            writer.write(_kind(record), entity, flatten(record))
            return entity

    def amend(
        self, actor: Actor, entity: str, record: Person | Organisation, fields: Iterable[str] | None = None
    ) -> Changes:
        """Bring an entry to `record`; with `fields`, only those are touched. It keeps a name."""
        require(actor, Right.EDIT_CASE)
        _require_name(record)
        kind = _kind(record)
        with self._context.store.write(author(actor)) as writer:
            writer.write(kind, entity, wanted(stored(present(writer, kind, entity)), record, fields))
            return writer.changes


def matching(addresses: Iterable[Address], text: str) -> Sequence[Address]:
    """The addresses in which every word of `text` begins a word."""
    asked = _words(text)
    return [address for address in addresses if _holds(address.record, asked)]


def _holds(record: Person | Organisation, asked: Sequence[str]) -> bool:
    words = _words(" ".join(str(value) for value in dict(record).values() if value))
    return all(any(word.startswith(beginning) for word in words) for beginning in asked)


def _words(text: str) -> Sequence[str]:
    return [word for word in (part.strip(".") for part in _APART.split(folded(text))) if word]


def _kind(record: Person | Organisation) -> Kind:
    return Kind.PERSON if isinstance(record, Person) else Kind.ORGANISATION


def _require_name(record: Person | Organisation) -> None:
    if not record.naam:
        raise InvalidInputError("Vul een naam in. Er is nog niets opgeslagen.", field="naam")
