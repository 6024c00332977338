"""Where the pool is thin: what the cases of a year ask for against who is there for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.matching.links import links
from bren_desktop.matching.practical import is_available
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import ExpertRow

EXPERTISE = "expertise_pareltjes"
FEW = 3
"""Fewer cases than this are not counted out: a small number may name a family."""
CLEAR = 0.3
"""How strongly a case must ask for an expertise to count; a hint does not."""
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Thin:
    """One expertise: how many cases asked for it (None: fewer than FEW), and how many pareltjes are available."""

    code: str
    asked: int | None
    available: int

    @property
    def shortage(self) -> float:
        """Cases for each pareltje; nobody counts as half of one."""
        return (self.asked or FEW - 1) / (self.available or 0.5)


def thinness(reader: Reader, experts: Iterable[ExpertRow], since: date, today: date) -> Sequence[Thin]:
    """What the cases lodged from `since` ask for, the shortest first; what none of them asks is left out."""
    lodged = reader.lodged_since(since)
    covered = Counter(code for row in experts if is_available(row, today) for code in row.expertise)
    terms = vocabulary(EXPERTISE)
    counts = {term.code: _asked(reader, term.code, lodged) for term in terms}
    found = [Thin(code, n if n >= FEW else None, covered[code]) for code, n in counts.items() if n]
    return sorted(found, key=lambda thin: (-thin.shortage, terms.label(thin.code)))


def _asked(reader: Reader, expertise: str, lodged: Collection[int]) -> int:
    mentioning = reader.mentioning(Kind.CASE, _asking(expertise), _ALL)
    return sum(number in lodged for number, weight in mentioning.items() if weight >= CLEAR)


def _asking(expertise: str) -> Mapping[str, float]:
    """What a case may mention that asks for this expertise, and how much it does: the expertise itself, and tags."""
    tags = {code: asked[expertise] for code, asked in links().asked_by.items() if expertise in asked}
    return {**tags, expertise: 1.0}
