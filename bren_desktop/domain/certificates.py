"""What a verklaring van vernietiging says: that a file was destroyed, and by whose decision; never what was in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Certificate:
    """One destroyed file. `id` is the random id that stays behind; `asked_by` are the two who asked for it."""

    id: str
    team: str
    requested_on: date | None
    decided_on: date | None
    decided_by: str
    asked_by: tuple[str, ...]
    destroyed_on: date
