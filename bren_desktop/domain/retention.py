"""From when the record of a case may be destroyed (Jeugdwet 7.3.8), computed from dates in the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.ages import birthday
from bren_desktop.domain.clocks.months import plus_months

COPY, YOUTH_CARE, GUARDIAN = "BP-AFSCHR", "BP-JHD", "BP-GI"
"""The profiles: a copy at the expertteam, a jeugdhulpdossier, the record of a gecertificeerde instelling."""
_COPY_MONTHS, _YOUTH_CARE_MONTHS, _GUARDIAN_MONTHS = 5 * 12, 20 * 12, 30 * 12
_ADULT = 18


@dataclass(frozen=True, slots=True)
class Retention:
    """`day`: from when it may be destroyed; without one, `lacks` names the field or event that is still unknown.

    `held`: there is a reason to keep it (legal hold), so that it is never offered for destruction.
    """

    day: date | None = None
    lacks: str = ""
    held: bool = False

    def may_go(self, today: date) -> bool:
        """Whether it may be destroyed on `today`."""
        return not self.held and self.day is not None and self.day <= today


def destroy_from(
    profile: str, closed_on: date | None, last_change: date | None, birth_date: date | None, legal_hold: str
) -> Retention:
    """From when a record may be destroyed that was closed and last changed on these days, if it was."""
    held = bool(legal_hold)
    if closed_on is None:
        return Retention(lacks="afsluiting", held=held)
    field, day = {
        COPY: ("afsluiting", plus_months(closed_on, _COPY_MONTHS)),
        YOUTH_CARE: ("laatste_wijziging", last_change and plus_months(last_change, _YOUTH_CARE_MONTHS)),
        GUARDIAN: ("geboortedatum", birth_date and plus_months(birthday(birth_date, _ADULT), _GUARDIAN_MONTHS)),
    }.get(profile, ("bewaarprofiel", None))
    return Retention(day, "" if day else field, held)
