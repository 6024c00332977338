"""The two letters of a laptop in case numbers (decision 9): AA for a founder, then AB, AC, … ZZ."""

from __future__ import annotations

from collections.abc import Collection
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
    if wish and wish not in taken:
        return wish
    for first, second in product(ascii_uppercase, repeat=2):
        if first + second not in taken:
            return first + second
    raise NoLettersLeftError
