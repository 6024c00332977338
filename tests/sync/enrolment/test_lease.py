"""Sixty days without contact, warned from the forty-fifth, and no way around it by the clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.sync.enrolment.lease import LeaseOverError, lease

DAY = 24 * 60 * 60 * 1000
START = 20_000 * DAY


@pytest.mark.parametrize(("days", "warned", "over"), [(0, False, False), (44, False, False), (45, True, False)])
def test_a_laptop_is_warned_from_the_45th_day(days: int, warned: bool, over: bool) -> None:
    now = lease(START, START + days * DAY, clock_ms=0)
    assert (bool(now.warning), now.over) == (warned, over)
    now.require()


def test_after_60_days_cases_stay_closed_until_there_is_contact() -> None:
    now = lease(START, START + 60 * DAY, clock_ms=0)
    with pytest.raises(LeaseOverError, match="60 dagen"):
        now.require()
    assert now.warning == str(LeaseOverError())
    lease(START + 60 * DAY, START + 60 * DAY, clock_ms=0).require()


def test_a_laptop_that_never_had_contact_has_no_lease() -> None:
    assert not lease(0, START, clock_ms=START).over


@given(st.integers(0, 4000), st.integers(-4000, 4000))
def test_a_wall_clock_put_back_does_not_lengthen_it(seen: int, wall: int) -> None:
    """The persisted clock has seen what colleagues signed."""
    now = lease(START, START + wall * DAY, clock_ms=START + seen * DAY)
    assert now.days >= seen
    assert now.days == max(seen, wall, 0)
