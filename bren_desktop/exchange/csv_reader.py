"""CSV as programs really write it: any of three delimiters, four encodings, line ends inside quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from bren_desktop.errors import UnreadableFileError
from bren_desktop.exchange.cells import unguarded
from bren_desktop.exchange.headers import named
from bren_desktop.exchange.source import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, refuse_other_programs, too_large
from bren_desktop.exchange.text import decoded
from bren_desktop.services.tables import Rejection, Table, TableRow

_WANTED = "CSV-bestand"
_DELIMITERS = ";\t,"
_SAMPLE = 100_000
_QUOTES = (
    "Vanaf deze regel kloppen de aanhalingstekens niet; deze regel en alles erna is niet gelezen. "
    "Misschien is het bestand afgekapt."
)
_TOO_MANY = (
    "Deze regel heeft meer cellen dan er kolommen zijn. Zet tekst met een scheidingsteken tussen aanhalingstekens."
)


class _Record(NamedTuple):
    line: int
    cells: list[str]


def read(data: bytes) -> Table:
    """The rows of a CSV file, each with the line on which it starts; the header is on line 1."""
    refuse_other_programs(data, _WANTED)
    text = decoded(data, _WANTED)
    before = csv.field_size_limit(LARGEST_FILE)
    try:
        return _table(text, _declared(text) or _sniffed(text))
    finally:
        csv.field_size_limit(before)


def _table(text: str, delimiter: str) -> Table:
    rejected: list[Rejection] = []
    records = _records(text, delimiter, rejected)
    header = next(records, None)
    if header is None:
        raise UnreadableFileError("In dit bestand staan geen kolomnamen. Er is niets geïmporteerd.")
    headers = named(header.cells)
    if len(headers) > MOST_COLUMNS:
        raise too_large()
    rows = tuple(_rows(headers, records, rejected))
    return Table(tuple(headers), rows, tuple(rejected))


def _records(text: str, delimiter: str, rejected: list[Rejection]) -> Iterator[_Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            rejected.append(Rejection(start, "", _QUOTES))
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells) and not _is_declaration(start, cells, delimiter):
            yield _Record(start, cells)


def _rows(headers: list[str], records: Iterator[_Record], rejected: list[Rejection]) -> Iterator[TableRow]:
    for number, record in enumerate(records):
        if number >= MOST_ROWS:
            raise too_large()
        if any(cell.strip() for cell in record.cells[len(headers) :]):
            rejected.append(Rejection(record.line, "", _TOO_MANY))
            continue
        cells = [*record.cells, *[""] * (len(headers) - len(record.cells))]
        yield TableRow(record.line, {name: unguarded(cell) for name, cell in zip(headers, cells, strict=False)})


def _declared(text: str) -> str:
    """The delimiter that Excel's `sep=;` line names."""
    first = text[:10].lower()
    return text[4] if first.startswith("sep=") and len(text) > 4 and text[4] not in '\r\n"' else ""


def _is_declaration(line: int, cells: list[str], delimiter: str) -> bool:
    return line == 1 and delimiter.join(cells).lower() == f"sep={delimiter}"


def _sniffed(text: str) -> str:
    """The delimiter that cuts the first record in most cells; quotes are respected."""
    start = text.lstrip("\r\n")[:_SAMPLE]
    return max(_DELIMITERS, key=lambda mark: _cells_in_first(start, mark))


def _cells_in_first(text: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), []))
    except csv.Error:
        return 0
