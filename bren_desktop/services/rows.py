"""What lists show: plain rows, without full names of young people, one page at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from bren_desktop.domain.ages import age_on
from bren_desktop.domain.clocks.events import Event
from bren_desktop.domain.entities import Kind, Values


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the case list. `id` is what commands print; `conflicts` and `to_code` count what needs attention.

    `read_only`: it lies in a team that this laptop is out of. `persons`: to whom it is assigned, in lists.
    """

    entity: str
    id: str
    nummer: str
    initials: str
    regio: str
    gemeente: str
    status: str
    urgentie: str
    datum_aanmelding: date | None
    geboortedatum: date | None
    leeftijd: int | None
    behandelaar: str
    knelpunten: tuple[str, ...]
    changed_ms: int
    conflicts: int
    to_code: int
    read_only: bool = False
    persons: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What people know a case by: its number and initials."""
        return " · ".join(part for part in (self.nummer or self.id, self.initials) if part)

    def age(self, day: date) -> int | None:
        """The age on `day` by the birth date, or else as it was stated."""
        return age_on(self.geboortedatum, day) if self.geboortedatum else self.leeftijd


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """One line of the pool, with what matching needs."""

    entity: str
    id: str
    naam: str
    functie: str
    organisatie: str
    soort: str
    regio: str
    regios: tuple[str, ...]
    landelijk_inzetbaar: bool | None
    expertise: tuple[str, ...]
    domeinen: tuple[str, ...]
    leeftijd_van: int | None
    leeftijd_tot: int | None
    beschikbaarheid: str
    beschikbaar_vanaf: date | None
    afwezig_tot: date | None
    uren_per_maand: int | None
    raamovereenkomst: str
    talen: tuple[str, ...]
    profiel: str
    profiel_gecontroleerd: date | None
    titel: str = ""
    problematiek: str = ""
    mandaat: str = ""
    culturele_achtergrond: str = ""
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the case list is narrowed to; empty means everything. `text` matches by prefix like the search box."""

    statuses: tuple[str, ...] = ()
    urgenties: tuple[str, ...] = ()
    regios: tuple[str, ...] = ()
    knelpunten: tuple[str, ...] = ()
    behandelaar: str = ""
    text: str = ""
    needs_attention: bool = False
    born_between: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class ExpertFilter:
    """What the pool is narrowed to; a facet with several codes takes any of them, facets combine with and."""

    expertise: tuple[str, ...] = ()
    domeinen: tuple[str, ...] = ()
    regios: tuple[str, ...] = ()
    soorten: tuple[str, ...] = ()
    beschikbaarheid: tuple[str, ...] = ()
    raamovereenkomst: bool | None = None
    stale_before: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows: `order` is a field of the row, descending with a leading minus."""

    offset: int = 0
    limit: int = 100
    order: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result. `snippet` is plain text with the found words between U+0002 and U+0003."""

    kind: str
    entity: str
    id: str
    title: str
    snippet: str
    case: str = ""
    """The case of a document or discussion."""


Traits = Mapping[str, Mapping[int, Collection[str]]]
"""What facets count: by facet the codes of each record, by its row number. An empty code is none."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Documents or discussions that are asked for: of `sorts`, of `cases` (row numbers) and in `span`, where given."""

    kind: Kind
    sorts: tuple[str, ...] = ()
    span: tuple[date, date] | None = None
    cases: Sequence[int] | None = None


Spot = Callable[[str], tuple[int, int] | None]
"""Where in a text the words stand that it was found for, from and up to."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave, the best first.

    `meant` is the text that was searched where typing errors were mended in it, else empty; `facets` counts the
    candidates by facet and code; of the kinds in `more` there are others that were not looked at; `best` says how well
    the best hit of a kind fits, 1.0 for what is called so.
    """

    hits: Sequence[Hit] = ()
    meant: str = ""
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    more: frozenset[str] = frozenset()
    best: Mapping[str, float] = field(default_factory=dict)


class Tier(IntEnum):
    """Where the words of a query stand in a record, the best place first."""

    TITLE = 0
    """Whole words of the title: names, numbers, places, labels."""
    BEGUN = 1
    """Beginnings of words of the title."""
    TEXT = 2
    """Beginnings of words anywhere."""


Nowhere = dict[tuple[Kind, Tier], Sequence[str]]
"""Beginnings of words that no record holds together in such a place: what begins with them is not there either."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A record whose concepts are still to be read: its row number, and the clock of the change that made it unread.

    `changed` is 0 where only the thesaurus changed, so that it may say what it said.
    """

    number: int
    changed: int
    kind: Kind
    entity: str
    values: Values


@dataclass(frozen=True, slots=True)
class Draft:
    """Something typed and not yet saved. `key` names the form and entity; `body` is JSON of its fields."""

    key: str
    body: str
    saved_ms: int


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One line of the read log (NEN 7513): who did what with which entity, when, from which device.

    `origin` is the device of a colleague from which it came; empty for this laptop's own.
    """

    at_ms: int
    person: str
    name: str
    role: str
    device: str
    action: str
    kind: str
    entity: str
    detail: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a transaction changed, as (kind, entity): models reload just that."""

    touched: frozenset[tuple[str, str]] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class TrackFilter:
    """Which cases have clocks that may run: the open ones, and of those in `ended` states only some.

    They ended on `recent` or since (nagesprek), on `old` or before (retention; without a step untouched since then), or
    somebody waits for an answer.
    """

    ended: tuple[str, ...]
    recent: date
    old: date


@dataclass(frozen=True, slots=True)
class Tracked:
    """A case with what its clocks count from, in the order in which the records were made.

    `begun` and `active` are when it was first recorded and when something was last done, in milliseconds since 1970.
    """

    row: CaseRow
    assigned: frozenset[str]
    begun_ms: int
    active_ms: int
    events: tuple[Event, ...]
