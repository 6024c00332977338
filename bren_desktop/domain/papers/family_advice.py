"""The advice in plain words (B1), for the young person from 12 (je) and for the parents (u): strengths first, no blame.

Only what was said for them goes in: points without their reasons, no analysis and no labels.
"""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain import case_words
from bren_desktop.domain.advice import PointRow
from bren_desktop.domain.dutch import capitalised, long_date
from bren_desktop.domain.letters import Marks
from bren_desktop.domain.papers import common
from bren_desktop.domain.papers.family import to_family
from bren_desktop.domain.papers.kind import Piece, Release, Sources, standing
from bren_desktop.domain.plain_dutch import explained, plain_sentence


def _strengths(sources: Sources) -> str:
    told = explained(case_words.paragraphs(sources.case.krachten, sources.case.wat_werkte))
    return case_words.paragraphs(sources.phrase("krachten"), told) if told else sources.phrase("krachten_leeg")


def _point(sources: Sources, row: PointRow) -> str:
    """One point; a day that has passed is no promise any more."""
    until = row.uiterlijk if row.uiterlijk and row.uiterlijk >= sources.today else None
    says = (
        plain_sentence(row.wat),
        sources.phrase("punt_wie", wie=capitalised(explained(row.eigenaar))) if row.eigenaar else "",
        sources.phrase("punt_wanneer", datum=long_date(until)) if until else "",
    )
    return " ".join(filter(None, says))


def _points(sources: Sources) -> Sequence[str]:
    return [_point(sources, row) for row in sources.advice.punten] if sources.advice else ()


def _talked_about(sources: Sources) -> str:
    return explained(sources.advice.besproken_met_gezin) if sources.advice else ""


def _bridging(sources: Sources) -> str:
    return explained(common.bridging(sources))


_PIECES = (
    Piece("krachten", _strengths, mandatory=True, retold=True),
    Piece("vraag", standing("vraag"), mandatory=True),
    Piece("gezin", _talked_about, retold=True),
    Piece("advies", _points, mandatory=True, marks=Marks.NUMBERS, retold=True),
    Piece("overbrugging", _bridging, retold=True),
    Piece("procesregisseur", common.coordinator, mandatory=True),
    Piece("opvolgmoment", common.next_day, mandatory=True),
    Piece("stagnatie", standing("stagnatie")),
    Piece("meedoen", standing("meedoen"), mandatory=True),
    Piece("contact", common.contact, mandatory=True),
)
TO_YOUNG_PERSON, TO_PARENTS = to_family("adviesbrief", "Ons advies aan jou", "Ons advies aan u", _PIECES, Release.CHAIR)
