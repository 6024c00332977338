"""What one criterion says about one expert."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, Protocol

from bren_desktop.matching.candidate import Profile

UNKNOWN = 0.5
"""What an unanswered or unasked criterion is worth; never less than a mismatch."""
QUOTES = 2
SAFETY = "veiligheid"


class Verdict(StrEnum):
    """How an expert does on one criterion."""

    MATCH = "match"
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"


class Judgement(NamedTuple):
    """A verdict on one criterion with its Dutch sentence."""

    criterion: str
    verdict: Verdict
    text: str

    @property
    def warns(self) -> bool:
        """Whether the case speaks against what this expert offers."""
        return self.criterion == SAFETY and self.verdict is Verdict.MISMATCH


class Criterion(Protocol):
    """One criterion for one question. `value` runs from 0 to 1."""

    name: str
    highest: float
    """No expert has a higher value for this question."""

    def value(self, profile: Profile) -> float: ...
    def judge(self, profile: Profile) -> tuple[Verdict, str]: ...


class Gate(Criterion, Protocol):
    """A criterion that lowers the whole score of who fails it, given its own `value`."""

    def gate(self, profile: Profile, value: float) -> float: ...


def combined(parts: Iterable[float]) -> float:
    """Several partial fits as one: each next one, from strong to weak, counts for half of what it could."""
    left, share = 1.0, 1.0
    for part in sorted(parts, reverse=True):
        left *= 1.0 - share * part
        share /= 2
    return 1.0 - left


def quote(words: Iterable[str]) -> str:
    """The first few words of people, each between quotes, as part of a sentence."""
    return listed([f"'{word}'" for word in telling(words)][:QUOTES])


def telling(words: Iterable[str]) -> list[str]:
    """Each of these words of people once, and not what another of them says in more words."""
    once: dict[str, str] = {}
    for word in words:
        once.setdefault(f" {word.casefold()} ", word)
    return [word for key, word in once.items() if not any(key in other and key != other for other in once)]


def listed(parts: Iterable[str]) -> str:
    """`a`, `a en b`, or `a, b en c`."""
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} en {last}" if most else last
