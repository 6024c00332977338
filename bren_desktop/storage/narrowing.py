"""What facets count of a few records, and the documents and discussions that are asked for by sort, day and case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, literal_column, select

from bren_desktop.domain.clocks.events import What
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.services.rows import Dated, Traits
from bren_desktop.storage import schema
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.records import Records

NEWEST = 5_000
"""So many of the newest documents are looked through for those of a sort."""
_CASE, _EVENT = schema.case_row.c, schema.event.c
_AMONG = "WHERE rec IN (SELECT value FROM json_each(?))"
_OF_CASES = f"SELECT rec, status, regio, knelpunten, datum_aanmelding FROM case_row {_AMONG}"  # noqa: S608
_OF_EXPERTS = f"SELECT rec, beschikbaarheid, regio, regios FROM expert_row {_AMONG}"  # noqa: S608
_OF_PAPERS = f"SELECT rec, what, day FROM event {_AMONG}"  # noqa: S608
_WHAT = {Kind.DOCUMENT: What.DOCUMENT.value, Kind.DISCUSSION: What.DISCUSSION.value}
_KINDS = {what: kind.value for kind, what in _WHAT.items()}
_NOT_BY_DAY: ColumnElement[str] = literal_column("+event.what")
"""With the plus SQLite goes by the few cases, and not through all days."""


class Narrowing(Records):
    """The part of a reader that narrows what was found."""

    def traits(self, numbers: Sequence[int]) -> Mapping[int, Traits]:
        among = (json.dumps([*numbers]),)
        cases, experts = tuples(self._raw, _OF_CASES, among), tuples(self._raw, _OF_EXPERTS, among)
        return dict(chain(_cases(cases), _experts(experts), _papers(tuples(self._raw, _OF_PAPERS, among))))

    def dated(self, wanted: Dated, most: int) -> tuple[Sequence[int], bool]:
        newest = self._newest(wanted)
        looked_through = newest.limit(NEWEST if wanted.sorts else most).subquery()
        found = select(looked_through.c.rec).limit(most)
        if not wanted.sorts:
            return self._raw.scalars(found).all(), False
        is_cut = self._raw.scalar(newest.offset(NEWEST).limit(1)) is not None
        return self._raw.scalars(found.where(looked_through.c.ref.in_(wanted.sorts))).all(), is_cut

    def _newest(self, wanted: Dated) -> Select[tuple[int, str]]:
        """The newest first, as far as the reader may see their cases."""
        what = _EVENT.what if wanted.cases is None else _NOT_BY_DAY
        found = select(_EVENT.rec, _EVENT.ref).where(what == _WHAT[wanted.kind])
        if wanted.span:
            first, last = wanted.span
            found = found.where(_EVENT.day >= first.isoformat(), _EVENT.day <= last.isoformat())
        if wanted.cases is not None or not self._sight.is_whole:
            cases = select(_CASE.entity).where(self._sight.cases)
            among = cases if wanted.cases is None else cases.where(_CASE.rec.in_(wanted.cases))
            found = found.where(_EVENT.casus.in_(among))
        return found.order_by(_EVENT.day.desc(), _EVENT.rec.desc())


def _cases(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, Traits]]:
    for number, status, region, tags, lodged in rows:
        shown = tuple(code for code in tags.split("\n") if code not in _criminal())
        traits = {"status": (status,), "regio": (region,), "knelpunten": shown, "jaar": _year(lodged)}
        yield number, {"soort": (Kind.CASE.value,), **traits}


def _experts(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, Traits]]:
    for number, available, region, others in rows:
        regions = tuple({region, *others.split("\n")})
        yield number, {"soort": (Kind.EXPERT.value,), "beschikbaarheid": (available,), "regio": regions}


def _papers(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, Traits]]:
    for number, what, day in rows:
        if what in _KINDS:
            yield number, {"soort": (_KINDS[what],), "jaar": _year(day)}


def _year(day: str | None) -> tuple[str, ...]:
    return (day[:4],) if day else ()


@cache
def _criminal() -> frozenset[str]:
    """The tags of a criminal-law kind, which nothing is narrowed by: what is found is not told by them."""
    return frozenset(term.code for term in vocabulary("knelpunten") if term.criminal)
