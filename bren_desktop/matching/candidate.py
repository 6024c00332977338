"""An expert as matching sees it: the row of the pool, with what its text says worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Protocol

from bren_desktop.matching.links import is_concept, links

TAGGED = 0.9
TAGGED_AND_TOLD = 1.0
BY_KIND = 0.7
TOLD_AT_MOST = 0.75
SUBJECT_OF_LABEL = 0.45
"""Who tells of one subject under a label of expertise does not know all that it stands for."""
FAINT = 0.13
"""What a text says more faintly than this is chance; it changes no order that was judged."""
_WEIGHED = (
    *("expertise", "domeinen", "regios", "landelijk_inzetbaar", "talen", "leeftijd_van", "leeftijd_tot", "titel"),
    *("beschikbaarheid", "beschikbaar_vanaf", "afwezig_tot", "raamovereenkomst", "mandaat"),
)
"""What two people may differ in who have the same name, work and text."""


class Candidate(Protocol):
    """What matching reads of a row of the pool."""

    @property
    def entity(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def naam(self) -> str: ...
    @property
    def functie(self) -> str: ...
    @property
    def organisatie(self) -> str: ...
    @property
    def soort(self) -> str: ...
    @property
    def regio(self) -> str: ...
    @property
    def regios(self) -> tuple[str, ...]: ...
    @property
    def landelijk_inzetbaar(self) -> bool | None: ...
    @property
    def expertise(self) -> tuple[str, ...]: ...
    @property
    def domeinen(self) -> tuple[str, ...]: ...
    @property
    def leeftijd_van(self) -> int | None: ...
    @property
    def leeftijd_tot(self) -> int | None: ...
    @property
    def beschikbaarheid(self) -> str: ...
    @property
    def beschikbaar_vanaf(self) -> date | None: ...
    @property
    def afwezig_tot(self) -> date | None: ...
    @property
    def uren_per_maand(self) -> int | None: ...
    @property
    def raamovereenkomst(self) -> str: ...
    @property
    def talen(self) -> tuple[str, ...]: ...
    @property
    def titel(self) -> str: ...
    @property
    def mandaat(self) -> str: ...
    @property
    def profiel(self) -> str: ...
    @property
    def profiel_gecontroleerd(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Told:
    """What a profile text says about one code: how clearly (0 to 1), and in which words."""

    strength: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A candidate with the features of its text, and what follows from both.

    `languages` are names as in the word list, with what was written; `mandate` and `experience` are the words that
    speak of those, or empty; `gender` is `man`, `vrouw`, or empty where the title does not tell. `cover` is how well
    each concept and expertise is covered; `bare` are the labels of expertise of which the text says nothing.
    """

    row: Candidate
    told: Mapping[str, Told] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    mandate: str = ""
    experience: str = ""
    gender: str = ""
    cover: Mapping[str, float] = field(init=False)
    bare: frozenset[str] = field(init=False)
    domains: frozenset[str] = field(init=False)
    has_mandate: bool = field(init=False)
    tie_break: tuple[object, ...] = field(init=False)

    def __post_init__(self) -> None:
        for name, value in (
            ("cover", _cover(self.row, self.told)),
            ("bare", frozenset(self.row.expertise).difference(self.told)),
            ("domains", frozenset(self.row.domeinen)),
            ("has_mandate", bool(self.mandate) or _mandated(self.row)),
            ("tie_break", _tie_break(self.row)),
        ):
            object.__setattr__(self, name, value)


def _cover(row: Candidate, told: Mapping[str, Told]) -> Mapping[str, float]:
    """A tag counts, a text supports it, the kind of expert implies something, and a text alone counts less."""
    shares = {code: told_share(code, said) for code, said in told.items()}
    cover = {code: share for code, share in shares.items() if share >= FAINT}
    implied = links().expertise_of_kind.get(row.soort)
    if implied:
        cover[implied] = max(BY_KIND, cover.get(implied, 0.0))
    for code in row.expertise:
        cover[code] = TAGGED_AND_TOLD if code in told else TAGGED
    return cover


def told_share(code: str, said: Told) -> float:
    """How well a concept or code is covered by what is told of it."""
    return said.strength * (TOLD_AT_MOST if is_concept(code) else SUBJECT_OF_LABEL)


def _mandated(row: Candidate) -> bool:
    known = links()
    return row.soort in known.mandated_kinds or not known.mandated_expertise.isdisjoint(row.expertise)


def _tie_break(row: Candidate) -> tuple[object, ...]:
    """An order among equals that hangs on content first: hours, freshness of the profile, then what it says."""
    checked = row.profiel_gecontroleerd.toordinal() if row.profiel_gecontroleerd else 0
    content = _digest(row.naam, row.organisatie, row.functie, row.soort, row.regio, row.profiel)
    rest = _digest(*(str(getattr(row, name)) for name in _WEIGHED))
    return -(row.uren_per_maand or 0), -checked, content, rest, _digest(row.id), row.entity


def _digest(*texts: str) -> bytes:
    return blake2b("\x1f".join(texts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
