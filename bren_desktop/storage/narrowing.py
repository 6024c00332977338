"""What facets count of a few records, and the documents and discussions that are asked for by sort, day and case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

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
_OF_CASES = f"SELECT rec, status, regio, knelpunten, domeinen, datum_aanmelding FROM case_row {_AMONG}"  # noqa: S608
_OF_EXPERTS = f"SELECT rec, beschikbaarheid, regio, regios, domeinen FROM expert_row {_AMONG}"  # noqa: S608
_OF_PAPERS = f"SELECT rec, day FROM event {_AMONG} AND what IN ('document', 'bespreking')"  # noqa: S608
_WHAT = {Kind.DOCUMENT: What.DOCUMENT.value, Kind.DISCUSSION: What.DISCUSSION.value}
_NOT_BY_DAY: ColumnElement[str] = literal_column("+event.what")
"""With the plus SQLite goes by the few cases, and not through all days."""


class Narrowing(Records):
    """The part of a reader that narrows what was found."""

    def traits(self, numbers: Sequence[int]) -> Traits:
        among = (json.dumps([*numbers]),)
        cases, experts, papers = (tuple(tuples(self._raw, sql, among)) for sql in (_OF_CASES, _OF_EXPERTS, _OF_PAPERS))
        return {
            "status": {row[0]: (row[1],) for row in cases},
            "regio": {
                **{row[0]: (row[2],) for row in cases},
                **{row[0]: {row[2], *row[3].split("\n")} for row in experts},
            },
            "knelpunten": {row[0]: _open(row[3]) for row in cases},
            "domeinen": {
                **{row[0]: _open(row[4]) for row in cases},
                **{row[0]: row[4].split("\n") for row in experts},
            },
            "beschikbaarheid": {row[0]: (row[1],) for row in experts},
            "jaar": {row[0]: (row[-1][:4],) for row in (*cases, *papers) if row[-1]},
        }

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


def _open(tags: str) -> Sequence[str]:
    return [code for code in tags.split("\n") if code not in _criminal()]


@cache
def _criminal() -> frozenset[str]:
    """The tags of a criminal-law kind, which no case is narrowed by: what is found is not told by them."""
    return frozenset(term.code for name in ("knelpunten", "domeinen") for term in vocabulary(name) if term.criminal)
