"""Counting in working days, with pauses that do not count.

The first day is not counted. `n` is zero or more; zero is the day itself, in a weekend too (D1). Why, and the other
choices (D2 to D9), stands in tests/clocks/README.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, chain, count, filterfalse, islice, takewhile

from bren_desktop.domain.clocks.calendar import Calendar, working_days

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """Days that do not count: `start` up to but not including `end`, on which counting goes on."""

    start: date
    end: date


def working_days_after(day: date, n: int, calendar: Calendar, pauses: Iterable[Pause] = ()) -> date:
    """The `n`th working day after `day`, never one within a pause. Raises UnknownYearError."""
    return next(islice(_counted_after(day, calendar, pauses), n - 1, None)) if n else day


def working_days_before(day: date, n: int, calendar: Calendar) -> date:
    """The `n`th working day before `day`. Raises UnknownYearError."""
    this_year = working_days(day.year, calendar)
    years_before = (reversed(working_days(year, calendar)) for year in count(day.year - 1, -1))
    earlier = chain(this_year[: bisect_left(this_year, day)][::-1], chain.from_iterable(years_before))
    return next(islice(earlier, n - 1, None)) if n else day


def working_days_between(day: date, until: date, calendar: Calendar, pauses: Iterable[Pause] = ()) -> int:
    """The working days after `day` up to and including `until` that lie in no pause: a doorlooptijd. Never below zero.

    A pause that still runs ends today. Raises UnknownYearError.
    """
    return sum(1 for _ in takewhile(lambda each: each <= until, _counted_after(day, calendar, pauses)))


def working_day_from(day: date, calendar: Calendar) -> date:
    """`day` itself, or the first working day after it. Raises UnknownYearError."""
    return working_days_after(day - _DAY, 1, calendar)


def meeting_cadence(start: date, interval_days: int, meetings: int, calendar: Calendar) -> list[date]:
    """The dates of so many meetings, `start` included. One that moves to a working day leaves the rhythm as it is."""
    days = (start + timedelta(days=interval_days * number) for number in range(meetings))
    return [working_day_from(day, calendar) for day in days]


def _counted_after(day: date, calendar: Calendar, pauses: Iterable[Pause]) -> Iterator[date]:
    this_year = working_days(day.year, calendar)
    years_after = (working_days(year, calendar) for year in count(day.year + 1))
    later = chain(this_year[bisect_right(this_year, day) :], chain.from_iterable(years_after))
    return filterfalse(_paused(pauses), later)


def _paused(pauses: Iterable[Pause]) -> Callable[[date], bool]:
    """Whether a day lies in one of the pauses, which may overlap (D9)."""
    ordered = sorted(pauses)
    starts, ends = [pause.start for pause in ordered], list(accumulate((pause.end for pause in ordered), max))

    def paused(day: date) -> bool:
        begun = bisect_right(starts, day)
        return begun > 0 and day < ends[begun - 1]

    return paused
