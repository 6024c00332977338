"""Service levels (termijnen) as reference data: how long something may take, and what is shown when it is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from bren_desktop.domain.ages import birthday
from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.clocks.counting import Pause, working_days_after, working_days_before
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.vocabulary import vocabulary


class Unit(StrEnum):
    """What a service level counts in. Only working days stand still in a pause."""

    WORKING_DAYS = "werkdagen"
    WORKING_DAYS_BEFORE = "werkdagen vooraf"
    DAYS = "dagen"
    WEEKS = "weken"
    MONTHS = "maanden"
    AGE = "leeftijd"


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """One clock: so many units from its start, warned of `ahead` days before it is due."""

    code: str
    label: str
    text: str
    unit: Unit
    count: float
    ahead: int

    def due(self, start: date, calendar: Calendar, pauses: Iterable[Pause] = ()) -> date:
        """The day on which it is due; for an age `start` is the birth date. Raises UnknownYearError."""
        if self.unit is Unit.AGE:
            return birthday(start, self.count)
        count = int(self.count)
        match self.unit:
            case Unit.WORKING_DAYS:
                return working_days_after(start, count, calendar, pauses)
            case Unit.WORKING_DAYS_BEFORE:
                return working_days_before(start, count, calendar)
            case Unit.MONTHS:
                return plus_months(start, count)
        return start + timedelta(weeks=count) if self.unit is Unit.WEEKS else start + timedelta(days=count)


@cache
def service_level(code: str) -> ServiceLevel:
    """The service level of `code` in the list `termijnen`. Raises KeyError."""
    terms = vocabulary("termijnen")
    if code not in terms:
        raise KeyError(code)
    term = terms.term(code)
    extra = term.extra
    return ServiceLevel(code, term.label, extra["tekst"], Unit(extra["eenheid"]), extra["aantal"], extra["vooraf"])


def agenda_and_set(meeting: date, calendar: Calendar) -> tuple[date, date]:
    """When the agenda of a meeting closes, and when its set goes round. Raises UnknownYearError."""
    return service_level("TM-AGENDA").due(meeting, calendar), service_level("TM-SET").due(meeting, calendar)
