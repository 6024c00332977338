"""Any number of milliseconds becomes a moment that can be shown."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.moments import moment_of


@given(st.datetimes(datetime(1970, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_is_that_moment(moment: datetime) -> None:
    assert abs((moment_of(round(moment.timestamp() * 1000)) - moment).total_seconds()) < 0.002


@given(st.integers(-(2**70), 2**70))
def test_any_number_can_be_shown_here_and_on_windows(at_ms: int) -> None:
    assert 1970 <= moment_of(at_ms).year < 3000
    moment_of(at_ms).astimezone().strftime("%d-%m-%Y om %H.%M uur")
