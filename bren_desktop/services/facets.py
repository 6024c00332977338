"""What was found, counted by kind, status, region and the like, and narrowed to what was chosen of these.

Codes of one facet add up (this region or that), facets narrow each other. A code counts what choosing it gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from bren_desktop.services.rows import Traits

FACETS: Mapping[str, str] = {
    "soort": "",
    "status": "casusstatus",
    "regio": "jeugdregios",
    "knelpunten": "knelpunten",
    "beschikbaarheid": "beschikbaarheid",
    "jaar": "",
}
"""Each facet, in the order in which people narrow, with the list that has its labels."""
Chosen = Mapping[str, Collection[str]]
"""The codes that were chosen, by facet."""
ANYTHING: Chosen = {}


def narrowed(numbers: Sequence[int], traits: Mapping[int, Traits], chosen: Chosen) -> Sequence[int]:
    """Those of `numbers` that have what was chosen, in their order."""
    return [number for number in numbers if not any(_missing(traits.get(number, {}), chosen))]


def counted(numbers: Sequence[int], traits: Mapping[int, Traits], chosen: Chosen) -> Mapping[str, Mapping[str, int]]:
    """How many records each code of each facet has, of those that have what was chosen in the other facets."""
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for number in numbers:
        told = traits.get(number, {})
        missing = [*_missing(told, chosen)]
        for facet in FACETS if not missing else missing[:1] if len(missing) == 1 else ():
            counts[facet].update(code for code in told.get(facet, ()) if code)
    return counts


def _missing(told: Traits, chosen: Chosen) -> Iterator[str]:
    """The facets of which this record has nothing that was chosen."""
    return (facet for facet, codes in chosen.items() if codes and not set(codes).intersection(told.get(facet, ())))


def first_of_each(numbers: Sequence[int], traits: Mapping[int, Traits], most: int) -> Sequence[int]:
    """At most so many of each kind, in their order."""
    shown: Counter[str] = Counter()
    taken = []
    for number in numbers:
        kind = sort_of(traits, number)
        shown[kind] += 1
        if shown[kind] <= most:
            taken.append(number)
    return taken


def sort_of(traits: Mapping[int, Traits], number: int) -> str:
    """The kind of a record; empty for one that lists do not know."""
    return next(iter(traits.get(number, {}).get("soort", ())), "")
