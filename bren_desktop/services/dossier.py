"""What hangs below a case: contact moments, consents, filed documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.entities import Kind, wanted
from bren_desktop.domain.records import ContactMoment, FiledDocument
from bren_desktop.domain.rights import Right, require
from bren_desktop.errors import InvalidInputError
from bren_desktop.services import below
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import children, load
from bren_desktop.services.rows import Changes


class Dossier:
    """Contact moments, consents and documents of cases."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add_contact(self, actor: Actor, case: str, moment: ContactMoment) -> str:
        """File a contact moment with a case; without a date it is today's. Returns its entity."""
        dated = moment.model_copy(update={"datum": moment.datum or self._context.today()})
        return below.file(self._context, actor, Right.EDIT_CASE, Kind.CONTACT, case, dated)

    def contacts(self, actor: Actor, case: str) -> Sequence[tuple[str, ContactMoment]]:
        """The contact moments of a case, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        with self._context.store.read() as reader:
            return children(reader, Kind.CONTACT, ContactMoment, case)

    def add_consent(self, actor: Actor, case: str, consent: Consent) -> str:
        """File a consent with a case. Raises InvalidInputError for one that says nothing or lies in the future."""
        if not consent.doelen or not consent.gevers or consent.gegeven_op is None:
            raise InvalidInputError(
                "Vul in wie toestemming geeft, waarvoor en op welke datum. De toestemming is nog niet vastgelegd.",
                field="doelen" if not consent.doelen else "gevers" if not consent.gevers else "gegeven_op",
            )
        if consent.gegeven_op > self._context.today():
            raise InvalidInputError(
                "De datum van de toestemming ligt in de toekomst. De toestemming is nog niet vastgelegd.",
                field="gegeven_op",
            )
        recorded = consent.model_copy(update={"vastgelegd_door": actor.name})
        return below.file(self._context, actor, Right.EDIT_CASE, Kind.CONSENT, case, recorded)

    def consents(self, actor: Actor, case: str) -> Sequence[tuple[str, Consent]]:
        """The consents of a case, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        with self._context.store.read() as reader:
            return children(reader, Kind.CONSENT, Consent, case)

    def withdraw_consent(self, actor: Actor, consent: str, day: date, by: str) -> Changes:
        """Record that a consent was withdrawn on `day` by `by`. It stays readable and blocks new sharing."""
        require(actor, Right.EDIT_CASE)
        with self._context.store.write(author(actor)) as writer:
            before = load(writer, Kind.CONSENT, Consent, consent)
            after = before.model_copy(update={"ingetrokken_op": day, "ingetrokken_door": by})
            writer.write(Kind.CONSENT, consent, wanted({}, after, ("ingetrokken_op", "ingetrokken_door")))
            return writer.changes

    def documents(self, actor: Actor, case: str) -> Sequence[tuple[str, FiledDocument]]:
        """The documents filed with a case, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        with self._context.store.read() as reader:
            return children(reader, Kind.DOCUMENT, FiledDocument, case)

    def recent_documents(self, actor: Actor, limit: int = 200) -> Sequence[tuple[str, FiledDocument]]:
        """The documents filed last in this profile, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        with self._context.store.read() as reader:
            recent = reader.recent(Kind.DOCUMENT, limit)
            return [(entity, load(reader, Kind.DOCUMENT, FiledDocument, entity)) for entity in recent]
