"""The two letters of a laptop in case numbers (decision 9): AA for a founder, then AB, AC, … ZZ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import product
from string import ascii_uppercase

from bren_desktop.errors import UserFacingError

FIRST = "AA"


class NoLettersLeftError(UserFacingError):
    """Every pair of letters is in use."""

    def __init__(self) -> None:
        super().__init__(
            "Er zijn geen letters meer over voor een nieuwe laptop in dit team. Er is niets veranderd. "
            "Vraag uw beheerder om hulp."
        )


def next_letters(taken: Collection[str], wish: str = "") -> str:
    """`wish` where nobody has it, else the first letters that are free. Raises NoLettersLeftError."""
    letters = _free(taken, wish)
    if letters is None:
        raise NoLettersLeftError
    return letters


def given_letters(wishes: Iterable[tuple[bytes, str]]) -> Mapping[bytes, str]:
    """The letters of devices that were let in in this order: each its wish, or the first that are free by then."""
    given: dict[bytes, str] = {}
    taken: set[str] = set()
    for device, wish in wishes:
        if device not in given:
            given[device] = _free(taken, wish) or wish
            taken.add(given[device])
    return given


def _free(taken: Collection[str], wish: str) -> str | None:
    if wish and wish not in taken:
        return wish
    pairs = (first + second for first, second in product(ascii_uppercase, repeat=2))
    return next((pair for pair in pairs if pair not in taken), None)
