"""What came of earlier inzet: it weighs a little, and never against who is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean

from bren_desktop.matching.candidate import Profile
from bren_desktop.matching.verdicts import UNKNOWN, Verdict, listed

IMAGINED = 5
"""Everybody begins with this many imagined inzetten of the average of the pool, so that one or two say little."""


@dataclass(frozen=True, slots=True)
class Past:
    """The inzetten of one expert: how each evaluated one was rated (0 to 1), results by name, the last request."""

    ratings: tuple[float, ...] = ()
    results: Mapping[str, int] | None = None
    asked: date | None = None


NOTHING = Past()


class Earlier:
    """How did those fare whom this expert helped before, against the average of the pool?"""

    name = "eerdere_inzet"

    def __init__(self, past: Mapping[str, Past]) -> None:
        self._past = past
        rated = [rating for one in past.values() for rating in one.ratings]
        self._average = mean(rated) if rated else UNKNOWN
        self.highest = max(UNKNOWN, *map(self._shrunk, past.values())) if past else UNKNOWN

    def value(self, profile: Profile) -> float:
        return self._shrunk(self._of(profile))

    def _shrunk(self, past: Past) -> float:
        above = sum(rating - self._average for rating in past.ratings)
        return UNKNOWN + UNKNOWN * above / (len(past.ratings) + IMAGINED)

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        past = self._of(profile)
        if not past.ratings:
            return (
                Verdict.UNKNOWN,
                "Van deze expert is geen beoordeelde inzet te zien; dat telt niet tegen iemand.",
            )
        told = f"Eerder geëvalueerde inzet: {listed(_results(past))}."
        return (Verdict.MATCH if self.value(profile) >= UNKNOWN else Verdict.UNKNOWN), told

    def last_asked(self, profile: Profile) -> int:
        """The day of the last request as a number; 0 for who was never asked. Work is spread: the lowest goes first."""
        asked = self._of(profile).asked
        return asked.toordinal() if asked else 0

    def _of(self, profile: Profile) -> Past:
        return self._past.get(profile.row.entity, NOTHING)


def _results(past: Past) -> Sequence[str]:
    told = past.results or {}
    silent = len(past.ratings) - sum(told.values())
    named = [f"{times} keer {name}" for name, times in told.items()]
    return [*named, f"{silent} keer zonder resultaat"] if silent else named
