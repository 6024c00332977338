"""The search box: every word is a prefix; hits in titles and tags come before hits in running text.

Ranking by frequency costs more than a keystroke may (decision 25), so hits come in tiers, newest record first: whole
words in the title, beginnings of words in the title, then anywhere. The beginning of a case number finds just those:
its words stand in every case, and working that out costs more than all else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import ceil

from sqlalchemy import ColumnElement, Connection, Integer, Select, literal_column, select, table

from bren_desktop.domain.entities import Kind
from bren_desktop.language.asked import SAY_NOTHING
from bren_desktop.services.rows import Hit, Nowhere, Spot, Tier
from bren_desktop.storage import schema
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.mentions import SEARCHED, Mentions
from bren_desktop.storage.sight import PROGRAM, Eyes
from bren_desktop.storage.snippets import Texts, heading, snippet
from bren_desktop.storage.spaces import row_range

_LONGEST_QUERY = 500
_MOST_WORDS = 12
_LONGEST_WORD = 40
_NUMBER = re.compile(r"[A-Z]{2,}-")
_SHORT = re.compile(r"(?:20)?(?P<year>[0-9]{2})-(?P<count>[A-Z]{1,3}[0-9]{2,}|[0-9]{3,})")
"""A number without network and team, as people say it: `26-AA0041` or `26-0041`."""
_LAST = "\U0010ffff"
_TITLE_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.title_words USING fts5vocab(main, search_title, row)"
_REC, _CASE = schema.rec.c, schema.case_row.c
_NEWEST = {
    index: f"SELECT rowid FROM {index} WHERE {index} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608
    for index in schema.INDEXES
}
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


def _looked_for(text: str) -> Iterator[tuple[Tier, Sequence[str]]]:
    """The words to look for in each place in turn; in running text only those that say something there."""
    found = words(text)
    places = {Tier.TITLE: found, Tier.BEGUN: found, Tier.TEXT: _telling(found)}
    return ((tier, sought) for tier, sought in places.items() if sought)


def _query(tier: Tier, sought: Sequence[str]) -> tuple[str, str]:
    """The index, and what to ask it."""
    if tier is Tier.TEXT:
        return "search_body", _begun(sought)
    return "search_title", _whole(sought) if tier is Tier.TITLE else _begun(sought)


def _is_nowhere(nowhere: Nowhere, kind: Kind, tier: Tier, sought: Sequence[str]) -> bool:
    """Whether these words cannot stand together in that place, as beginnings of them do not."""
    begun = nowhere.get((kind, max(tier, Tier.BEGUN)), ())
    return bool(begun) and all(any(word.startswith(one) for word in sought) for one in begun)


def _telling(found: Sequence[str]) -> Sequence[str]:
    """The words that not almost every text has: more than a letter, and no `de` or `niet` beside other words."""
    longer = [word for word in found if len(word) > 1]
    return [word for word in longer if word.lower() not in SAY_NOTHING] or longer


def filter_query(text: str) -> tuple[str, str] | None:
    """The one (index, query) pair that narrows a list to `text`; None where it holds no word."""
    looked_for = [*_looked_for(text)]
    return _query(*looked_for[-1]) if looked_for else None


class Searching(Mentions):
    """The part of a reader that searches. `texts` are those of its store."""

    def __init__(self, connection: Connection, eyes: Eyes = PROGRAM, texts: Texts | None = None) -> None:
        super().__init__(connection, eyes)
        self._texts = texts or Texts()

    def search(self, text: str, kinds: Sequence[Kind], limit: int) -> Sequence[Hit]:
        found = self.numbered(Kind.CASE, text, limit) if Kind.CASE in kinds else []
        if not found:
            share = ceil(limit / max(1, len(kinds)))
            tiered = [each for kind in SEARCHED if kind in kinds for each in self.holding(kind, text, share).items()]
            found = [number for number, _ in sorted(tiered, key=lambda each: each[1])[:limit]]
        return self.hits(found, text, lambda _: None)

    def numbered(self, kind: Kind, text: str, most: int) -> Sequence[int]:
        typed = text.strip().upper()
        short = _SHORT.fullmatch(typed)
        if short:
            is_so = _REC.name.op("GLOB", is_comparison=True)(f"*-20{short['year']}-*{short['count']}*")
        elif _NUMBER.match(typed):
            is_so = _REC.name.between(typed, f"{typed}{_LAST}")
        else:
            return []
        wanted = select(_REC.id).where(_REC.kind == kind.value, is_so, self._sight.records(kind))
        return self._sql.scalars(wanted.order_by(_REC.name.desc()).limit(most)).all()

    def holding(self, kind: Kind, text: str, most: int, nowhere: Nowhere | None = None) -> Mapping[int, Tier]:
        found: dict[int, Tier] = {}
        nowhere = {} if nowhere is None else nowhere
        for tier, sought in _looked_for(text):
            if len(found) < most and not _is_nowhere(nowhere, kind, tier, sought):
                numbers = self._rows(*_query(tier, sought), kind, most)
                found = {**dict.fromkeys(numbers, tier), **found}
                nowhere |= {} if numbers or tier is Tier.TITLE else {(kind, tier): sought}
        return found

    def speaking(self, kind: Kind, text: str, most: int) -> Sequence[int]:
        query = _begun(_telling(words(text)))
        return self._rows("search_body", query, kind, most) if query else []

    def title_words(self) -> Sequence[str]:
        self._sql.exec_driver_sql(_TITLE_WORDS)
        return self._sql.exec_driver_sql("SELECT term FROM temp.title_words").scalars().all()

    def hits(self, numbers: Sequence[int], text: str, spot: Spot) -> Sequence[Hit]:
        return list(_hits(self._sql, numbers, words(text), spot, self._texts))

    def _rows(self, index: str, query: str, kind: Kind, limit: int) -> Sequence[int]:
        if kind is not Kind.CASE or self._sight.is_whole:
            return [row[0] for row in tuples(self._sql, _NEWEST[index], (query, *row_range(kind), limit))]
        seen = _EACH.in_(select(schema.case_row.c.rec).where(self._sight.cases))
        wanted = matching(index, query, kind).where(seen).order_by(_ROWID.desc()).limit(limit)
        return self._sql.scalars(wanted).all()


def matching(index: str, query: str, kind: Kind) -> Select[int]:
    """The row numbers of a kind that an index gives for a query."""
    found = literal_column(index).op("MATCH", is_comparison=True)(query)
    return select(_ROWID).select_from(table(index)).where(found, _ROWID.between(*row_range(kind)))


def _hits(
    connection: Connection, numbers: Sequence[int], found: Sequence[str], spot: Spot, texts: Texts
) -> Iterator[Hit]:
    rows = {row.id: row for row in connection.execute(schema.rec.select().where(schema.rec.c.id.in_(numbers)))}
    told = {number: texts.of(Kind(row.kind), row.registers) for number, row in rows.items()}
    cases = _titles(connection, {shown.values.line("casus") for shown in told.values()} - {""})
    for number in numbers:
        row, shown = rows[number], told[number]
        kind, case = Kind(row.kind), shown.values.line("casus")
        title = heading(kind, shown.values, cases.get(case, ""))
        yield Hit(row.kind, row.entity, row.shown, title, snippet(kind, shown, found, spot), case)


def _titles(connection: Connection, cases: Collection[str]) -> Mapping[str, str]:
    """What people know these cases by: number and initials."""
    wanted = select(_REC.entity, _REC.name, _CASE.initials).join(schema.case_row, _CASE.rec == _REC.id)
    rows = connection.execute(wanted.where(_REC.kind == Kind.CASE.value, _REC.entity.in_(cases))) if cases else ()
    return {entity: " · ".join(filter(None, parts)) for entity, *parts in rows}
