"""What was found, counted by kind, status, region and the like, and narrowed to what was chosen of these.

Codes of one facet add up (this region or that), facets narrow each other. A code counts what choosing it gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import chain

from bren_desktop.services.rows import Traits

KIND = "soort"
FACETS: Mapping[str, str] = {
    KIND: "",
    "status": "casusstatus",
    "regio": "jeugdregios",
    "knelpunten": "knelpunten",
    "domeinen": "domeinen",
    "jaar": "",
    "beschikbaarheid": "beschikbaarheid",
}
"""Each facet, in the order in which people narrow, with the list that has its labels."""
Chosen = Mapping[str, Collection[str]]
"""The codes that were chosen, by facet."""
ANYTHING: Chosen = {}


def narrowed(numbers: Collection[int], traits: Traits, chosen: Chosen) -> Collection[int]:
    """Those of `numbers` that have what was chosen, in their order."""
    for facet, codes in chosen.items():
        wanted, told = frozenset(codes), traits.get(facet, {})
        if wanted:
            numbers = [number for number in numbers if not wanted.isdisjoint(told.get(number, ()))]
    return numbers


def counted(numbers: Collection[int], traits: Traits, chosen: Chosen) -> Mapping[str, Mapping[str, int]]:
    """How many records each code of each facet has, of those that have what was chosen in the other facets."""
    counts: dict[str, Counter[str]] = {}
    for facet, told in traits.items():
        left = narrowed(numbers, traits, {other: codes for other, codes in chosen.items() if other != facet})
        counts[facet] = Counter(chain.from_iterable(told[number] for number in left if number in told))
        del counts[facet][""]
    return counts
