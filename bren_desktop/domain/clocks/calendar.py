"""The working days of a year: no weekend, and no holiday that the network keeps.

The holidays are reference data, written by `db/feestdagen.py` (decision 0014).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bren_desktop import bundled
from bren_desktop.errors import InvalidInputError

_GOOD_FRIDAY, _LIBERATION_DAY = "Goede vrijdag", "Bevrijdingsdag"
"""As the list calls them; 5 May stands there in years that divide by five only."""
_SATURDAY = 5


class UnknownYearError(InvalidInputError):
    """A year whose holidays nobody knows."""

    def __init__(self, first: str, last: str) -> None:
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
    known = _listed()
    if str(year) not in known:
        raise UnknownYearError(min(known), max(known))
    return {date.fromisoformat(f"{year}-{day}"): frozenset(names) for day, names in known[str(year)].items()}


@cache
def _listed() -> Mapping[str, Mapping[str, list[str]]]:
    text = (bundled.folder("db") / "reference" / "feestdagen.json").read_text("utf-8")
    years: Mapping[str, Mapping[str, list[str]]] = json.loads(text)["feestdagen"]
    return years
