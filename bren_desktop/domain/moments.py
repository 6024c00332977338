"""A moment as a date and time that can be shown, on any system."""

from __future__ import annotations

from datetime import UTC, datetime

_LATEST_MS = 32_503_593_600_000
"""2999-12-31. Windows shows nothing much later, and a clock that comes from elsewhere may say anything."""


def moment_of(at_ms: int) -> datetime:
    """Milliseconds since 1970 as a time in UTC; what cannot be shown counts as the nearest that can."""
    return datetime.fromtimestamp(min(max(at_ms, 0), _LATEST_MS) / 1000, tz=UTC)
