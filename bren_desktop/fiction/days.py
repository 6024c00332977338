"""Days of the fiction. What is made depends on no clock; a profile that is filled gets it as if it played this week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel

from bren_desktop.domain.dutch import long_date
from bren_desktop.fiction.dice import Dice

ANCHOR = date(2026, 11, 1)
"""The day on which all fiction plays, a Sunday."""
_WEEK = 7
Record = TypeVar("Record", bound=BaseModel)


def weeks_until(today: date) -> timedelta:
    """How much later than its own day the fiction plays in the week of `today`: whole weeks."""
    return timedelta(days=(today - ANCHOR).days // _WEEK * _WEEK)


def moved(record: Record, by: timedelta) -> Record:
    """A record with every day in it so much later."""
    return record.model_copy(update={name: _moved(value, by) for name, value in record})


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, date):
        return value + by
    if isinstance(value, BaseModel):
        return moved(value, by)
    return tuple(_moved(each, by) for each in value) if isinstance(value, tuple) else value


def before(day: date, days: int) -> date:
    """The day that lies `days` before `day`."""
    return day - timedelta(days=days)


def recent(dice: Dice, fewest: int, most: int, now: date = ANCHOR) -> date:
    """A working day that lies `fewest` to `most` days before `now`."""
    day = before(now, dice.between(fewest, most))
    return before(day, max(0, day.weekday() - 4))


def month(day: date) -> str:
    """`maart 2024`, as people remember it."""
    return long_date(day).partition(" ")[2]
