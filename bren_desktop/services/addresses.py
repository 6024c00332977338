"""The address book: professionals and organisations, never young people or parents."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.records import Organisation, Person
from bren_desktop.domain.rights import Right, require
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import load


class Addresses:
    """People and organisations that return in several cases."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def people(self, actor: Actor) -> Sequence[tuple[str, Person]]:
        """Everybody in the address book, each with its entity."""
        require(actor, Right.READ_POOL)
        with self._context.store.read() as reader:
            return [(entity, load(reader, Kind.PERSON, Person, entity)) for entity in reader.entities(Kind.PERSON)]

    def organisations(self, actor: Actor) -> Sequence[tuple[str, Organisation]]:
        """Every organisation in the address book, each with its entity."""
        require(actor, Right.READ_POOL)
        kind = Kind.ORGANISATION
        with self._context.store.read() as reader:
            return [(entity, load(reader, kind, Organisation, entity)) for entity in reader.entities(kind)]

    def add(self, actor: Actor, record: Person | Organisation) -> str:
        """Add a person or organisation. Returns its entity."""
        require(actor, Right.EDIT_CASE)
        kind = Kind.PERSON if isinstance(record, Person) else Kind.ORGANISATION
        with self._context.store.write(author(actor)) as writer:
            entity = self._context.store.new_entity()
            writer.write(kind, entity, flatten(record))
            return entity
