"""The werkvoorraad: what waits for somebody, the most pressing first (decision 0014)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case, missing_for_intake
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import STALE_AFTER
from bren_desktop.domain.papers.kinds import PAPERS
from bren_desktop.domain.planning import Snooze, StandIn
from bren_desktop.domain.rights import RIGHTS, Right, may
from bren_desktop.domain.states import ENDED, State
from bren_desktop.services.case_items import Looking, case_items
from bren_desktop.services.conflicts import Conflicted, Conflicts
from bren_desktop.services.context import Context
from bren_desktop.services.due_lines import DueLines, track_filter
from bren_desktop.services.loading import load
from bren_desktop.services.planning import absent_colleagues
from bren_desktop.services.ports import Reader
from bren_desktop.services.releasing import may_release
from bren_desktop.services.rows import CaseRow, Draft, ExpertFilter, Page, Tracked
from bren_desktop.services.team import calendar_of, read_team
from bren_desktop.services.work_items import (
    PRIORITIES,
    Priority,
    Section,
    Snoozed,
    WorkItem,
    WorkReason,
    joined,
    order,
)
from bren_desktop.services.work_lines import View

LONGEST = 50
"""The most lines per reason without a date: a longer list is looked up in the case list or the pool."""
_READ = 12
"""The most concepts that are read to name what they miss: each costs some milliseconds before the first screen."""
_PRESSING = {
    Priority.CRISIS: (WorkReason.CRISIS, Section.TODAY),
    Priority.URGENT: (WorkReason.URGENT, Section.WEEK),
}
_OPEN = tuple(state.value for state in State if state not in ENDED)


class Worklist:
    """What waits, for the first screen."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._conflicts = Conflicts(context)
        self._due = DueLines()
        self._kept: tuple[object, Sequence[WorkItem]] | None = None

    def entries(self, actor: Actor) -> Sequence[WorkItem]:
        """Everything that waits and that the actor may see, the most pressing first; what was put off as well."""
        with self._context.read(actor) as reader:
            items: list[WorkItem] = []
            if may(actor, Right.READ_CASE):
                items += self._cases(actor, reader)
            if may(actor, Right.READ_POOL):
                items += _drafts(reader, cases=may(actor, Right.READ_CASE))
            if may(actor, Right.EDIT_POOL):
                items += self._stale(reader)
        items += map(_versions, self._conflicts.overview(actor)[:LONGEST])
        return sorted(items, key=order)

    def _cases(self, actor: Actor, reader: Reader) -> Sequence[WorkItem]:
        """What waits in cases: the same as before as long as nothing was written and nobody else looks."""
        asked = actor, self._context.today(), reader.version(), reader.read_only(Kind.CASE)
        if self._kept is None or self._kept[0] != asked:
            self._kept = asked, list(self._work_out(actor, reader))
        return self._kept[1]

    def _work_out(self, actor: Actor, reader: Reader) -> Iterator[WorkItem]:
        today = self._context.today()
        own, *_ = views = _views(actor, absent_colleagues(reader, actor, today))
        looking = self._looking(actor, reader)
        tracked = reader.tracked(track_filter(views, today))
        found = [item for each in tracked for item in case_items(each, views, looking, self._due)]
        yield from found
        standing: list[WorkItem] = []
        if may(actor, Right.EDIT_CASE):
            standing += _unfinished(reader, [each.row for each in tracked if own.minds(each)])
        if actor.role is not Role.PRIVACY:
            shown = {item.entity for item in found if not item.snoozed}
            standing += _pressing([each for each in tracked if own.minds(each) and each.row.entity not in shown])
        yield from joined(standing)

    def _looking(self, actor: Actor, reader: Reader) -> Looking:
        team = read_team(reader, self._context, actor)

        def read_snooze(snooze: str) -> Snoozed:
            record = load(reader, Kind.SNOOZE, Snooze, snooze)
            return Snoozed(record.tot or self._context.today(), record.door, record.reden)

        releasable = frozenset(kind.title for kind in PAPERS if may_release(actor, team, kind))
        return Looking(self._context.today(), calendar_of(team), releasable, read_snooze)

    def _stale(self, reader: Reader) -> Iterator[WorkItem]:
        wanted = ExpertFilter(stale_before=self._context.today() - STALE_AFTER)
        left = reader.read_only(Kind.EXPERT)
        for row in reader.experts(wanted, Page(limit=LONGEST, order="profiel_gecontroleerd")):
            if row.entity not in left:
                yield WorkItem(
                    kind=Kind.EXPERT.value,
                    entity=row.entity,
                    title=row.naam,
                    reason=WorkReason.STALE,
                    day=row.profiel_gecontroleerd,
                )


def _views(actor: Actor, absent: Iterable[StandIn]) -> list[View]:
    """Whose work the actor sees: their own first."""
    rights = frozenset(right for right in Right if may(actor, right))
    own = View(actor.role, actor.person, rights)
    return [own, *(View(Role(each.rol), each.persoon, rights & RIGHTS[Role(each.rol)], each.naam) for each in absent)]


def _versions(about: Conflicted) -> WorkItem:
    return WorkItem(
        kind=about.kind.value,
        entity=about.entity,
        title=about.title,
        reason=WorkReason.VERSIONS,
        section=Section.TODAY,
        versions=about.fields,
    )


def _case_item(row: CaseRow, reason: WorkReason, section: Section, missing: tuple[str, ...] = ()) -> WorkItem:
    return WorkItem(
        kind=Kind.CASE.value,
        entity=row.entity,
        title=row.title,
        number=row.nummer or row.id,
        reason=reason,
        section=section,
        priority=PRIORITIES.get(row.urgentie, Priority.REGULAR),
        status=row.status,
        since=row.datum_aanmelding,
        missing=missing,
    )


def _pressing(tracked: Sequence[Tracked]) -> Iterator[WorkItem]:
    """The crises and urgent cases in which nothing is due: they are looked at all the same."""
    for priority, (reason, section) in _PRESSING.items():
        rows = [each.row for each in tracked if PRIORITIES.get(each.row.urgentie) is priority]
        waiting = [row for row in rows if row.status in _OPEN]
        for row in sorted(waiting, key=lambda row: -row.changed_ms)[:LONGEST]:
            yield _case_item(row, reason, section)


def _unfinished(reader: Reader, rows: Sequence[CaseRow]) -> Iterator[WorkItem]:
    """What was not completed at the intake, or taken over as it was written."""
    newest = sorted((row for row in rows if row.status not in ENDED), key=lambda row: -row.changed_ms)
    for number, row in enumerate([row for row in newest if row.status == State.CONCEPT][:LONGEST]):
        missing = missing_for_intake(load(reader, Kind.CASE, Case, row.entity)) if number < _READ else ()
        yield _case_item(row, WorkReason.INCOMPLETE, Section.WEEK, missing)
    for row in [row for row in newest if row.to_code][:LONGEST]:
        yield _case_item(row, WorkReason.TO_CODE, Section.LATER)


def _drafts(reader: Reader, *, cases: bool) -> Iterator[WorkItem]:
    left = reader.read_only(Kind.CASE) | reader.read_only(Kind.EXPERT)
    for draft in list(reader.drafts())[:LONGEST]:
        kind, title = _about(reader, draft)
        if (cases or kind == Kind.EXPERT) and _subject(draft) not in left:
            yield WorkItem(
                kind=kind,
                entity="",
                title=title,
                reason=WorkReason.DRAFT,
                section=Section.TODAY,
                draft=draft.key,
                saved_ms=draft.saved_ms,
            )


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
