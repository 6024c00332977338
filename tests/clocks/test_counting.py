"""What holds for every date: counting forth and back, pauses, months, birthdays and cadences."""

from __future__ import annotations

import importlib.util
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.ages import age_on, birthday
from bren_desktop.domain.clocks.calendar import Calendar, UnknownYearError, working_days
from bren_desktop.domain.clocks.counting import (
    Pause,
    meeting_cadence,
    working_day_from,
    working_days_after,
    working_days_before,
    working_days_between,
)
from bren_desktop.domain.clocks.levels import agenda_and_set
from bren_desktop.domain.clocks.months import plus_months

DAYS = st.dates(date(2014, 1, 1), date(2090, 12, 31))
CALENDARS = st.builds(Calendar, st.booleans(), st.booleans())
COUNTS = st.integers(0, 300)
DAY = timedelta(days=1)


@st.composite
def _near(draw: st.DrawFn) -> tuple[date, list[Pause]]:
    """A day and pauses around it, which may overlap, be empty or turned round."""
    day = draw(DAYS)
    starts = draw(st.lists(st.integers(-30, 200), max_size=5))
    return day, [
        Pause(day + timedelta(days=start), day + timedelta(days=start + draw(st.integers(-3, 40)))) for start in starts
    ]


def _works(day: date, calendar: Calendar) -> bool:
    return day in working_days(day.year, calendar)


@given(_near(), st.integers(1, 300), CALENDARS)
def test_what_is_counted_is_a_working_day_outside_every_pause(
    near: tuple[date, list[Pause]], n: int, calendar: Calendar
) -> None:
    day, pauses = near
    found = working_days_after(day, n, calendar, pauses)
    assert found > day
    assert _works(found, calendar)
    assert not any(pause.start <= found < pause.end for pause in pauses)


@given(_near(), COUNTS, CALENDARS)
def test_counting_between_undoes_counting_after(near: tuple[date, list[Pause]], n: int, calendar: Calendar) -> None:
    day, pauses = near
    assert working_days_between(day, working_days_after(day, n, calendar, pauses), calendar, pauses) == n


@given(_near(), COUNTS, CALENDARS)
def test_one_more_is_later_and_a_pause_less_is_never_later(
    near: tuple[date, list[Pause]], n: int, calendar: Calendar
) -> None:
    day, pauses = near
    found = working_days_after(day, n, calendar, pauses)
    assert working_days_after(day, n + 1, calendar, pauses) > found
    assert working_days_after(day, n, calendar, pauses[1:]) <= found


@given(_near(), COUNTS, CALENDARS)
def test_pauses_are_a_set_of_days(near: tuple[date, list[Pause]], n: int, calendar: Calendar) -> None:
    day, pauses = near
    single = [Pause(each, each + DAY) for pause in pauses for each in _days_of(pause)]
    assert working_days_after(day, n, calendar, single) == working_days_after(day, n, calendar, pauses)
    assert working_days_after(day, n, calendar, pauses[::-1]) == working_days_after(day, n, calendar, pauses)


def _days_of(pause: Pause) -> list[date]:
    return [pause.start + timedelta(days=count) for count in range((pause.end - pause.start).days)]


@given(DAYS, st.integers(1, 300), CALENDARS)
def test_counting_back_undoes_counting_forth(day: date, n: int, calendar: Calendar) -> None:
    start = working_day_from(day, calendar)
    assert working_days_before(working_days_after(start, n, calendar), n, calendar) == start


@given(DAYS, DAYS, CALENDARS)
def test_between_is_what_stepping_day_by_day_counts(day: date, later: date, calendar: Calendar) -> None:
    until = min(later, day + timedelta(days=500))
    steps = [day + timedelta(days=count) for count in range(1, (until - day).days + 1)]
    assert working_days_between(day, until, calendar) == sum(_works(each, calendar) for each in steps)


@given(DAYS, COUNTS, CALENDARS)
def test_a_freer_calendar_is_never_sooner(day: date, n: int, calendar: Calendar) -> None:
    assert working_days_after(day, n, calendar) >= working_days_after(day, n, Calendar())
    assert working_days_after(day, n, calendar) <= working_days_after(day, n, Calendar(True, True))


@given(DAYS, st.integers(0, 400), st.integers(0, 400))
def test_months_clamp_and_add_up_where_no_month_is_too_short(day: date, months: int, more: int) -> None:
    found = plus_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + DAY).day == 1)
    again = plus_months(found, more)
    assert again <= plus_months(day, months + more)
    if day.day <= 28:
        assert again == plus_months(day, months + more)


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 30))
def test_a_half_year_lies_between_two_birthdays(born: date, age: int) -> None:
    half = birthday(born, age + 0.5)
    assert birthday(born, age) < half < birthday(born, age + 1)
    assert age_on(born, half) == age
    assert half == plus_months(born, 12 * age + 6)


@given(st.sampled_from([1992, 2004, 2008, 2012]), st.integers(0, 30))
def test_born_on_a_leap_day_the_birthday_is_that_day_or_1_march(year: int, age: int) -> None:
    found = birthday(date(year, 2, 29), age)
    assert (found.month, found.day) == ((2, 29) if age % 4 == 0 else (3, 1))


@given(DAYS, st.integers(1, 60), st.integers(1, 12), CALENDARS)
def test_a_cadence_keeps_its_rhythm(start: date, interval: int, meetings: int, calendar: Calendar) -> None:
    found = meeting_cadence(start, interval, meetings, calendar)
    assert len(found) == meetings
    for number, day in enumerate(found):
        planned = start + timedelta(days=interval * number)
        assert _works(day, calendar)
        assert planned <= day
        assert not any(_works(planned + timedelta(days=count), calendar) for count in range((day - planned).days))


@given(DAYS, CALENDARS)
def test_the_agenda_closes_one_working_day_before_the_set(meeting: date, calendar: Calendar) -> None:
    agenda, sent = agenda_and_set(meeting, calendar)
    assert agenda < sent < meeting
    assert working_days_between(agenda, sent, calendar) == 1
    assert working_days_between(sent, meeting - DAY, calendar) == 1


def test_ascension_day_stays_free_where_liberation_day_is_worked() -> None:
    assert date(2005, 5, 5) not in working_days(2005, Calendar())


@pytest.mark.parametrize("day", [date(1965, 12, 31), date(2101, 1, 1)])
def test_a_year_that_the_calendar_does_not_know_is_no_year_without_holidays(day: date) -> None:
    with pytest.raises(UnknownYearError):
        working_days_after(day, 1, Calendar())


def test_the_list_of_holidays_is_that_of_the_library(project: Path) -> None:
    spec = importlib.util.spec_from_file_location("bren_db_feestdagen", project / "db/feestdagen.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.TARGET.read_text("utf-8") == made.listed(), "run: python db/feestdagen.py"
