"""How long a laptop may go without contact with the share (decision 15): 60 days, warned from the 45th."""

from __future__ import annotations

from dataclasses import dataclass

from bren_desktop.errors import UserFacingError

LONGEST_DAYS = 60
WARNED_FROM_DAYS = 45
_DAY_MS = 24 * 60 * 60 * 1000


class LeaseOverError(UserFacingError):
    """So long without contact that cases stay closed."""

    def __init__(self) -> None:
        super().__init__(
            "Deze laptop heeft {days} dagen of langer geen contact gehad met de share. De casussen blijven dicht tot "
            "er weer is gesynchroniseerd; wat u had vastgelegd staat er nog. Maak verbinding en synchroniseer.",
            days=LONGEST_DAYS,
        )


@dataclass(frozen=True, slots=True)
class Lease:
    """`days` since the last contact."""

    days: int

    @property
    def over(self) -> bool:
        return self.days >= LONGEST_DAYS

    @property
    def warning(self) -> str:
        """A whole sentence, or empty where there is nothing to warn of."""
        if self.over:
            return str(LeaseOverError())
        if self.days < WARNED_FROM_DAYS:
            return ""
        return (
            f"Deze laptop heeft {self.days} dagen geen contact gehad met de share. "
            f"Na {LONGEST_DAYS} dagen gaan de casussen dicht tot er weer is gesynchroniseerd."
        )

    def require(self) -> None:
        """Raise LeaseOverError where the lease is over."""
        if self.over:
            raise LeaseOverError


@dataclass(frozen=True, slots=True)
class Contact:
    """The last contact: by the wall clock, and by the logical clock where that was further."""

    wall_ms: int
    clock_ms: int


def lease(contact: Contact, now_ms: int, *, clock_ms: int) -> Lease:
    """The lease at wall time `now_ms`; where there was no contact yet (0) it does not run.

    `clock_ms` is the persisted logical clock, which has seen what colleagues signed: a wall clock that was put back
    does not lengthen the lease. Each clock is held against itself, for one may have run ahead.
    """
    if not contact.wall_ms:
        return Lease(0)
    then = max(contact.wall_ms, contact.clock_ms)
    return Lease(max(_days(contact.wall_ms, now_ms), _days(then, clock_ms), 0))


def _days(since_ms: int, now_ms: int) -> int:
    return now_ms // _DAY_MS - since_ms // _DAY_MS
