"""Export of experts and cases: every field that the role may see, codes not labels, sorted by id, no timestamps.

Exporting cases is logged per case before the file is written, so that no file exists that nobody can account for.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from bren_desktop import logs
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import MODELS, Kind, build
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.sharing import GROUP_OF, RESEARCH
from bren_desktop.errors import InvalidInputError, ReadOnlyError
from bren_desktop.oplog.registers import top_values
from bren_desktop.services.bulk import many_records
from bren_desktop.services.consents import verdict_of
from bren_desktop.services.context import Context, author
from bren_desktop.services.log_tables import normative, readable
from bren_desktop.services.mapping import targets
from bren_desktop.services.ports import Reader
from bren_desktop.services.readlog import ALWAYS, Period, ReadLog
from bren_desktop.services.requests import has_objected
from bren_desktop.services.tables import WriteTable

_RIGHT = {Kind.CASE: Right.EXPORT_CASES, Kind.EXPERT: Right.READ_POOL}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shared:
    """How many cases went into a file, and how many may not be shared for its purpose."""

    exported: int
    left_out: int


class Exporting:
    """Export from one profile. `write_table` is the door to files."""

    def __init__(self, context: Context, write_table: WriteTable, readlog: ReadLog | None = None) -> None:
        self._context = context
        self._write_table = write_table
        self._readlog = readlog or ReadLog(context)

    def export(self, actor: Actor, kind: Kind, path: Path) -> int:
        """Write all records of `kind` to a file, by its extension; how many. All of it, or nothing.

        What lies in a team or network that this laptop is out of stays out. Raises ReadOnlyError where that is all.
        """
        if kind not in _RIGHT:
            raise InvalidInputError("Alleen casussen en pareltjes kunnen worden geëxporteerd.")
        require(actor, _RIGHT[kind])
        with logs.timed(_log, f"export of {kind.value}") as facts:
            with many_records(), self._context.read(actor) as reader:
                entities = _ours(reader, kind)
                rows = [_row(reader, kind, entity) for entity in entities]
            if kind is Kind.CASE:
                self._log_read(actor, kind, entities)
            self._write_table(path, tuple(targets(kind)), rows)
            facts.update(exported=len(rows))
        return len(rows)

    def share(self, actor: Actor, purpose: str, path: Path) -> Shared:
        """Write the cases that may be shared today for `purpose` to a file; the others stay out, and are counted.

        Each is logged with the purpose: that is the note that Jeugdwet 7.3.12 asks for in the record.
        """
        require(actor, Right.EXPORT_CASES)
        today, to = self._context.today(), (GROUP_OF[purpose],)
        with many_records(), self._context.read(actor) as reader:
            entities = _ours(reader, Kind.CASE)
            allowed = [each for each in entities if verdict_of(reader, each, purpose, to, today).allowed]
            if RESEARCH in to:
                allowed = [each for each in allowed if not has_objected(reader, each)]
            rows = [_row(reader, Kind.CASE, entity) for entity in allowed]
        self._log_read(actor, Kind.CASE, allowed, purpose)
        self._write_table(path, tuple(targets(Kind.CASE)), rows)
        return Shared(len(allowed), len(entities) - len(allowed))

    def log(self, actor: Actor, case: str, path: Path, period: Period = ALWAYS, *, norm: bool = False) -> int:
        """Write who has seen a case to a file: readable, or every event with the fields of the `norm`; how many lines.

        That it was written is logged.
        """
        events = self._readlog.events(actor, case, period)
        table = normative(events) if norm else readable(self._readlog.seen(actor, case, period))
        self._write_table(path, table.headers, table.rows)
        return len(table.rows)

    def _log_read(self, actor: Actor, kind: Kind, entities: Sequence[str], purpose: str = "") -> None:
        with self._context.store.write(author(actor)) as writer:
            entries = (self._context.read_entry(actor, "export", kind, entity, purpose) for entity in entities)
            writer.log_read(list(entries))


def _ours(reader: Reader, kind: Kind) -> Sequence[str]:
    left = reader.read_only(kind)
    found = [entity for entity in reader.entities(kind) if entity not in left]
    if left and not found:
        raise ReadOnlyError
    return found


def _row(reader: Reader, kind: Kind, entity: str) -> dict[str, object]:
    record = build(MODELS[kind], top_values(reader.registers(kind, entity)))
    return exchange_row(reader.shown_id(kind, entity), record)


def exchange_row(shown_id: str, record: BaseModel) -> dict[str, object]:
    """A record in the shape of `docs/formats.md`: its id and every field, empty ones too."""
    row: dict[str, object] = {"id": shown_id}
    for name, note in notes(type(record)).items():
        value = getattr(record, name)
        if name == "extern_id":
            continue
        if note.shape is Shape.ROWS:
            row[name] = [_filled(each) for each in value]
        else:
            row[name] = _plain(sorted(value) if note.shape is Shape.SET else value)
    return row


def _filled(row: BaseModel) -> Mapping[str, object]:
    return {name: _plain(value) for name, value in row if value not in (None, "")}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
