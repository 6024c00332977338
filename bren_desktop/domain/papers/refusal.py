"""The afwijzing to the verwijzer: that the team does not take the question, why, and who can help."""

from __future__ import annotations

from bren_desktop.domain import case_words
from bren_desktop.domain.dutch import sentence
from bren_desktop.domain.papers import common
from bren_desktop.domain.papers.kind import Audience, PaperKind, Piece, Release, Sources, standing
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition

_STATES = frozenset({State.TRIAGE, State.DECLINED})


def _declined(sources: Sources) -> Transition:
    """The step that declined the case; an empty one while it is still in triage, or again."""
    if sources.case.status != State.DECLINED:
        return Transition()
    return next((each for each in reversed(sources.transitions) if each.naar == State.DECLINED), Transition())


def _elsewhere(sources: Sources) -> str:
    place = _declined(sources).doorgeleid_naar
    return sources.phrase("doorgeleiding", waar=place) if place else ""


REFUSAL = PaperKind(
    key="afwijzing",
    title="Bericht over uw aanmelding",
    audience=Audience.REFERRER,
    pages=1,
    release=Release.CHAIR,
    addressed=True,
    lacks=lambda sources: "" if sources.case.status in _STATES else "Over deze casus is niet afwijzend besloten.",
    recipient=common.to_referrer,
    salutation=common.greet_referrer,
    pieces=(
        Piece("besluit", lambda sources: sources.phrase("besluit", wie=case_words.who(sources.case)), mandatory=True),
        Piece("reden", lambda sources: sentence(_declined(sources).reden), mandatory=True),
        Piece("doorgeleiding", _elsewhere, mandatory=True),
        Piece("overdracht", standing("overdracht")),
        Piece("gezin", standing("gezin")),
        Piece("oneens", standing("oneens")),
        Piece("contact", common.contact, mandatory=True),
    ),
)
