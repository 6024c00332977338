"""Which concepts a record mentions, and how strongly: read behind the user's back, a little at a time.

A record whose text changed is unread: what it mentioned is gone at once, so that nothing of an older text stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice

from sqlalchemy import Connection, func, select

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.registers import unpack
from bren_desktop.services.rows import Unread
from bren_desktop.storage import schema
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.records import Records
from bren_desktop.storage.spaces import row_range

SEARCHED = (Kind.CASE, Kind.EXPERT)
FULL = 1000
"""What a weight of 1.0 is in the table."""
_UNREAD, _REC = schema.unread.c, schema.rec.c
_OF_CONCEPT = "SELECT weight, rec FROM mention WHERE concept = ? AND rec BETWEEN ? AND ? ORDER BY weight DESC LIMIT ?"
_PUT = "INSERT INTO mention (concept, weight, rec) VALUES (?, ?, ?)"
_LEAVE = "INSERT OR REPLACE INTO unread (rec, changed) VALUES (?, ?)"
_LEAVE_ALL = "INSERT OR REPLACE INTO unread (rec, changed) SELECT id, changed FROM rec WHERE id BETWEEN ? AND ?"
_TAKE = "DELETE FROM unread WHERE rec = ? AND changed = ?"


class Mentions(Records):
    """The part of a reader that knows what was read."""

    def unread(self, most: int) -> Sequence[Unread]:
        wanted = select(_REC.id, _REC.kind, _REC.entity, _REC.changed, _REC.registers)
        newest = wanted.join(schema.unread, _UNREAD.rec == _REC.id).order_by(_UNREAD.rec.desc()).limit(most)
        return [
            Unread(row.id, row.changed, Kind(row.kind), row.entity, unpack(row.registers))
            for row in self._sql.execute(newest)
        ]

    def count_unread(self) -> int:
        return self._sql.scalar(select(func.count()).select_from(schema.unread)) or 0

    def mentioning(self, kind: Kind, concepts: Mapping[str, float], most: int) -> Mapping[int, float]:
        found: dict[int, float] = {}
        for concept, share in sorted(concepts.items(), key=lambda each: each[1]):
            stronger = {number: share * weight / FULL for weight, number in self._of_concept(kind, concept, most)}
            found |= {number: weight for number, weight in stronger.items() if weight > found.get(number, 0.0)}
        return found

    def lodged_since(self, day: date) -> frozenset[int]:
        lodged = select(schema.case_row.c.rec).where(schema.case_row.c.datum_aanmelding >= day.isoformat())
        return frozenset(self._sql.scalars(lodged.where(self._sight.cases)))

    def _of_concept(self, kind: Kind, concept: str, most: int) -> Iterable[tuple[int, int]]:
        if kind is not Kind.CASE or self._sight.is_whole:
            return tuples(self._raw, _OF_CONCEPT, (concept, *row_range(kind), most))
        seen = self._seen_cases
        everything = tuples(self._raw, _OF_CONCEPT, (concept, *row_range(kind), -1))
        return islice((row for row in everything if row[1] in seen), most)

    @cached_property
    def _seen_cases(self) -> frozenset[int]:
        return frozenset(self._raw.scalars(select(schema.case_row.c.rec).where(self._sight.cases)))


def leave_unread(connection: Connection, rows: Sequence[tuple[int, int]]) -> None:
    """Note records by (row number, clock of their last change) as unread; what they mentioned is gone."""
    if rows:
        connection.exec_driver_sql("DELETE FROM mention WHERE rec = ?", [(number,) for number, _ in rows])
        connection.exec_driver_sql(_LEAVE, list(rows))


def leave_all_unread(connection: Connection) -> None:
    """Note everything as unread; what was read counts until it is read again."""
    for kind in SEARCHED:
        connection.exec_driver_sql(_LEAVE_ALL, row_range(kind))


def keep(connection: Connection, number: int, changed: int, weights: Mapping[str, float]) -> None:
    """Keep what a record mentions, unless it changed after it was read."""
    if connection.exec_driver_sql(_TAKE, (number, changed)).rowcount:
        connection.exec_driver_sql("DELETE FROM mention WHERE rec = ?", (number,))
        rows = [(concept, whole, number) for concept, weight in weights.items() if (whole := round(weight * FULL))]
        if rows:
            connection.exec_driver_sql(_PUT, rows)
