"""What hangs below a case: contact moments and filed documents."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.records import ContactMoment, FiledDocument
from bren_desktop.domain.rights import Right, require
from bren_desktop.services import below
from bren_desktop.services.context import Context
from bren_desktop.services.loading import children, load
from bren_desktop.services.readlog import Sightings


class Dossier:
    """Contact moments and documents of cases."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._sightings = Sightings(context)

    def add_contact(self, actor: Actor, case: str, moment: ContactMoment) -> str:
        """File a contact moment with a case; without a date it is today's. Returns its entity."""
        dated = moment.model_copy(update={"datum": moment.datum or self._context.today()})
        return below.file(self._context, actor, Right.EDIT_CASE, Kind.CONTACT, case, dated)

    def contacts(self, actor: Actor, case: str) -> Sequence[tuple[str, ContactMoment]]:
        """The contact moments of a case, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return children(reader, Kind.CONTACT, ContactMoment, case)

    def documents(self, actor: Actor, case: str) -> Sequence[tuple[str, FiledDocument]]:
        """The documents filed with a case, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return children(reader, Kind.DOCUMENT, FiledDocument, case)

    def document(self, actor: Actor, entity: str) -> FiledDocument:
        """One filed document. Raises NotFoundError."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return load(reader, Kind.DOCUMENT, FiledDocument, entity)

    def recent_documents(self, actor: Actor, limit: int = 200) -> Sequence[tuple[str, FiledDocument]]:
        """The documents filed last in this profile, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        self._sightings.note(actor, "documenten bekijken")
        with self._context.read(actor) as reader:
            recent = reader.recent(Kind.DOCUMENT, limit)
            return [(entity, load(reader, Kind.DOCUMENT, FiledDocument, entity)) for entity in recent]
