"""The search box: every word is a prefix; hits in titles and tags come before hits in running text.

Ranking by frequency costs more than a keystroke may (decision 25), so hits come in tiers, newest record first: whole
words in the title, beginnings of words in the title, then anywhere. The beginning of a case number finds just those:
its words stand in every case, and working that out costs more than all else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from math import ceil

from sqlalchemy import ColumnElement, Connection, Integer, Select, literal_column, select, table

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.registers import packed_values
from bren_desktop.services.rows import Hit
from bren_desktop.storage import schema
from bren_desktop.storage.plain import Plain
from bren_desktop.storage.records import Records
from bren_desktop.storage.snippets import heading, snippet
from bren_desktop.storage.spaces import row_range

_LONGEST_QUERY = 500
_MOST_WORDS = 12
_LONGEST_WORD = 40
_SEARCHED = (Kind.CASE, Kind.EXPERT)
_NUMBER = re.compile(r"[A-Z]{2,}-")
_LAST = "\U0010ffff"
_REC = schema.rec.c
_ROWID: ColumnElement[int] = literal_column("rowid", Integer)
_EACH: ColumnElement[int] = literal_column("+rowid", Integer)
"""The same, so that SQLite looks each hit up among the cases, and not each case up among the hits: a thousandth."""


def words(text: str) -> tuple[str, ...]:
    """The words of what somebody typed: letters and digits only, so that nothing of it can be query syntax."""
    bare = unicodedata.normalize("NFC", text[:_LONGEST_QUERY])
    found = "".join(char if _in_word(char) else " " for char in bare).split()
    return tuple(dict.fromkeys(word[:_LONGEST_WORD] for word in found))[:_MOST_WORDS]


def _in_word(char: str) -> bool:
    """Whether FTS5 takes `char` as part of a word.

    FTS5 knows an older Unicode than Python; this table is older still, so it never keeps together what FTS5 parts.
    """
    return unicodedata.ucd_3_2_0.category(char)[0] in "LN"


def _whole(found: Iterable[str]) -> str:
    return " ".join(f'"{word}"' for word in found)


def _begun(found: Iterable[str]) -> str:
    return " ".join(f'"{word}" *' for word in found)


def tiers(text: str) -> Iterator[tuple[str, str]]:
    """The (index, query) pairs to ask in turn. One letter says nothing about running text: almost all of it has it."""
    found = words(text)
    if not found:
        return
    yield "search_title", _whole(found)
    yield "search_title", _begun(found)
    longer = [word for word in found if len(word) > 1]
    if longer:
        yield "search_body", _begun(longer)


def filter_query(text: str) -> tuple[str, str] | None:
    """The one (index, query) pair that narrows a list to `text`; None where it holds no word."""
    return list(tiers(text))[-1] if words(text) else None


class Searching(Records):
    """The part of a reader that searches."""

    def search(self, text: str, kinds: Sequence[Kind], limit: int) -> Sequence[Hit]:
        wanted = [kind for kind in _SEARCHED if kind in kinds]
        numbers = self._numbered(text, limit) if Kind.CASE in wanted else []
        if not numbers:
            share = ceil(limit / max(1, len(wanted)))
            numbers = _merged([list(self._found(kind, text, share)) for kind in wanted])[:limit]
        return list(_hits(self._sql, numbers, words(text)))

    def _numbered(self, text: str, limit: int) -> Sequence[int]:
        """The cases whose number begins with `text`, the highest first."""
        typed = text.strip().upper()
        if not _NUMBER.match(typed):
            return []
        begun = _REC.name.between(typed, f"{typed}{_LAST}")
        wanted = select(_REC.id).where(_REC.kind == Kind.CASE.value, begun, self._sight.records(Kind.CASE))
        return self._sql.scalars(wanted.order_by(_REC.name.desc()).limit(limit)).all()

    def _found(self, kind: Kind, text: str, limit: int) -> Iterator[tuple[int, int]]:
        """(tier, row number) of the hits of one kind, each once."""
        seen: set[int] = set()
        for tier, (index, query) in enumerate(tiers(text)):
            for number in self._rows(index, query, kind, limit + len(seen)):
                if number not in seen and len(seen) < limit:
                    seen.add(number)
                    yield tier, number
            if len(seen) >= limit:
                return

    def _rows(self, index: str, query: str, kind: Kind, limit: int) -> Sequence[int]:
        wanted = matching(index, query, kind)
        if kind is Kind.CASE and not self._sight.is_whole:
            wanted = wanted.where(_EACH.in_(select(schema.case_row.c.rec).where(self._sight.cases)))
        return [row[0] for row in self._sql.execute(wanted.order_by(_ROWID.desc()).limit(limit))]


def matching(index: str, query: str, kind: Kind) -> Select[int]:
    """The row numbers of a kind that an index gives for a query."""
    found = literal_column(index).op("MATCH", is_comparison=True)(query)
    return select(_ROWID).select_from(table(index)).where(found, _ROWID.between(*row_range(kind)))


def _merged(per_kind: Sequence[Sequence[tuple[int, int]]]) -> list[int]:
    """Row numbers by tier; within a tier the kinds take turns, so that neither hides the other."""
    turns = [found for turn in zip_longest(*per_kind) for found in turn if found]
    return [number for _, number in sorted(turns, key=lambda found: found[0])]


def _hits(connection: Connection, numbers: Sequence[int], found: Sequence[str]) -> Iterator[Hit]:
    rows = {row.id: row for row in connection.execute(schema.rec.select().where(schema.rec.c.id.in_(numbers)))}
    for number in numbers:
        row = rows[number]
        kind, values = Kind(row.kind), Plain(packed_values(row.registers))
        yield Hit(row.kind, row.entity, row.shown, heading(kind, values), snippet(kind, values, found))
