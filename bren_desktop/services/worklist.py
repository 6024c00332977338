"""The werkvoorraad: what waits for somebody, one line per case, pareltje or draft, with every reason why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.ages import birthday
from bren_desktop.domain.cases import Case, missing_for_intake
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import STALE_AFTER
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.states import ENDED
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.services.conflicts import Conflicted, Conflicts
from bren_desktop.services.context import Context
from bren_desktop.services.loading import load
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import CaseFilter, CaseRow, Draft, ExpertFilter, Page

CONCEPT = "ST-CON"
LONGEST = 50
"""The most lines per reason: a longer list is looked up in the case list or the pool."""
_READ = 12
"""The most concepts that are read to name what they miss: each costs some milliseconds before the first screen."""
_HALF_A_YEAR = 6


class WorkReason(StrEnum):
    """Why something waits, the most pressing first."""

    CRISIS = "crisis"
    URGENT = "spoed"
    VERSIONS = "versies"
    DRAFT = "concepttekst"
    INCOMPLETE = "onvolledig"
    TO_CODE = "te_coderen"
    TURNS_18 = "wordt_18"
    STALE = "profiel_controleren"


RANK = {reason: rank for rank, reason in enumerate(WorkReason)}


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line. `kind` is casus, pareltje or empty; `draft` is the key of a draft; `missing` names fields of a case.

    `day` is the 18th birthday, or the day that a profile was last checked; `since` the day of aanmelding; `versions`
    counts the fields that colleagues changed at the same time.
    """

    kind: str
    entity: str
    title: str
    reasons: tuple[WorkReason, ...]
    status: str = ""
    since: date | None = None
    day: date | None = None
    missing: tuple[str, ...] = ()
    draft: str = ""
    saved_ms: int = 0
    versions: int = 0


@dataclass(slots=True)
class _Found:
    """What was found about cases, by entity."""

    rows: dict[str, CaseRow] = field(default_factory=dict)
    reasons: dict[str, set[WorkReason]] = field(default_factory=dict)
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, rows: Sequence[CaseRow], reason: WorkReason) -> None:
        for row in rows:
            if row.read_only:
                continue
            self.rows[row.entity] = row
            self.reasons.setdefault(row.entity, set()).add(reason)


class Worklist:
    """What waits, for the first screen."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._conflicts = Conflicts(context)

    def entries(self, actor: Actor) -> Sequence[WorkItem]:
        """Everything that waits and that the actor may see, the most pressing first."""
        today = self._context.today()
        with self._context.read(actor) as reader:
            items: list[WorkItem] = []
            if may(actor, Right.READ_CASE):
                items += _cases(reader, today)
            if may(actor, Right.READ_POOL):
                items += _drafts(reader, cases=may(actor, Right.READ_CASE))
            if may(actor, Right.EDIT_POOL):
                items += _stale(reader, today)
        items += map(_versions, self._conflicts.overview(actor)[:LONGEST])
        return sorted(items, key=_order)


def _versions(about: Conflicted) -> WorkItem:
    return WorkItem(about.kind.value, about.entity, about.title, (WorkReason.VERSIONS,), versions=about.fields)


def _order(item: WorkItem) -> tuple[int, date, int, int, str]:
    newest = -(item.since or date.min).toordinal()
    return RANK[item.reasons[0]], item.day or date.max, newest, -item.saved_ms, item.title


def _cases(reader: Reader, today: date) -> Iterator[WorkItem]:
    open_states = tuple(term.code for term in vocabulary("casusstatus") if term.code not in ENDED)
    found = _Found()
    wanted = {
        WorkReason.CRISIS: CaseFilter(open_states, urgenties=("UR-CRISIS",)),
        WorkReason.URGENT: CaseFilter(open_states, urgenties=("UR-SPOED",)),
        WorkReason.INCOMPLETE: CaseFilter((CONCEPT,)),
        WorkReason.TURNS_18: CaseFilter(open_states, born_between=_nearly_18(today)),
    }
    for reason, cases in wanted.items():
        found.add(reader.cases(cases, Page(limit=LONGEST)), reason)
    attention = reader.cases(CaseFilter(open_states, needs_attention=True), Page(limit=LONGEST))
    found.add([row for row in attention if row.to_code], WorkReason.TO_CODE)
    concepts = [entity for entity, reasons in found.reasons.items() if WorkReason.INCOMPLETE in reasons]
    for entity in concepts[:_READ]:
        found.missing[entity] = missing_for_intake(load(reader, Kind.CASE, Case, entity))
    return (_case_item(found, entity) for entity in found.rows)


def _case_item(found: _Found, entity: str) -> WorkItem:
    row, reasons = found.rows[entity], sorted(found.reasons[entity], key=RANK.__getitem__)
    coming = birthday(row.geboortedatum, 18) if row.geboortedatum and WorkReason.TURNS_18 in reasons else None
    return WorkItem(
        Kind.CASE.value,
        entity,
        row.title,
        tuple(reasons),
        status=row.status,
        since=row.datum_aanmelding,
        day=coming,
        missing=found.missing.get(entity, ()),
    )


def _nearly_18(today: date) -> tuple[date, date]:
    """The birth dates of those who turn 18 from today up to half a year from now."""
    months = today.month - 1 + _HALF_A_YEAR
    day = min(today.day, 28)
    return birthday(today, -18), date(today.year - 18 + months // 12, months % 12 + 1, day)


def _drafts(reader: Reader, *, cases: bool) -> Iterator[WorkItem]:
    left = reader.read_only(Kind.CASE) | reader.read_only(Kind.EXPERT)
    for draft in list(reader.drafts())[:LONGEST]:
        kind, row_title = _about(reader, draft)
        if (cases or kind == Kind.EXPERT) and _subject(draft) not in left:
            yield WorkItem(kind, "", row_title, (WorkReason.DRAFT,), draft=draft.key, saved_ms=draft.saved_ms)


def _about(reader: Reader, draft: Draft) -> tuple[str, str]:
    """The kind of what a draft changes, and its title; both empty for something new."""
    form, entity = draft.key.partition(":")[0], _subject(draft)
    if form == Kind.EXPERT:
        expert = reader.expert_row(entity) if entity else None
        return Kind.EXPERT.value, expert.naam if expert else ""
    row = reader.case_row(entity) if form == Kind.CASE and entity else None
    return (Kind.CASE.value, row.title) if row else ("", "")


def _subject(draft: Draft) -> str:
    """The entity that a draft is about; empty for something new."""
    return draft.key.partition(":")[2].partition(":")[0]


def _stale(reader: Reader, today: date) -> Iterator[WorkItem]:
    wanted, left = ExpertFilter(stale_before=today - STALE_AFTER), reader.read_only(Kind.EXPERT)
    rows = reader.experts(wanted, Page(limit=LONGEST, order="profiel_gecontroleerd"))
    for row in (row for row in rows if row.entity not in left):
        yield WorkItem(Kind.EXPERT.value, row.entity, row.naam, (WorkReason.STALE,), day=row.profiel_gecontroleerd)
