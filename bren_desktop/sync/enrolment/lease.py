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


def lease(last_contact_ms: int, now_ms: int, *, clock_ms: int) -> Lease:
    """The lease at wall time `now_ms`.

    `clock_ms` is the persisted logical clock, which has seen what colleagues signed: a wall clock that was put back
    does not lengthen the lease. Where there was no contact yet (0) it does not run.
    """
    if not last_contact_ms:
        return Lease(0)
    return Lease(max(now_ms, clock_ms, last_contact_ms) // _DAY_MS - last_contact_ms // _DAY_MS)
