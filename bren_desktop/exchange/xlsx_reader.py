"""The first filled sheet of an XLSX file, as text. What the file claims about itself is never trusted."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from bren_desktop.errors import UnreadableFileError
from bren_desktop.exchange.cells import unguarded
from bren_desktop.exchange.headers import named
from bren_desktop.exchange.source import (
    LARGEST_FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    ZIP,
    damaged,
    refuse_other_programs,
    too_large,
)
from bren_desktop.services.tables import Rejection, Table, TableRow

_WANTED = "Excel-bestand"
_LARGEST_PART = LARGEST_FILE
_MOST_PARTS = 2_000
_SQUEEZED = 400
"""How many times smaller real sheets ever become; a bomb becomes a thousand times smaller."""
_SMALL = 4 * 1024 * 1024
_CONTINUED = re.compile(r"(?P<header>.+)#[1-9]\d?")
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl and the libraries below it raise for files that are no sound workbook."""
_EXCEL_ERROR = "Deze cel bevat een foutmelding van Excel. Herstel de formule, of maak de cel leeg."


def read(data: bytes) -> Table:
    """The rows of the first sheet that holds any; the line is the row number of the sheet."""
    if not data.startswith(ZIP):
        refuse_other_programs(data, _WANTED)
        raise damaged(_WANTED)
    try:
        _check_size(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(data)
    except _BROKEN as error:
        raise damaged(_WANTED) from error


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    bombs = [part for part in parts if part.file_size > max(_SMALL, part.compress_size * _SQUEEZED)]
    if bombs or len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_PART:
        raise too_large()


def _read(data: bytes) -> Table:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            table = _table(sheet)
            if table is not None:
                return table
    finally:
        book.close()
    raise UnreadableFileError("In dit Excel-bestand staan geen rijen. Er is niets geïmporteerd.")


def _table(sheet: Any) -> Table | None:
    rows = _filled(sheet, MOST_COLUMNS + 1)
    first = next(rows, None)
    rows.close()
    if first is None:
        return None
    line, cells = first
    headers = named([_text(cell) for cell in cells])
    if len(headers) > MOST_COLUMNS:
        raise too_large()
    rejected: list[Rejection] = []
    found = _rows(headers, _filled(sheet, len(headers), line + 1), rejected)
    return Table(tuple(name for name in headers if not _continued(name, headers)), tuple(found), tuple(rejected))


def _filled(sheet: Any, columns: int, start: int = 1) -> Any:
    """The rows with anything in them, with their numbers."""
    sheet.reset_dimensions()
    last = start + MOST_ROWS
    for number, cells in enumerate(sheet.iter_rows(start, last, 1, columns), start):
        if any(cell.value not in (None, "") for cell in cells):
            if number >= last:
                raise too_large()
            yield number, cells


def _rows(headers: Sequence[str], rows: Iterator[Any], rejected: list[Rejection]) -> Iterator[TableRow]:
    for line, cells in rows:
        wrong = [name for name, cell in zip(headers, cells, strict=False) if cell.data_type == "e"]
        rejected += [Rejection(line, name, _EXCEL_ERROR) for name in wrong]
        if not wrong:
            yield TableRow(line, _joined(headers, [_text(cell) for cell in cells]))


def _continued(name: str, headers: Collection[str]) -> str:
    """The header whose long text goes on in the column `name`, or empty."""
    found = _CONTINUED.fullmatch(name)
    return found["header"] if found and found["header"] in headers else ""


def _joined(headers: Sequence[str], texts: Sequence[str]) -> dict[str, object]:
    """Texts by header; what goes on in a further column is put behind the first part."""
    found: dict[str, str] = {}
    for name, text in zip(headers, texts, strict=False):
        base = _continued(name, found) or name
        found[base] = found.get(base, "") + text
    return dict(found)


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unguarded(_unescaped(value)) if isinstance(value, str) else "" if value is None else str(value)


def _unescaped(text: str) -> str:
    from openpyxl.utils.escape import unescape

    return str(unescape(text))
