"""What laptops must hold after quiescence, from what the independent reader reads: no program code decides here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.sync.independent.reader import Operation

Dot = tuple[bytes, int]
Live = dict[tuple[str, str, str], dict[Dot, Any]]
"""The versions of each (entity, field, key) that nobody who saw them replaced, by dot."""


def live(operations: Iterable[Operation], sets: Mapping[str, frozenset[str]]) -> Live:
    """Every write minus those that a later author had seen and replaced. `sets`: per kind, fields of elements."""
    written: Live = {}
    replaced: dict[tuple[str, str, str], set[Dot]] = {}
    for found in operations:
        kind, entity, changes = found.operation[5], found.operation[6], found.operation[8]
        for name, key, value, dots in changes:
            place = (entity, name, key)
            counted = {(device, counter) for device, counter in dots if counter <= found.covers.get(device, 0)}
            replaced.setdefault(place, set()).update(counted)
            if value is not None or name not in sets.get(kind, frozenset()):
                written.setdefault(place, {})[found.device, found.counter] = value
    kept = {
        place: {dot: value for dot, value in versions.items() if dot not in replaced[place]}
        for place, versions in written.items()
    }
    return {place: versions for place, versions in kept.items() if versions}
