"""Which concepts a record mentions, and how strongly: read behind the user's back, a little at a time.

A record whose text changed is unread: what it mentioned is gone at once, so that nothing of an older text stays.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b
from heapq import nlargest
from itertools import islice
from operator import itemgetter

from sqlalchemy import Connection, func, select

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.registers import packed_values
from bren_desktop.services.rows import Unread
from bren_desktop.storage import schema
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.records import Records
from bren_desktop.storage.spaces import row_range

SEARCHED = (Kind.CASE, Kind.EXPERT)
FULL = 1000
"""What a weight of 1.0 is in the table."""
_UNREAD, _REC = schema.unread.c, schema.rec.c
_OF_TOPIC = "SELECT weight, rec FROM mention WHERE topic = ? AND weight >= ? ORDER BY weight DESC, rec DESC LIMIT ?"
_OF_RECORDS = (
    "SELECT topic, weight, rec FROM json_each(?) AS each CROSS JOIN mention"
    " WHERE rec = each.value AND topic IN (SELECT value FROM json_each(?))"
)
_PUT = "INSERT INTO mention (topic, weight, rec) VALUES (?, ?, ?)"
_LEAVE = "INSERT OR REPLACE INTO unread (rec, changed) VALUES (?, ?)"
_LEAVE_ALL = "INSERT OR REPLACE INTO unread (rec, changed) SELECT id, changed FROM rec WHERE id BETWEEN ? AND ?"
_LEAVE_TOPIC = (
    "INSERT OR REPLACE INTO unread (rec, changed)"
    " SELECT id, changed FROM rec WHERE id IN (SELECT rec FROM mention WHERE topic = ?)"
)
_LEAVE_REST = "INSERT OR IGNORE INTO unread (rec, changed) SELECT id, 0 FROM rec WHERE id BETWEEN ? AND ?"
_TAKE = "DELETE FROM unread WHERE rec = ? AND changed = ?"


class Mentions(Records):
    """The part of a reader that knows what was read."""

    def unread(self, most: int) -> Sequence[Unread]:
        wanted = select(_REC.id, _REC.kind, _REC.entity, _UNREAD.changed, _REC.registers)
        newest = wanted.join(schema.unread, _UNREAD.rec == _REC.id).order_by(_UNREAD.rec.desc()).limit(most)
        return [
            Unread(row.id, row.changed, Kind(row.kind), row.entity, packed_values(row.registers))
            for row in self._sql.execute(newest)
        ]

    def count_unread(self) -> int:
        return self._sql.scalar(select(func.count()).select_from(schema.unread)) or 0

    def mentioning(self, kind: Kind, concepts: Mapping[str, float], most: int) -> Mapping[int, float]:
        best: dict[int, float] = {}
        least = 0.0
        for concept, share in sorted(concepts.items(), key=lambda each: -each[1]):
            if share < least:
                break
            for weight, number in self._of_concept(kind, concept, int(least / share * FULL), most):
                best[number] = max(share * weight / FULL, best.get(number, 0.0))
            if len(best) > most:
                best = dict(nlargest(most, best.items(), key=itemgetter(1, 0)))
            least = min(best.values()) if len(best) == most else 0.0
        return best

    def weighing(self, kind: Kind, numbers: Collection[int], concepts: Mapping[str, float]) -> Mapping[int, float]:
        shares = {topic(kind, concept): share for concept, share in concepts.items()}
        best: dict[int, float] = {}
        for number, weight, each in tuples(self._raw, _OF_RECORDS, (json.dumps([*numbers]), json.dumps([*shares]))):
            best[each] = max(shares[number] * weight / FULL, best.get(each, 0.0))
        return best

    def lodged_since(self, day: date) -> frozenset[int]:
        lodged = select(schema.case_row.c.rec).where(schema.case_row.c.datum_aanmelding >= day.isoformat())
        return frozenset(self._sql.scalars(lodged.where(self._sight.cases)))

    def _of_concept(self, kind: Kind, concept: str, least: int, most: int) -> Iterable[tuple[int, int]]:
        of_topic = topic(kind, concept), least
        if kind is not Kind.CASE or self._sight.is_whole:
            return tuples(self._raw, _OF_TOPIC, (*of_topic, most))
        seen = self._seen_cases
        return islice((row for row in tuples(self._raw, _OF_TOPIC, (*of_topic, -1)) if row[1] in seen), most)

    @cached_property
    def _seen_cases(self) -> frozenset[int]:
        return frozenset(self._raw.scalars(select(schema.case_row.c.rec).where(self._sight.cases)))


@lru_cache(maxsize=8192)
def topic(kind: Kind, concept: str) -> int:
    """The number of a concept as records of one kind mention it: 48 bits of a hash."""
    return int.from_bytes(blake2b(f"{kind.value}/{concept}".encode(), digest_size=6).digest())


def leave_unread(connection: Connection, rows: Sequence[tuple[int, int]]) -> None:
    """Note records by (row number, clock of their last change) as unread; what they mentioned is gone."""
    if rows:
        connection.exec_driver_sql("DELETE FROM mention WHERE rec = ?", [(number,) for number, _ in rows])
        connection.exec_driver_sql(_LEAVE, list(rows))


def leave_all_unread(connection: Connection, *, surely: bool) -> None:
    """Note everything as unread, or (not surely) as perhaps so; what was read counts until it is read again."""
    for kind in SEARCHED:
        connection.exec_driver_sql(_LEAVE_ALL if surely else _LEAVE_REST, row_range(kind))


def leave_mentioning(connection: Connection, concepts: Iterable[str]) -> None:
    """Note what mentions one of these as unread; what was read counts until it is read again."""
    for concept in concepts:
        for kind in SEARCHED:
            connection.exec_driver_sql(_LEAVE_TOPIC, (topic(kind, concept),))


def keep(connection: Connection, unread: Unread, weights: Mapping[str, float] | None) -> None:
    """Keep what a record mentions (None: what it did), unless it changed after it was read."""
    if connection.exec_driver_sql(_TAKE, (unread.number, unread.changed)).rowcount and weights is not None:
        connection.exec_driver_sql("DELETE FROM mention WHERE rec = ?", (unread.number,))
        whole = {topic(unread.kind, concept): round(weight * FULL) for concept, weight in weights.items()}
        rows = [(number, weight, unread.number) for number, weight in whole.items() if weight]
        if rows:
            connection.exec_driver_sql(_PUT, rows)
