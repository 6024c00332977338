"""The thesaurus of the program with what a network changed in it: a valid one, whatever the changes say. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bren_desktop.language.thesaurus import Concept, Thesaurus


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of the network's own concept `concept` is not in force, in a sentence."""

    concept: str
    why: str


@dataclass(frozen=True, slots=True)
class Overlaid:
    """What is in force, and what had to be left out of it."""

    thesaurus: Thesaurus
    left_out: tuple[LeftOut, ...]


def overlaid(shipped: Thesaurus, own: Mapping[str, Concept | None]) -> Overlaid:
    """`shipped` with whole concepts in the place of its own, or beside them; None takes one out."""
    mine = {id: one for id, one in sorted(own.items()) if one is not None}
    laid = {**{id: mine.get(id, one) for id, one in shipped.concepts.items() if id in mine or id not in own}, **mine}
    doubles = _doubles([*mine.values(), *(one for id, one in laid.items() if id not in mine)])
    concepts = {id: one for id, one in laid.items() if id not in doubles}
    left_out = [LeftOut(id, f"Er is al een begrip dat ‘{laid[id].label}’ heet.") for id in doubles if id in mine]
    concepts, loose = _without_loose_links(concepts)
    concepts, loops = _without_loops(concepts, mine.keys() & concepts.keys())
    left_out += [LeftOut(id, f"Het verwijst naar ‘{other}’, en dat is er niet.") for id, other in loose if id in mine]
    left_out += [LeftOut(id, f"Het valt onder ‘{other}’, dat zelf onder dit begrip valt.") for id, other in loops]
    return Overlaid(Thesaurus(concepts), tuple(sorted(left_out, key=lambda each: each.concept)))


def difference(shipped: Thesaurus, laid: Thesaurus) -> dict[str, Concept | None]:
    """What to lay over `shipped` to have `laid` again."""
    gone = dict.fromkeys(id for id in shipped.concepts if id not in laid.concepts)
    return {**gone, **{id: one for id, one in laid.concepts.items() if shipped.concepts.get(id) != one}}


def _doubles(concepts: Iterable[Concept]) -> Collection[str]:
    """The concepts with a label that one before them has."""
    first: dict[str, str] = {}
    return [one.id for one in concepts if first.setdefault(one.label.casefold(), one.id) != one.id]


def _without_loose_links(concepts: Mapping[str, Concept]) -> tuple[dict[str, Concept], list[tuple[str, str]]]:
    """The concepts without links to what is not there, and these links."""
    found: dict[str, Concept] = {}
    loose: list[tuple[str, str]] = []
    for id, one in concepts.items():
        missing = {other for other in one.linked if other not in concepts}
        found[id] = one.without_links(missing) if missing else one
        loose += [(id, other) for other in sorted(missing)]
    return found, loose


def _without_loops(
    concepts: Mapping[str, Concept], mine: Collection[str]
) -> tuple[dict[str, Concept], list[tuple[str, str]]]:
    """The concepts without the links upward that would close a loop, and these links; only those of `mine` can."""
    up = {id: [] if id in mine else [*one.broader] for id, one in concepts.items()}
    found = dict(concepts)
    loops: list[tuple[str, str]] = []
    for id in sorted(mine):
        for other in sorted(concepts[id].broader):
            if _leads_to(other, id, up):
                loops.append((id, other))
            else:
                up[id].append(other)
        if len(up[id]) < len(concepts[id].broader):
            found[id] = concepts[id].model_copy(update={"broader": tuple(up[id])})
    return found, loops


def _leads_to(start: str, end: str, up: Mapping[str, Iterable[str]]) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        one = waiting.pop()
        if one == end:
            return True
        new = [other for other in up[one] if other not in seen]
        seen.update(new)
        waiting += new
    return False
