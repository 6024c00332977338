"""The ontvangstbevestiging to the verwijzer: it came in, what happens next, and when."""

from __future__ import annotations

from bren_desktop.domain.clocks.levels import service_level
from bren_desktop.domain.dutch import long_date
from bren_desktop.domain.letters import Marks
from bren_desktop.domain.papers import common
from bren_desktop.domain.papers.kind import Audience, PaperKind, Piece, Sources, standing
from bren_desktop.domain.states import ENDED, State


def _lacks(sources: Sources) -> str:
    if sources.case.status == State.CONCEPT or sources.case.datum_aanmelding is None:
        return "De aanmelding is nog niet compleet."
    return "Deze casus is afgesloten." if sources.case.status in ENDED else ""


def _received(sources: Sources) -> str:
    day = sources.case.datum_aanmelding
    return sources.phrase("ontvangen", datum=long_date(day), nummer=sources.case.nummer) if day else ""


def _terms(sources: Sources) -> tuple[str, ...]:
    day = sources.case.datum_aanmelding
    if day is None:
        return ()
    triage = service_level("TM-TRIAGE").due(day, sources.calendar)
    table = service_level("TM-BESPREKING").due(triage, sources.calendar)
    promised = {"triage": triage, "bespreking": table}
    return (
        *(sources.phrase(name, datum=long_date(until)) for name, until in promised.items() if until >= sources.today),
        sources.phrase("advies"),
    )


RECEIPT = PaperKind(
    key="ontvangstbevestiging",
    title="Ontvangstbevestiging",
    audience=Audience.REFERRER,
    pages=1,
    addressed=True,
    lacks=_lacks,
    recipient=common.to_referrer,
    salutation=common.greet_referrer,
    pieces=(
        Piece("ontvangen", _received, mandatory=True),
        Piece("vervolg", standing("vervolg"), mandatory=True),
        Piece("termijnen", _terms, mandatory=True, marks=Marks.BULLETS),
        Piece("nodig", standing("nodig")),
        Piece("crisis", standing("crisis"), mandatory=True),
        Piece("contact", common.contact, mandatory=True),
    ),
)
