"""Whose eyes look into the store: which cases a reader may see, as one condition that every way of reading asks.

A role sees all cases of the profile, those assigned to the person, or none (`domain/rights.py`). A case with nobody
assigned is everybody's, unless its team shows assigned cases only. Emergency access adds a case for a while.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import ColumnElement, Connection, Select, and_, false, literal_column, not_, or_, select, true

from bren_desktop.domain.access import days_that_open
from bren_desktop.domain.entities import BELOW_CASE, Kind, Values, build
from bren_desktop.domain.planning import StandIn
from bren_desktop.domain.rights import Scope, scope_of
from bren_desktop.errors import NotAssignedError, OnlyReadingError
from bren_desktop.oplog.operations import Author
from bren_desktop.oplog.registers import top_values, unpack
from bren_desktop.storage import schema
from bren_desktop.storage.ids import id_text

_ACCESS, _CASE, _REC = schema.case_access.c, schema.case_row.c, schema.rec.c
_NOBODYS: ColumnElement[bool] = literal_column("+case_row.assigned") == 0
"""A case to which nobody is assigned. With the plus SQLite walks a list in its order and looks, and does not sort."""
_ONLY_ASSIGNED = ("alleen_toegewezen", "")
_NOT_CONTENT = frozenset({Kind.CONSULT, Kind.EMERGENCY_ACCESS})
"""Hours of a pareltje belong to the pool; emergency access is written by whom the case is closed to."""
GUARDED = frozenset({Kind.CASE, *BELOW_CASE}) - _NOT_CONTENT
"""The kinds that are seen only by who sees their case."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks, and on what day."""

    scope: Scope
    person: str
    day: date


PROGRAM = Eyes(Scope.ALL, "", date.min)
"""The program itself, at work for nobody: it opens, mends and upgrades the store."""


def eyes_of(author: Author, day: date) -> Eyes:
    """What the role of `author` makes of them."""
    return Eyes(scope_of(author.role), author.person, day)


class Sight:
    """The condition for one transaction. It costs statements only for whom it narrows."""

    def __init__(self, connection: Connection, eyes: Eyes) -> None:
        self._connection = connection
        self._eyes = eyes
        self._seen: dict[str, bool] = {}

    @property
    def is_whole(self) -> bool:
        """Whether no case is hidden."""
        return self._eyes.scope is Scope.ALL

    @cached_property
    def cases(self) -> ColumnElement[bool]:
        """What a row of `case_row` must be to be seen."""
        if self.is_whole:
            return true()
        if self._eyes.scope is Scope.NONE:
            return false()
        return or_(self._at_work, _CASE.rec.in_(self._in_emergency))

    @property
    def _at_work(self) -> ColumnElement[bool]:
        """The cases that are the reader's own or anybody's: those that emergency access opens are only read."""
        anybodys = [_NOBODYS]
        if self._strict:
            anybodys.append(_CASE.rec.not_in(select(_REC.id).where(_REC.space.in_(self._strict))))
        assigned = select(_ACCESS.rec).where(
            _ACCESS.person.in_((self._eyes.person, *self._absent)), _ACCESS.begun == ""
        )
        return or_(and_(*anybodys), _CASE.rec.in_(assigned))

    @property
    def _in_emergency(self) -> Select[tuple[int]]:
        """The rows of the cases that are open to the reader for a while."""
        days = [day.isoformat() for day in days_that_open(self._eyes.day)]
        used = select(_ACCESS.casus).where(_ACCESS.person == self._eyes.person, _ACCESS.begun.in_(days))
        return select(_REC.id).where(_REC.kind == Kind.CASE.value, _REC.entity.in_(used))

    @cached_property
    def _strict(self) -> tuple[int, ...]:
        """The spaces whose team shows assigned cases only."""
        teams = self._settled.get(Kind.TEAM, ())
        return tuple(space for space, values in teams if values.get(_ONLY_ASSIGNED) is True)

    @cached_property
    def _absent(self) -> tuple[str, ...]:
        """The colleagues for whom the reader stands in today: their cases are the reader's for that while."""
        known = (build(StandIn, values) for _, values in self._settled.get(Kind.STAND_IN, ()))
        mine = (each for each in known if each.waarnemer == self._eyes.person and each.runs(self._eyes.day))
        return tuple(each.persoon for each in mine)

    @cached_property
    def _settled(self) -> Mapping[str, Sequence[tuple[int, Values]]]:
        """What teams have settled and who stands in for whom, each with its space: few records."""
        kinds = [Kind.TEAM.value, Kind.STAND_IN.value]
        rows = self._connection.execute(select(_REC.kind, _REC.space, _REC.registers).where(_REC.kind.in_(kinds)))
        found: defaultdict[str, list[tuple[int, Values]]] = defaultdict(list)
        for row in rows:
            found[row.kind].append((row.space, top_values(unpack(row.registers))))
        return found

    def records(self, kind: Kind) -> ColumnElement[bool]:
        """What a row of `rec` of this kind must be to be seen."""
        if self.is_whole or kind not in GUARDED:
            return true()
        case = schema.rec.alias("seen")
        return _REC.subject.in_(select(case.c.subject).join(schema.case_row, _CASE.rec == case.c.id).where(self.cases))

    def require(self, kind: Kind, entity: str) -> None:
        """Raise NotAssignedError for a record of a case that is hidden. What does not exist is nobody's."""
        if self.is_whole or kind not in GUARDED:
            return
        subject = self._connection.scalar(select(_REC.subject).where(_REC.kind == kind.value, _REC.entity == entity))
        if subject and not self.sees(id_text(subject)):
            raise NotAssignedError

    def require_to_write(self, kind: Kind, entity: str, case: str) -> None:
        """Raise OnlyReadingError for a record of a case that is open by emergency access alone; `case` of a new one."""
        if kind not in GUARDED:
            return
        row = select(_REC.subject).where(_REC.kind == kind.value, _REC.entity == entity).scalar_subquery()
        if self.only_reads(or_(_REC.subject == row, _REC.entity == case) if case else _REC.subject == row):
            raise OnlyReadingError

    def only_reads(self, about: ColumnElement[bool]) -> bool:
        """Whether a case whose row of `rec` is like this is not the reader's to work in."""
        if self._eyes.scope is not Scope.ASSIGNED:
            return False
        found = select(_CASE.rec).join(schema.rec, _REC.id == _CASE.rec).where(about, not_(self._at_work))
        return self._connection.scalar(found) is not None

    def sees(self, case: str) -> bool:
        """Whether this case is not hidden."""
        if self.is_whole:
            return True
        if case not in self._seen:
            row = select(_REC.id).where(_REC.kind == Kind.CASE.value, _REC.entity == case).scalar_subquery()
            hidden = select(_CASE.rec).where(_CASE.rec == row, not_(self.cases))
            self._seen[case] = self._connection.scalar(hidden) is None
        return self._seen[case]
