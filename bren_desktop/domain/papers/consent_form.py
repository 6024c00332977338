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
)
from bren_desktop.domain.dutch import capitalised, long_date
from bren_desktop.domain.letters import Marks
from bren_desktop.domain.papers.family import YOUNGEST
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


def _about(sources: Sources) -> str:
    born, name = sources.case.geboortedatum, full_name(sources.case)
    if not name:
        return ""
    if born is None:
        return sources.phrase("voor_wie_naam", naam=name)
    return sources.phrase("voor_wie", naam=name, datum=long_date(born))


def _said(sources: Sources, name: str, **values: str) -> str:
    """The sentence in the je-form where the young person alone decides, else in the u-form."""
    return sources.phrase(f"{name}_je" if _is_own(sources) else name, **values)


def _is_own(sources: Sources) -> bool:
    return sources.decides.ways[0] == (YOUNG_PERSON,)


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
    is_settled = sources.decides.variant is Variant.OWN
    return sources.phrase("duur_je" if is_settled else "duur", datum=long_date(longest_end(sources.today)))


def _rights(sources: Sources) -> str:
    return _said(sources, "rechten", contact=sources.contact.replace(" · ", " of ") or f"via {sources.made_by}")


def _child(sources: Sources) -> str:
    """What the young person has to do with it, where others sign too or instead."""
    if _is_own(sources):
        return ""
    if YOUNG_PERSON in sources.decides.ways[0]:
        return sources.phrase("kind_samen")
    age = sources.case.leeftijd
    return sources.phrase("kind" if age is not None and age < YOUNGEST else "kind_vertegenwoordigd")


def _reading_along(sources: Sources) -> str:
    return sources.phrase("meelezen") if _is_own(sources) else ""


def _signatures(sources: Sources) -> Sequence[str]:
    return [sources.phrase(_SIGNERS[giver]) for giver in sources.decides.ways[0]]


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
        Piece("rechten", _rights, mandatory=True),
        Piece("kind", _child),
        Piece("meelezen", _reading_along),
        Piece("mondeling", standing("mondeling"), mandatory=True),
    ),
)
