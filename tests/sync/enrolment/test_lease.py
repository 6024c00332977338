"""Sixty days without contact, warned from the forty-fifth, and no way around it by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.sync.enrolment.lease import Contact, LeaseOverError, lease

if TYPE_CHECKING:
    from tests.sync.laptops import HandClock, Laptop

DAY = 24 * 60 * 60 * 1000
START = 20_000 * DAY


@pytest.mark.parametrize(("days", "warned", "over"), [(0, False, False), (44, False, False), (45, True, False)])
def test_a_laptop_is_warned_from_the_45th_day(days: int, warned: bool, over: bool) -> None:
    now = lease(Contact(START, 0), START + days * DAY, clock_ms=0)
    assert (bool(now.warning), now.over) == (warned, over)
    now.require()


def test_after_60_days_cases_stay_closed_until_there_is_contact() -> None:
    now = lease(Contact(START, 0), START + 60 * DAY, clock_ms=0)
    with pytest.raises(LeaseOverError, match="60 dagen"):
        now.require()
    assert now.warning == str(LeaseOverError())
    lease(Contact(START + 60 * DAY, 0), START + 60 * DAY, clock_ms=0).require()


def test_a_laptop_that_never_had_contact_has_no_lease() -> None:
    assert not lease(Contact(0, 0), START, clock_ms=START).over


@given(st.integers(0, 4000), st.integers(-4000, 4000))
def test_a_wall_clock_put_back_does_not_lengthen_it(seen: int, wall: int) -> None:
    """The persisted clock has seen what colleagues signed."""
    now = lease(Contact(START, START - DAY), START + wall * DAY, clock_ms=START + seen * DAY)
    assert now.days >= seen
    assert now.days == max(seen, wall, 0)


def test_a_clock_that_once_ran_ahead_does_not_lengthen_it(vera: Laptop, clock: HandClock) -> None:
    """One edit and one sync in a year far from now; then the clock is right, and there is no contact any more."""
    right = clock.ms
    clock.days(25 * 365)
    vera.add_case(hulpvraag="in de verkeerde eeuw")
    vera.sync()
    clock.ms = right
    vera.share.troubles.away = True
    vera.sync()
    for days, over in ((59, False), (1, True), (340, True)):
        clock.days(days)
        vera.sync()
        assert vera.door.lease().over is over
    vera.share.troubles.away = False
    vera.sync()
    assert not vera.door.lease().over
    clock.days(1)
    vera.add_case(hulpvraag="weer gewoon")
    assert vera.door.lease().days == 1
