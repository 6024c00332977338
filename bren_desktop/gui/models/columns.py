"""The columns of a list: what a cell says, and the badge it may wear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Row = TypeVar("Row")


class Tone(StrEnum):
    """What a badge means; its colour comes from the theme and never stands alone."""

    QUIET = "quiet"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Badge:
    """A word in a rounded box, with the icon before it that says the same without colour."""

    word: str
    tone: Tone = Tone.QUIET
    sign: str = ""
    icon: str = ""

    def text(self) -> str:
        """What the badge says."""
        return f"{self.sign} {self.word}" if self.sign else self.word


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column. It orders the rows by `order`, or else by `key`; `sortable` says whether a click on it may.

    A `spare` one is left out where not all columns fit, the last one first, and a `seldom` one while no row has
    anything in it, unless the user chose otherwise; its rows can be ordered by `key`. Where there is room to spare, a
    column grows from `width` to at most `wide`.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    tip: Callable[[Row], str] | None = None
    badge: Callable[[Row], Badge | None] | None = None
    width: int = 120
    wide: int = 0
    sortable: bool = True
    right: bool = False
    order: str = ""
    spare: bool = False
    seldom: bool = False
