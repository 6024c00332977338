"""Earlier cases like this one: what they share, what was advised there, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bren_desktop.domain import advising
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.advice import Advice
from bren_desktop.domain.cases import Case, known_age
from bren_desktop.domain.closing import ClosingState, Lesson
from bren_desktop.domain.dutch import sentence
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.pseudonyms import mask_for
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.vocabulary import Term, vocabulary
from bren_desktop.matching.links import is_concept
from bren_desktop.matching.similar import Alike, most_alike, of_an_age
from bren_desktop.services.asking import concepts_of
from bren_desktop.services.closing import standing
from bren_desktop.services.context import Context, author
from bren_desktop.services.doubles import absorbed, goes_on_in
from bren_desktop.services.knowledge import Knowledge, Shares
from bren_desktop.services.loading import children, load
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import CaseFilter, CaseRow

MOST, LOOKED_AT = 5, 40
CONCEPTS, CASES = 12, 1000
"""Of how many concepts of the case, and of how many cases that tell of each the most, the likeness is worked out."""
SHARED, POINTS, LESSONS, LONGEST = 5, 3, 2, 140


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """An earlier case: what both tell of in words, the points of the advice that holds, result and lessons.

    What is of a criminal-law kind makes cases alike, and is not named.
    """

    row: CaseRow
    age: int | None
    shared: tuple[str, ...]
    advised: tuple[str, ...]
    result: str
    lessons: tuple[str, ...]


class Similar:
    """Looks among the cases that the actor may see, by what was read of them (decision 0017)."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def to(self, actor: Actor, case: str, most: int = MOST) -> Sequence[SimilarCase]:
        """The `most` cases most like `case`, the most alike first; never itself or its double.

        Their reading is logged.
        """
        require(actor, Right.READ_CASE)
        with self._context.store.write(author(actor)) as writer:
            record = load(writer, Kind.CASE, Case, case)
            knowledge = self._context.knowing.now(writer)
            alike = self._alike(writer, case, record, _asked(knowledge, record))[:most]
            found = [self._told(writer, knowledge, row, one) for row, one in alike]
            seen = (case, *(one.row.entity for one in found))
            writer.log_read([self._context.read_entry(actor, "vergelijken", Kind.CASE, entity) for entity in seen])
        return found

    def _alike(self, reader: Reader, case: str, record: Case, asked: Shares) -> Sequence[tuple[CaseRow, Alike]]:
        telling = {concept: reader.mentioning(Kind.CASE, {concept: 1.0}, CASES) for concept in asked}
        alike = most_alike(asked, telling, reader.count_cases(CaseFilter()), LOOKED_AT)
        rows = reader.numbered_cases([one.number for one in alike])
        goes_on = goes_on_in(reader, case)
        today = self._context.today()
        itself, age = {case, goes_on, *absorbed(reader, goes_on)}, known_age(record, today)
        others = [(rows[one.number], one) for one in alike if one.number in rows]
        left = [(row, one) for row, one in others if row.entity not in itself]
        return sorted(left, key=lambda pair: -pair[1].score * of_an_age(age, pair[0].age(today)))

    def _told(self, reader: Reader, knowledge: Knowledge, row: CaseRow, alike: Alike) -> SimilarCase:
        advices = dict(children(reader, Kind.ADVICE, Advice, row.entity))
        advice = advices.get(advising.current(advices), Advice())
        _, closing = standing(reader, row.entity)
        result = closing.resultaat if closing and closing.state is ClosingState.CONFIRMED else ""
        lessons = [lesson.tekst for _, lesson in children(reader, Kind.LESSON, Lesson, row.entity)]
        case = load(reader, Kind.CASE, Case, row.entity)
        nameless = mask_for(case)
        terms = [_term(knowledge, key) for key in alike.shared]
        return SimilarCase(
            row,
            known_age(case, self._context.today()),
            tuple(term.label for term in terms if not term.criminal)[:SHARED],
            tuple(_short(nameless(point.wat)) for point in advice.punten[:POINTS] if point.wat),
            vocabulary("resultaten").label(result) if result else "",
            tuple(_short(nameless(text)) for text in lessons[:LESSONS] if text),
        )


def _asked(knowledge: Knowledge, record: Case) -> Shares:
    """What the case itself tells of the most: concepts, domains and knelpunten, which all have words."""
    known = concepts_of(knowledge, record)
    told = {key: weight for key, weight in known.items() if is_concept(key) or key[:3] in _CODES}
    strongest = sorted(told, key=lambda key: (-told[key], not is_concept(key), key))
    return {key: told[key] for key in strongest[:CONCEPTS]}


_CODES = {"DM-": "domeinen", "KP-": "knelpunten"}


def _term(knowledge: Knowledge, key: str) -> Term:
    return (knowledge.terms if is_concept(key) else vocabulary(_CODES[key[:3]])).term(key)


def _short(text: str) -> str:
    line = sentence(" ".join(text.split()))
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rpartition(' ')[0]} …"
