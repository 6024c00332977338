"""A hybrid logical clock: 48 bits of milliseconds, 16 bits of counter, one integer. It gives display order only."""

from __future__ import annotations

FURTHEST_AHEAD = 10 * 60 * 1000
"""Milliseconds: a remote clock further ahead than this does not advance ours."""
_COUNTER_BITS = 16


def tick(last: int, now_ms: int) -> int:
    """The clock value after `last` at wall time `now_ms` (milliseconds since 1970). It never goes back."""
    return max(last + 1, now_ms << _COUNTER_BITS)


def witness(last: int, remote: int, now_ms: int) -> int:
    """The clock after seeing `remote`. A value too far in the future is ignored, so that it cannot poison ours."""
    if milliseconds(remote) > now_ms + FURTHEST_AHEAD:
        return last
    return max(last, remote)


def milliseconds(clock: int) -> int:
    """The wall time inside `clock`, in milliseconds since 1970."""
    return clock >> _COUNTER_BITS
