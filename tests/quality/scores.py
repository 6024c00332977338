"""How good an ordered list is, against grades that people gave: the usual measures, on plain ids."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import log2

BEST = 3
"""The grade of what one looks for."""


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = 5) -> float:
    """NDCG of the first `depth`, with gain 2^grade − 1; 1.0 where nothing is to be found."""
    best = _dcg(sorted(grades.values(), reverse=True)[:depth])
    return _dcg([grades.get(one, 0) for one in found[:depth]]) / best if best else 1.0


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """One over the place of the first hit that is what one looks for; 0 where it is not found."""
    places = [place for place, one in enumerate(found, 1) if grades.get(one, 0) == BEST]
    return 1 / places[0] if places else 0.0


def kept(found: Sequence[str], pairs: Collection[tuple[str, str]]) -> int:
    """How many of the (above, below) pairs stand so. Who is not in the list stands below everybody who is."""
    places = {one: place for place, one in enumerate(found)}
    last = len(found)
    return sum(places.get(above, last) < places.get(below, last) for above, below in pairs)


def _dcg(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))
