"""How near two jeugdhulpregio's are."""

from __future__ import annotations

from enum import IntEnum
from functools import cache

from bren_desktop.domain.vocabulary import vocabulary


class Nearness(IntEnum):
    """Higher is nearer."""

    ELSEWHERE = 0
    NETWORK = 1
    ADJACENT = 2
    SAME = 3


@cache
def nearness(one: str, other: str) -> Nearness:
    """How near region `other` is to region `one`; adjacency counts when either list names the other."""
    if one == other:
        return Nearness.SAME
    regions = vocabulary("jeugdregios")
    first, second = regions.term(one).extra, regions.term(other).extra
    if other in first.get("aangrenzend", ()) or one in second.get("aangrenzend", ()):
        return Nearness.ADJACENT
    network = first.get("netwerk")
    return Nearness.NETWORK if network and network == second.get("netwerk") else Nearness.ELSEWHERE


@cache
def region_of(municipality: str) -> str:
    """The region that lists `municipality`, or an empty text."""
    wanted = municipality.casefold()
    for term in vocabulary("jeugdregios"):
        if wanted and wanted in (name.casefold() for name in term.extra.get("gemeenten", ())):
            return term.code
    return ""
