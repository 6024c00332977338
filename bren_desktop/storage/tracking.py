"""The cases whose clocks may run, with the events that these count from: two statements for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from bren_desktop.domain.clocks.events import Event, What
from bren_desktop.domain.clocks.gathering import can_count
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.records import CASE_SHEET
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.services.rows import CaseRow, Tracked, TrackFilter
from bren_desktop.storage import schema
from bren_desktop.storage.lists import CASE_FIELDS, Lists, plain

_CASE, _EVENT, _ACCESS = schema.case_row.c, schema.event.c, schema.case_access.c
_ALWAYS = (What.REQUEST, What.EMERGENCY)
"""What is waited for in a case that ended as well."""
_IDLE = frozenset({What.SNOOZE, What.EMERGENCY})
"""What is no sign of life of a case."""
_WHATS = {what.value: what for what in What}
_COUNTED = _WHATS.keys() - {What.BEGUN, What.OTHER}


class Tracking(Lists):
    """The part of a reader that gives clocks what they count from."""

    def tracked(self, wanted: TrackFilter) -> Sequence[Tracked]:
        cases = select(_CASE.entity).where(self._sight.cases, _may_run(wanted))
        rows = self._sql.execute(select(*(_CASE[name] for name in CASE_FIELDS)).where(_CASE.entity.in_(cases))).all()
        shut, assigned, told = self.read_only(Kind.CASE), self._assigned(), self._events(cases)
        found = [CaseRow(**row) for row in plain(CASE_FIELDS, rows)]
        return [_tracked(row, assigned[row.entity], told[row.entity]) for row in found if row.entity not in shut]

    def active_ms(self, case: str) -> int:
        self._sight.require(Kind.CASE, case)
        mine = _CASE.entity == case
        told = self._events(select(_CASE.entity).where(mine))[case]
        return _active(told, self._sql.scalars(select(_CASE.changed_ms).where(mine)).one())

    def _assigned(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in self._sql.execute(select(_ACCESS.casus, _ACCESS.person).where(_ACCESS.begun == "")):
            found[row.casus].add(row.person)
        return found

    def _events(self, cases: Select[tuple[str]]) -> dict[str, list[Any]]:
        names = ("casus", "entity", "what", "day", "ref", "part", "value", "created", "changed_ms")
        wanted = select(*(_EVENT[name] for name in names)).where(_EVENT.casus.in_(cases))
        found: defaultdict[str, list[Any]] = defaultdict(list)
        for row in self._sql.execute(wanted.order_by(_EVENT.casus, _EVENT.created, _EVENT.entity, _EVENT.n)).all():
            found[row[0]].append(row)
        return found


def _may_run(wanted: TrackFilter) -> ColumnElement[bool]:
    steps = and_(_EVENT.what == What.STEP.value, _EVENT.value.in_(wanted.ended))
    recently, long_ago = _EVENT.day >= wanted.recent.isoformat(), _EVENT.day <= wanted.old.isoformat()
    asked = _EVENT.what.in_([what.value for what in _ALWAYS])
    some = select(_EVENT.casus).where(or_(asked, and_(steps, or_(recently, long_ago))))
    untouched = _CASE.changed_ms <= datetime.combine(wanted.old, time.max, UTC).timestamp() * 1000
    return or_(_CASE.status.not_in(wanted.ended), _CASE.entity.in_(some), untouched)


def _tracked(row: CaseRow, assigned: Iterable[str], told: Sequence[Any]) -> Tracked:
    """What the rows of `event` tell of one case, oldest first."""
    begun = min((each[7] for each in told), default=0)
    events = tuple(Event(_WHATS[each[2]], each[1], _day(each[3]), *each[4:7]) for each in told if each[2] in _COUNTED)
    return Tracked(row, frozenset(assigned), milliseconds(begun), _active(told, row.changed_ms), events)


def _active(told: Sequence[Any], changed_ms: int) -> int:
    return max((each[8] for each in told if _tells_of_life(each[2], each[4])), default=changed_ms)


def _tells_of_life(what: str, ref: str) -> bool:
    """Whether something happened in the case. A casuskaart that was printed is filed, but nobody spoke to anybody."""
    return what not in _IDLE and (what, ref) != (What.DOCUMENT, CASE_SHEET)


def _day(text: str) -> date | None:
    day = date.fromisoformat(text) if text else None
    return day if can_count(day) else None
