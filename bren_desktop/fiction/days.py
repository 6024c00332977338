"""Days of the fiction. Nothing depends on the day on which it is made."""

from __future__ import annotations

from datetime import date, timedelta

from bren_desktop.domain.dutch import long_date
from bren_desktop.fiction.dice import Dice

ANCHOR = date(2026, 11, 1)
"""The day on which all fiction plays."""


def before(day: date, days: int) -> date:
    """The day that lies `days` before `day`."""
    return day - timedelta(days=days)


def recent(dice: Dice, fewest: int, most: int) -> date:
    """A working day that lies `fewest` to `most` days before the anchor."""
    day = before(ANCHOR, dice.between(fewest, most))
    return before(day, max(0, day.weekday() - 4))


def month(day: date) -> str:
    """`maart 2024`, as people remember it."""
    return long_date(day).partition(" ")[2]
