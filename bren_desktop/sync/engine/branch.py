"""The part of a chain that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ENDLESS = 10**8


@dataclass(frozen=True, slots=True)
class Branch:
    """The part of a chain that may be applied: up to `last`, and where there is a choice the segment of that digest."""

    last: int = ENDLESS
    digests: Mapping[int, bytes] = field(default_factory=dict)
    fork: int = 0
    """The lowest seq that was written twice; 0 where none was."""
    awaited: int = 0
    """The seq above `last` whose segment a cut rests on and that is not in hand; 0 where none is."""
