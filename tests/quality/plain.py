"""Plain BM25 over the same records, by SQLite's own text index: what a search without our knowledge would find."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bren_desktop.domain.vocabulary import vocabulary

CODED = {
    **{name: name for name in ("domeinen", "knelpunten", "ontbrekend_aanbod", "maatregelen", "wettelijk_kader")},
    "expertise": "expertise_pareltjes",
}
"""Fields that hold codes, with the list in which those have a label."""
MOST = 100


class Plain:
    """An index of records, each found by the words of its values and the labels of its codes."""

    def __init__(self, records: Iterable[Mapping[str, Any]]) -> None:
        self._index = sqlite3.connect(":memory:")
        self._index.execute("CREATE VIRTUAL TABLE record USING fts5(id UNINDEXED, words, tokenize='unicode61')")
        told = ((record["id"], words(record)) for record in records)
        self._index.executemany("INSERT INTO record VALUES (?, ?)", told)

    def find(self, text: str) -> list[str]:
        """The ids that share a word with `text`, the best first."""
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", text)))
        wanted = "SELECT id FROM record WHERE record MATCH ? ORDER BY bm25(record), id LIMIT ?"
        return [row[0] for row in self._index.execute(wanted, (asked, MOST))] if asked else []

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()


def words(record: Mapping[str, Any]) -> str:
    """Everything that a record says, as running text."""
    return " ".join(_said(record))


def _said(record: Mapping[str, Any]) -> Iterator[str]:
    for name, value in record.items():
        if name in CODED:
            codes = (each["code"] if isinstance(each, dict) else each for each in value)
            yield from (vocabulary(CODED[name]).label(code) for code in codes)
        elif isinstance(value, str) and name != "id":
            yield value
        elif isinstance(value, list):
            yield from (str(one) for one in value)
