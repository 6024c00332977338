"""The working days of a year: no weekend, and no holiday that the network keeps.

The `holidays` library knows 250 countries and takes half a second to import: it is loaded when a clock asks for a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bren_desktop.errors import InvalidInputError

_GOOD_FRIDAY, _LIBERATION_DAY = "Goede vrijdag", "Bevrijdingsdag"
"""As the library calls them; it lists 5 May in years that divide by five only."""
_SATURDAY = 5


class UnknownYearError(InvalidInputError):
    """A year whose holidays nobody knows."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(
            "De feestdagen zijn bekend van {first} tot en met {last}. Controleer de datum.", first=first, last=last
        )


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whether a network is free on the two holidays on which others work; never a weekend on which it works."""

    good_friday_free: bool = False
    liberation_day_free: bool = False

    @property
    def worked(self) -> frozenset[str]:
        """The names of the holidays that are working days."""
        free = {_GOOD_FRIDAY: self.good_friday_free, _LIBERATION_DAY: self.liberation_day_free}
        return frozenset(name for name, is_free in free.items() if not is_free)


@cache
def working_days(year: int, calendar: Calendar) -> tuple[date, ...]:
    """The working days of `year`, in order. Raises UnknownYearError."""
    holidays, worked = _holidays(year), calendar.worked
    first = date(year, 1, 1)
    days = (first + timedelta(days=count) for count in range((date(year + 1, 1, 1) - first).days))
    return tuple(day for day in days if day.weekday() < _SATURDAY and holidays.get(day, worked) <= worked)


@cache
def _holidays(year: int) -> Mapping[date, frozenset[str]]:
    """The names of each holiday: on 5 May 2005 it was Ascension Day as well."""
    from holidays.countries.netherlands import Netherlands

    if not Netherlands.start_year <= year <= Netherlands.end_year:
        raise UnknownYearError(Netherlands.start_year, Netherlands.end_year)
    listed = Netherlands(years=year, language="nl")  # type: ignore[no-untyped-call]
    return {day: frozenset(listed.get_list(day)) for day in listed}
