"""Who acts: every service takes an Actor and checks its rights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of decision 13."""

    SECRETARIS = "secretaris"
    VOORZITTER = "voorzitter"
    PLAATSVERVANGER = "plaatsvervanger"
    LID = "lid"
    PROCESREGISSEUR = "procesregisseur"
    PROJECTLEIDER = "projectleider"
    PRIVACY = "privacy"
    IT = "it"


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting person.

    `team` is the code of the expert team, `region` its jeugdhulpregio, `device` the two letters of the laptop in case
    numbers. `shut`: too long without contact with the share, so that cases stay closed (decision 15).
    """

    person: str
    name: str
    role: Role
    team: str
    region: str
    device: str = "AA"
    shut: bool = False
