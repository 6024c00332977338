"""Import of experts and cases: read a file, map its columns, show what would happen, and take the good rows.

Taking is one transaction. An `id` in the file becomes the external id; a row without one is known by its content.
A re-import changes a field only where the file says something else than last time (`said`).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bren_desktop import logs
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, require
from bren_desktop.errors import InvalidInputError
from bren_desktop.services import mapping
from bren_desktop.services.bulk import many_records
from bren_desktop.services.context import Context, author
from bren_desktop.services.import_reading import GoodRow, RowReader, ToCode
from bren_desktop.services.import_taking import RowTaker
from bren_desktop.services.mapping import ColumnMapping
from bren_desktop.services.ports import Reader
from bren_desktop.services.tables import ReadTable, Rejection, Table

_EDIT = {Kind.CASE: Right.EDIT_CASE, Kind.EXPERT: Right.EDIT_POOL}
_SETTING = "import-mapping:"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What taking would do. `noted` is what is to be known of rows that are good."""

    kind: Kind
    mapping: ColumnMapping
    signature: str
    good: tuple[GoodRow, ...]
    rejected: tuple[Rejection, ...]
    to_code: tuple[ToCode, ...]
    unused_columns: tuple[str, ...]
    noted: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What taking did: rows that changed something, rows that did not, and the others."""

    imported: int
    unchanged: int
    rejected: tuple[Rejection, ...]
    to_code: tuple[ToCode, ...]
    noted: tuple[Rejection, ...]


class Importing:
    """Import into one profile. `read_table` is the door to files."""

    def __init__(self, context: Context, read_table: ReadTable) -> None:
        self._context = context
        self._read_table = read_table

    def read(self, path: Path) -> Table:
        """The rows of a file. Raises UnreadableFileError."""
        with many_records():
            return self._read_table(path)

    def propose(self, actor: Actor, table: Table, kind: Kind) -> ColumnMapping:
        """The mapping used last for these columns, else one by name."""
        _require(actor, kind)
        with self._context.read(actor) as reader:
            remembered = _remembered(reader, kind, table.headers)
        return remembered or mapping.proposed(kind, table.headers)

    def preview(self, actor: Actor, table: Table, columns: ColumnMapping) -> ImportPreview:
        """What `take` would take and what it would not. Changes nothing."""
        _require(actor, columns.kind)
        reading = RowReader(self._context, columns)
        with many_records(), self._context.read(actor) as reader:
            good = [row for each in table.rows if (row := reading.row(each, reader))]
        rejected = sorted([*table.rejected, *reading.rejected], key=lambda each: each.line)
        return ImportPreview(
            columns.kind,
            columns,
            mapping.signature(columns.kind, table.headers),
            tuple(good),
            tuple(rejected),
            tuple(reading.unknown()),
            columns.unused,
            tuple(reading.noted),
        )

    def take(self, actor: Actor, preview: ImportPreview) -> ImportReport:
        """Take the good rows in one transaction, and remember the mapping."""
        _require(actor, preview.kind)
        taking = RowTaker(self._context, actor, preview.kind)
        with logs.timed(_log, f"import of {preview.kind.value}") as facts:
            with many_records(), self._context.store.write(author(actor)) as writer:
                for row in preview.good:
                    taking.row(writer, row)
                writer.set_local(_SETTING + preview.signature, preview.mapping.model_dump_json())
            rejected = sorted([*preview.rejected, *taking.rejected], key=lambda each: each.line)
            facts.update(imported=taking.imported, unchanged=taking.unchanged, rejected=len(rejected))
        return ImportReport(taking.imported, taking.unchanged, tuple(rejected), preview.to_code, preview.noted)


def _require(actor: Actor, kind: Kind) -> None:
    if kind not in _EDIT:
        raise InvalidInputError("Alleen casussen en pareltjes kunnen worden geïmporteerd.")
    require(actor, Right.IMPORT)
    require(actor, _EDIT[kind])


def _remembered(reader: Reader, kind: Kind, headers: tuple[str, ...]) -> ColumnMapping | None:
    text = reader.local(_SETTING + mapping.signature(kind, headers))
    try:
        return ColumnMapping.model_validate_json(text) if text else None
    except ValidationError:
        return None
