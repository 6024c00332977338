"""What services give back: frozen values, ready to show or print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.oplog.operations import Dot
from bren_desktop.oplog.registers import Registers


@dataclass(frozen=True, slots=True)
class FieldVersion:
    """One of several versions of a field: its value as text, who wrote it and when (milliseconds since 1970)."""

    value: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case as its reader may see it. `missing` names what aanmelding still requires; `seen` goes back at saving.

    `read_only`: nothing of it may be changed. It is open by emergency access alone, or it is `left`: it lies in a team
    that this laptop is out of, and can be erased here.
    """

    entity: str
    id: str
    case: Case
    missing: tuple[str, ...]
    versions: Mapping[str, tuple[FieldVersion, ...]]
    seen: Registers = field(default_factory=dict, repr=False, compare=False)
    read_only: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class OpenExpert:
    """A pareltje from the pool. `seen` goes back at saving; `read_only`: it lies where this laptop is out of."""

    entity: str
    id: str
    expert: Expert
    stale: bool
    versions: Mapping[str, tuple[FieldVersion, ...]] = field(default_factory=dict)
    seen: Registers = field(default_factory=dict, repr=False, compare=False)
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One line of a case's history: when, who, and what in a Dutch sentence, of an entity of a kind."""

    change: Dot
    at_ms: int
    name: str
    role: str
    kind: str
    entity: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """Something typed and not yet saved."""

    key: str
    fields: Mapping[str, object]
    saved_ms: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an expert fits or not, on one criterion, in Dutch. `verdict` is match, mismatch or unknown."""

    criterion: str
    verdict: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """One proposed expert. `score` runs from 0 to 1 and means the same in every list."""

    entity: str
    id: str
    name: str
    organisation: str
    score: float
    available: bool
    available_from: date | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class TeamPlace:
    """Somebody in a proposed team: for `inhoud`, `domein of mandaat` or as `ervaringsdeskundige`.

    `brings` holds what this person adds beside the first, ready to be listed: words of the case between quotes, the
    mandate, or a domain.
    """

    part: str
    match: Match
    brings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who fits a case: a team of at most three, and everybody who was asked for, the best first.

    `of` is how many there are in the pool; `behind` says of each of `matches`, by entity, where the first does better.
    """

    team: tuple[TeamPlace, ...]
    matches: tuple[Match, ...]
    of: int
    behind: Mapping[str, tuple[str, ...]]

    def standing(self, entity: str) -> Standing | None:
        """Where somebody stands who was asked for."""
        for place, match in enumerate(self.matches, 1):
            if match.entity == entity:
                return Standing(match, place, self.of, self.matches[0].name, self.behind[entity])
        return None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one expert stands for a case: in place `place` (from 1) of `of`, and why.

    `first` is who stands on top, and `behind` the criteria on which they do better, by the names that reasons carry.
    """

    match: Match
    place: int
    of: int
    first: str
    behind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """Who would come into and go out of the top of a case with other weights. `title`: what the case is known by."""

    title: str
    comes: tuple[str, ...]
    goes: tuple[str, ...]
