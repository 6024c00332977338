"""The opvolgbrief: how each point of the advice stands, with boxes to tick, and an answer by a day.

To the verwijzer, to the young person from 12 (je) and to the parents (u): each is asked how content they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.clocks.counting import working_days_after
from bren_desktop.domain.dutch import long_date, sentence
from bren_desktop.domain.letters import Marks
from bren_desktop.domain.papers import common
from bren_desktop.domain.papers.family import to_family
from bren_desktop.domain.papers.kind import Audience, PaperKind, Piece, Sources, standing
from bren_desktop.domain.plain_dutch import explained, plain_sentence

ANSWER_WITHIN = 10
"""Working days."""


def _occasion(sources: Sources) -> str:
    day = sources.advice.vrijgegeven_op if sources.advice else None
    return sources.phrase("aanleiding", datum=long_date(day)) if day else ""


def _points(sources: Sources) -> Sequence[str]:
    rows = sources.advice.punten if sources.advice else ()
    return [sentence(row.wat) for row in rows]


def _plain_points(sources: Sources) -> Sequence[str]:
    return [plain_sentence(text) for text in _points(sources)]


def _plain_bridging(sources: Sources) -> str:
    return explained(_bridging(sources))


def _bridging(sources: Sources) -> str:
    return "\n".join(sources.phrase("overbrugging", wat=common.bridge(sources, bridge)) for bridge in sources.bridges)


def _answer(sources: Sources) -> str:
    day = working_days_after(sources.today, ANSWER_WITHIN, sources.calendar)
    return sources.phrase("antwoord", datum=long_date(day))


FOLLOW_UP_LETTER = PaperKind(
    key="opvolgbrief",
    title="Opvolgbrief",
    audience=Audience.REFERRER,
    addressed=True,
    lacks=common.lacks_advice,
    recipient=common.to_referrer,
    salutation=common.greet_referrer,
    pieces=(
        Piece("aanleiding", _occasion, mandatory=True),
        Piece("punten", _points, mandatory=True, marks=Marks.NUMBERS, under="stand"),
        Piece("overbrugging", _bridging),
        Piece("tevreden", standing("tevreden"), mandatory=True),
        Piece("nieuw", standing("nieuw"), mandatory=True),
        Piece("antwoord", _answer, mandatory=True),
        Piece("contact", common.contact, mandatory=True),
    ),
)
_TO_FAMILY = (
    Piece("aanleiding", _occasion, mandatory=True),
    Piece("punten", _plain_points, mandatory=True, marks=Marks.NUMBERS, under="stand", retold=True),
    Piece("overbrugging", _plain_bridging, retold=True),
    Piece("tevreden", standing("tevreden"), mandatory=True),
    Piece("nieuw", standing("nieuw"), mandatory=True),
    Piece("antwoord", _answer, mandatory=True),
    Piece("contact", common.contact, mandatory=True),
)
FOLLOW_UP_TO_YOUNG_PERSON, FOLLOW_UP_TO_PARENTS = to_family(
    "opvolgbrief", "Vragen aan jou over het advies", "Vragen aan u over het advies", _TO_FAMILY
)
