"""The one door to files of rows: which format, by the extension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bren_desktop.errors import InvalidInputError, UnreadableFileError
from bren_desktop.exchange import csv_reader, csv_writer, jsonl, xlsx_reader, xlsx_writer
from bren_desktop.exchange.source import load
from bren_desktop.exchange.target import writing
from bren_desktop.services.tables import Table

_READERS = {
    ".jsonl": jsonl.read_lines,
    ".json": jsonl.read_array,
    ".csv": csv_reader.read,
    ".txt": csv_reader.read,
    ".xlsx": xlsx_reader.read,
}
_WRITERS = {".jsonl": jsonl.write, ".csv": csv_writer.write, ".xlsx": xlsx_writer.write}


def read_table(path: Path) -> Table:
    """The rows of `path`. Raises UnreadableFileError."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFileError(
            "Dit soort bestand kan niet worden gelezen. Gebruik een bestand met .xlsx, .csv of .jsonl. "
            "Een .xls-bestand slaat u in Excel eerst op als .xlsx."
        )
    return reader(load(path))


def write_table(path: Path, headers: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write `rows` under `headers` to `path`: all of it, or nothing. Equal rows give equal bytes."""
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise InvalidInputError(
            "Dit soort bestand kan niet worden gemaakt. Kies een naam die eindigt op .xlsx, .csv of .jsonl."
        )
    with writing(path) as stream:
        writer(stream, headers, rows)
