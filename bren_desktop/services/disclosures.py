"""Sharing without consent: decided for one recipient, one purpose and one day, and never silently."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.services import below
from bren_desktop.services.consents import check_codes
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import children

_CODED = {"doel": "toestemmingsdoelen", "grond": "gronden_zonder_toestemming"}
_REQUIRED = {
    "doel": "Vul in waarvoor u deelt.",
    "ontvanger": "Vul in met wie u deelt: één persoon of organisatie.",
    "grond": "Kies op welke grond u zonder toestemming deelt.",
    "afweging": "Schrijf uw afweging op: waarom weegt delen zwaarder?",
    "geraadpleegd": "Vul in met welke collega u dit hebt overlegd.",
}

LONGEST_DAYS = 7
"""So long after its day a decision may be written down: one explains a decision, and does not make one afterwards."""


class Disclosures:
    """The decisions to share cases without consent."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, actor: Actor, case: str, disclosure: Disclosure) -> str:
        """File a decision with a case, and log it; without a date it is today's. Returns its entity.

        Raises InvalidInputError where the weighing, the colleague or what the family was told is not there.
        """
        require(actor, Right.SHARE_WITHOUT_CONSENT)
        today = self._context.today()
        decided = disclosure.model_copy(update={"door": actor.name, "datum": disclosure.datum or today})
        _check(decided, today)
        with self._context.store.write(author(actor)) as writer:
            entity = below.file_in(writer, self._context, Kind.DISCLOSURE, case, decided)
            words = vocabulary("toestemmingsdoelen"), vocabulary("gronden_zonder_toestemming")
            detail = f"{words[0].label(decided.doel)}: {words[1].label(decided.grond)}"
            writer.log_read([self._context.read_entry(actor, "delen zonder toestemming", Kind.CASE, case, detail)])
            return entity

    def of(self, actor: Actor, case: str) -> Sequence[tuple[str, Disclosure]]:
        """The decisions about a case, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return children(reader, Kind.DISCLOSURE, Disclosure, case)


def _check(disclosure: Disclosure, today: date) -> None:
    for field, reason in _REQUIRED.items():
        if not getattr(disclosure, field):
            raise below.refused(field, reason)
    check_codes(disclosure, _CODED)
    if disclosure.gezin_ingelicht is None:
        raise below.refused("gezin_ingelicht", "Vul in of jeugdige en ouders zijn ingelicht.")
    if not disclosure.gezin_ingelicht and not disclosure.niet_ingelicht_reden:
        raise below.refused("niet_ingelicht_reden", "Schrijf op waarom jeugdige en ouders niet zijn ingelicht.")
    if disclosure.datum is not None and disclosure.datum > today:
        raise below.refused("datum", "De datum ligt in de toekomst: zo'n besluit geldt alleen op de dag zelf.")
    if disclosure.datum is not None and disclosure.datum < today - timedelta(days=LONGEST_DAYS):
        raise below.refused("datum", f"Leg zo'n besluit binnen {LONGEST_DAYS} dagen vast. Deze dag is langer geleden.")
