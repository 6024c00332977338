"""The toestemmingsformulier in the variant of who decides: parents, young person and parents, young person, voogd."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.cases import full_name
from bren_desktop.domain.consent import longest_end
from bren_desktop.domain.deciders import (
    FIRST_PARENT,
    GUARDIAN,
    OTHER_PARENT,
    REPRESENTATIVE,
    YOUNG_PERSON,
    Variant,
    deciders,
)
from bren_desktop.domain.dutch import capitalised, long_date
from bren_desktop.domain.letters import Marks
from bren_desktop.domain.papers.kind import Audience, PaperKind, Piece, Sources, standing
from bren_desktop.domain.states import ENDED
from bren_desktop.domain.vocabulary import Term, vocabulary

_SIGNERS = {
    YOUNG_PERSON: "jeugdige",
    FIRST_PARENT: "ouder1",
    OTHER_PARENT: "ouder2",
    GUARDIAN: "voogd",
    REPRESENTATIVE: "vertegenwoordiger",
}


def variant(sources: Sources) -> Variant:
    """Which of the four sheets it is."""
    return deciders(sources.case, sources.today).variant


def _about(sources: Sources) -> str:
    born, name = sources.case.geboortedatum, full_name(sources.case)
    if not name:
        return ""
    if born is None:
        return sources.phrase("voor_wie_naam", naam=name)
    return sources.phrase("voor_wie", naam=name, datum=long_date(born))


def _said(sources: Sources, name: str, **values: str) -> str:
    """The sentence in the je-form where the young person alone decides, else in the u-form."""
    return sources.phrase(f"{name}_je" if variant(sources) is Variant.OWN else name, **values)


def _purposes(sources: Sources) -> Sequence[str]:
    return [sources.phrase("doel", doel=_plainly(sources, term)) for term in vocabulary("toestemmingsdoelen")]


def _recipients(sources: Sources) -> Sequence[str]:
    return [
        *(capitalised(_plainly(sources, term)) for term in vocabulary("ontvangersgroepen")),
        sources.phrase("wie_anders"),
    ]


def _plainly(sources: Sources, term: Term) -> str:
    """What a code means to a family; the label of one that came later."""
    name = term.code.casefold().replace("-", "_")
    return sources.phrase(name) if name in sources.texts.sentences else term.label


def _until(sources: Sources) -> str:
    return _said(sources, "duur", datum=long_date(longest_end(sources.today)))


def _child(sources: Sources) -> str:
    if variant(sources) is Variant.PARENTS:
        return sources.phrase("kind")
    return sources.phrase("kind_samen") if variant(sources) is Variant.TOGETHER else ""


def _reading_along(sources: Sources) -> str:
    return sources.phrase("meelezen") if variant(sources) is Variant.OWN else ""


def _signatures(sources: Sources) -> Sequence[str]:
    return [sources.phrase(_SIGNERS[giver]) for giver in deciders(sources.case, sources.today).ways[0]]


CONSENT_FORM = PaperKind(
    key="toestemmingsformulier",
    title="Toestemmingsformulier",
    audience=Audience.FAMILY,
    lacks=lambda sources: "Deze casus is afgesloten." if sources.case.status in ENDED else "",
    signatures=_signatures,
    pieces=(
        Piece("voor_wie", _about, mandatory=True),
        Piece("waarom", lambda sources: _said(sources, "waarom"), mandatory=True),
        Piece("gegevens", standing("gegevens"), mandatory=True),
        Piece("doelen", _purposes, mandatory=True, marks=Marks.LETTERS),
        Piece("met_wie", _recipients, mandatory=True, marks=Marks.BOXES),
        Piece("duur", _until, mandatory=True),
        Piece("intrekken", lambda sources: _said(sources, "intrekken"), mandatory=True),
        Piece(
            "rechten",
            lambda sources: _said(sources, "rechten", contact=sources.contact.replace(" · ", " of ")),
            mandatory=True,
        ),
        Piece("kind", _child),
        Piece("meelezen", _reading_along),
        Piece("mondeling", standing("mondeling"), mandatory=True),
    ),
)
