"""The dated facts that a record puts beside its case, for the clocks: what a list of work is computed from.

They follow from one record alone, so that the store keeps them by record and never has to look at a whole case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class What(StrEnum):
    """What an event tells, and how it uses `ref`, `part` and `value`."""

    BEGUN = "begonnen"
    """The case itself."""
    HOLD = "bewaarplicht"
    """There is a reason to keep the case longer."""
    CONSENT = "toestemming"
    """Given on the day and not withdrawn, for the purposes in `part`; `value` is its last day."""
    CONTACT = "contactmoment"
    DOCUMENT = "document"
    """`ref` is its sort, `part` the pareltje, `value` who released it."""
    STEP = "overgang"
    """From `ref` to `value`; `part` is who is waited for."""
    DISCUSSION = "bespreking"
    ADVICE = "advies"
    """Released on the day, if it was; it replaces `ref`."""
    POINT = "adviespunt"
    """Of an advice, to be done by the day; `part` is its id."""
    TOLD = "opvolging"
    """Of the point `part` of the advice `ref`: it stands as `value`."""
    BRIDGE = "overbrugging"
    """Open, and last looked at on the day; `ref` is the next look, `value` the end."""
    ASKED = "inzet gevraagd"
    """Asked on the day; the pareltje has not answered."""
    DEPLOYMENT = "inzet"
    """Accepted on the day; nobody has been in contact yet."""
    ESCALATION = "escalatie"
    """Open; its decision was asked for by the day."""
    FUTURE = "toekomstplan"
    CLOSING = "afsluiting"
    """Confirmed on the day, if it was; proposed by `ref`, in round `part`, to be kept as `value`."""
    REQUEST = "verzoek"
    """Of the sort `value`, not answered. On `ref` who asked was told that it takes longer."""
    EMERGENCY = "noodtoegang"
    """By the person `value`, not judged."""
    SNOOZE = "uitstel"
    """Of the clock `ref`, until the day."""
    OTHER = "anders"
    """Nothing that clocks count from, but a sign of life."""


@dataclass(frozen=True, slots=True)
class Event:
    """One fact of the record `entity`."""

    what: What
    entity: str
    day: date | None = None
    ref: str = ""
    part: str = ""
    value: str = ""
