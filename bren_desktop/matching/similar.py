"""How alike two cases are: by what both tell of, the rarest the most, and by age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from heapq import nsmallest
from math import log
from typing import NamedTuple

ALIKE = 0.25
"""What two cases must have in common at least."""
OTHER_AGE = 0.7
BANDS = (6, 12, 16, 18)
"""The ages at which another band begins."""


class Alike(NamedTuple):
    """A case that is like another: how much (0 to 1), and what both tell of, the most telling first."""

    number: int
    score: float
    shared: tuple[str, ...]


def most_alike(
    asked: Mapping[str, float], telling: Mapping[str, Mapping[int, float]], everybody: int, most: int
) -> tuple[Alike, ...]:
    """The cases that share most with what is `asked`, given who of `everybody` tells of each concept; ages aside."""
    rarity = {concept: log(1 + everybody / max(1, len(cases))) for concept, cases in telling.items()}
    whole = sum(asked[concept] * rarity[concept] for concept in telling)
    scores: defaultdict[int, float] = defaultdict(float)
    for concept, cases in telling.items():
        wanted, rare = asked[concept], rarity[concept]
        for number, weight in cases.items():
            scores[number] += (weight if weight < wanted else wanted) * rare
    best = nsmallest(most, scores, key=lambda number: (-scores[number], -number))
    return tuple(
        Alike(number, scores[number] / whole, _shared(number, telling, rarity))
        for number in best
        if scores[number] >= ALIKE * whole
    )


def of_an_age(one: int | None, other: int | None) -> float:
    """How far two ages leave a likeness whole; an age that is not known takes nothing away."""
    if one is None or other is None or band(one) == band(other):
        return 1.0
    return OTHER_AGE


def band(age: int) -> int:
    """Which part of childhood an age lies in."""
    return sum(age >= begin for begin in BANDS)


def _shared(number: int, telling: Mapping[str, Mapping[int, float]], rarity: Mapping[str, float]) -> tuple[str, ...]:
    """What a case tells of as well, the rarest first."""
    shared = {concept: cases[number] * rarity[concept] for concept, cases in telling.items() if number in cases}
    return tuple(sorted(shared, key=lambda concept: (-shared[concept], concept)))
