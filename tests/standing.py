"""A clock that stands still, for every store and service that is tested apart from the time."""

from __future__ import annotations

from dataclasses import dataclass

NOON_MS = 1_795_345_200_000
"""Noon on 22 November 2026."""


@dataclass(frozen=True)
class StandingClock:
    """Always this moment."""

    moment_ms: int = NOON_MS

    def now_ms(self) -> int:
        return self.moment_ms
