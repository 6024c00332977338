"""JSON Lines: one record a line; also one JSON array of records. The format in which nothing has to be guessed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import BinaryIO

from bren_desktop.domain.values import clean_text
from bren_desktop.exchange.source import MOST_COLUMNS, MOST_ROWS, damaged, refuse_other_programs, too_large
from bren_desktop.exchange.text import decoded
from bren_desktop.services.tables import Rejection, Table, TableRow

_WANTED = "JSONL-bestand"
_NOT_JSON = "Op deze regel staat geen volledig JSON-object. Misschien is het bestand afgekapt."


def read_lines(data: bytes) -> Table:
    """One JSON object a line. A line that is none is rejected; a file without any is refused."""
    refuse_other_programs(data, _WANTED)
    rows: list[TableRow] = []
    rejected: list[Rejection] = []
    lines = decoded(data, _WANTED).split("\n")
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        value = _parsed(text)
        if isinstance(value, dict):
            rows.append(_row(number, value))
        else:
            rejected.append(Rejection(number, "", _NOT_JSON))
    if not rows:
        raise damaged(_WANTED)
    return _table(rows, rejected)


def read_array(data: bytes) -> Table:
    """A JSON array of objects, or one object. The line of a record is its number in the array."""
    refuse_other_programs(data, "JSON-bestand")
    value = _parsed(decoded(data, "JSON-bestand"))
    records = [value] if isinstance(value, dict) else value
    if not isinstance(records, list):
        raise damaged("JSON-bestand")
    rows = [_row(number, each) for number, each in enumerate(records, start=1) if isinstance(each, dict)]
    rejected = [
        Rejection(number, "", "Dit is geen JSON-object.")
        for number, each in enumerate(records, start=1)
        if not isinstance(each, dict)
    ]
    return _table(rows, rejected)


def write(stream: BinaryIO, headers: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """One object a line, keys in the order of `headers`."""
    for row in rows:
        line = json.dumps({header: row[header] for header in headers}, ensure_ascii=False)
        stream.write(line.encode() + b"\n")


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _row(number: int, value: dict[str, object]) -> TableRow:
    return TableRow(number, {_key(key): each for key, each in value.items()})


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return str(clean_text(text))


def _table(rows: list[TableRow], rejected: list[Rejection]) -> Table:
    if len(rows) > MOST_ROWS:
        raise too_large()
    headers = tuple(islice(_keys(rows), MOST_COLUMNS + 1))
    if len(headers) > MOST_COLUMNS:
        raise too_large()
    return Table(headers, tuple(rows), tuple(rejected))


def _keys(rows: list[TableRow]) -> Iterator[str]:
    return iter(dict.fromkeys(key for row in rows for key in row.cells))
