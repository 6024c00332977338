"""A file's content as a table of raw rows, whatever its format; the adapters in `exchange` read and write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class TableRow(NamedTuple):
    """One row: the line (row number in a spreadsheet) where it starts in the file, and its cells by header.

    A cell that the row does not have is absent; an empty one is empty text.
    """

    line: int
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that is not taken, or that asks a look: where, which field (or empty) and why. Never the value."""

    line: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. `rejected` lists the rows that could not even be read."""

    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]
    rejected: tuple[Rejection, ...] = ()


ReadTable = Callable[[Path], Table]
"""Reads a file by its extension. Raises UnreadableFileError."""
WriteTable = Callable[[Path, Sequence[str], Iterable[Mapping[str, object]]], None]
"""Writes rows under headers to a file by its extension: all of it, or nothing."""
