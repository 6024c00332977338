"""The candidates of one search by kind: by number, by kind and day, and what words and concepts add."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from bren_desktop.domain.entities import Kind
from bren_desktop.services.asked_papers import AskedPapers
from bren_desktop.services.candidates import ASKED_FOR, BY_PLACE, CANDIDATES
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import Dated, Tier

_NEXT = 1e-6
"""How much less each next one is worth of what stands in an order already."""


@dataclass(slots=True)
class Gathered:
    """The candidates of one search by kind, each with what it is worth; `more` are the kinds that were cut."""

    meant: str
    by_kind: dict[Kind, Mapping[int, float]] = field(default_factory=dict)
    more: set[str] = field(default_factory=set)

    def take(self, kind: Kind, numbers: Sequence[int], worth: float) -> None:
        """Take records that are worth the same, so that they stay in their order."""
        if numbers:
            self.by_kind[kind] = {number: worth - place * _NEXT for place, number in enumerate(numbers)}

    def add(self, found: Mapping[Kind, Mapping[int, float]]) -> None:
        """Add what was ranked; what was taken stays worth what it was."""
        for kind, scores in found.items():
            self.by_kind[kind] = {**scores, **self.by_kind.get(kind, {})}

    def first(self, numbers: Collection[int], most: int) -> Mapping[int, float]:
        """At most so many of `numbers` of each kind with what they are worth, the best first."""
        of_kinds = (((n, scores[n]) for n in numbers if n in scores) for scores in self.by_kind.values())
        return dict(sorted((each for some in of_kinds for each in islice(some, most)), key=_best_first))

    def kinds(self) -> Mapping[int, tuple[str, ...]]:
        """The kind of each, as a facet."""
        found: dict[int, tuple[str, ...]] = {}
        for kind, scores in self.by_kind.items():
            found.update(dict.fromkeys(scores, (kind.value,)))
        return found

    def ranked(self) -> Sequence[int]:
        """The best of every kind, of each the best first and of equals the newest."""
        best: list[int] = []
        for kind, scores in self.by_kind.items():
            best += [number for number, _ in sorted(scores.items(), key=_best_first)[:CANDIDATES]]
            self.more |= {kind} if len(scores) > CANDIDATES else set()
        return best


def _best_first(each: tuple[int, float]) -> tuple[float, int]:
    return -each[1], -each[0]


def take_numbered(found: Gathered, reader: Reader, kinds: Sequence[Kind], text: str) -> None:
    """The cases and documents whose number begins so, and the discussions of those cases."""
    for kind, tier in ((Kind.CASE, Tier.TITLE), (Kind.DOCUMENT, Tier.BEGUN)):
        if kind in kinds:
            found.take(kind, reader.numbered(kind, text, ASKED_FOR), BY_PLACE[tier])
    cases = found.by_kind.get(Kind.CASE)
    if cases and Kind.DISCUSSION in kinds:
        numbers, _ = reader.dated(Dated(Kind.DISCUSSION, cases=[*cases]), ASKED_FOR)
        found.take(Kind.DISCUSSION, numbers, BY_PLACE[Tier.BEGUN])


def take_papers(found: Gathered, reader: Reader, kinds: Sequence[Kind], asked: AskedPapers) -> None:
    """The documents and discussions that were asked for, of the case that was named with them if one was."""
    cases = _called(reader, asked.rest) if asked.rest else None
    narrow = Tier.BEGUN if asked.rest or asked.span else Tier.TEXT
    for kind, sorts in asked.sorts.items():
        if kind in kinds:
            numbers, is_cut = reader.dated(Dated(kind, sorts, asked.span, cases), ASKED_FOR)
            found.take(kind, numbers, BY_PLACE[Tier.TITLE if asked.is_whole else narrow])
            found.more |= {kind} if is_cut else set()


def _called(reader: Reader, text: str) -> Sequence[int]:
    """The cases with this number, or with these words in their title."""
    holding = reader.holding(Kind.CASE, text, CANDIDATES)
    in_title = [number for number, tier in holding.items() if tier is not Tier.TEXT]
    return reader.numbered(Kind.CASE, text, CANDIDATES) or in_title
