"""What a verklaring van vernietiging says: that a file was destroyed, and by whose decision; never what was in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Certificate:
    """One destroyed file. `asked_by` are the two who asked for it, or the one who did beside `witness`.

    `ids` are the random ids that stay behind: of cases that had been merged into this one, and its own last.
    `handed_to` are the teams that got the case before: what they have is theirs to destroy.
    """

    ids: tuple[str, ...]
    team: str
    requested_on: date | None
    decided_on: date | None
    decided_by: str
    asked_by: tuple[str, ...]
    destroyed_on: date
    handed_to: tuple[str, ...] = ()
    witness: str = ""
