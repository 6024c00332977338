"""The logical clock never goes back and cannot be poisoned."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.oplog.clock import FURTHEST_AHEAD, milliseconds, tick, witness

NOW = st.integers(min_value=0, max_value=2**47 - 1)
CLOCK = st.integers(min_value=0, max_value=2**63 - 1)


@given(last=CLOCK, now=NOW)
def test_a_tick_goes_forward_and_not_behind_the_wall(last: int, now: int) -> None:
    assert tick(last, now) > last
    assert milliseconds(tick(last, now)) >= now


@given(last=CLOCK, remote=CLOCK, now=NOW)
def test_a_witnessed_clock_moves_ours_forward_unless_it_lies_in_the_future(last: int, remote: int, now: int) -> None:
    seen = witness(last, remote, now)
    assert seen >= last
    if milliseconds(remote) > now + FURTHEST_AHEAD:
        assert seen == last
    else:
        assert seen >= remote
