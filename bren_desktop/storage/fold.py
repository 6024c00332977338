"""The one way into the derived tables: an operation, our own or a colleague's, goes into registers, lists and search.

Folded entities wait in memory and go down in batches (`flush`): before a read of the same transaction, when many
wait, and at its end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from bren_desktop.domain.entities import Kind, collections
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.operations import Operation
from bren_desktop.oplog.registers import Registers, conflicts, merge, pack, top_values, unpack
from bren_desktop.storage import projections, schema
from bren_desktop.storage.plain import Plain
from bren_desktop.storage.projections import Texts
from bren_desktop.storage.spaces import Spaces, row_range

_WAITING = 200
_ONE = "SELECT id, shown, name, created, changed, registers FROM rec WHERE kind = ? AND entity = ?"
_UPSERT = (
    "INSERT INTO rec (id, kind, entity, shown, name, created, changed, registers) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET shown = excluded.shown, name = excluded.name, created = excluded.created, "
    "changed = excluded.changed, registers = excluded.registers"
)


@dataclass(slots=True, eq=False)
class Entry:
    """One entity in the hands of a transaction. `known` says whether it has a row yet, `before` what search holds."""

    id: int
    kind: Kind
    entity: str
    registers: Registers
    created: int
    changed: int
    known: bool
    before: Texts | None
    names: tuple[str, str] = ("", "")


def merge_into(registers: Registers, operation: Operation, seen: Mapping[bytes, int]) -> None:
    """Merge an operation of a known kind. A field with keys is a collection, also one of a newer version."""
    keyed = {change.field for change in operation.changes if change.key}
    merge(registers, operation, collections(Kind(operation.kind)) | keyed, seen)


class Fold:
    """The entities that a transaction has touched."""

    def __init__(self, connection: Connection, spaces: Spaces) -> None:
        self._connection = connection
        self._spaces = spaces
        self._entries: dict[tuple[Kind, str], Entry] = {}
        self._dirty: dict[tuple[Kind, str], Entry] = {}
        self._last: dict[Kind, int] = {}
        self._names: set[tuple[Kind, str]] = set()
        self._missing: set[tuple[Kind, str]] = set()

    @property
    def full(self) -> bool:
        """Whether so many entities wait that they had better be written."""
        return len(self._entries) >= _WAITING

    def names(self, kind: Kind, name: str) -> bool:
        """Whether an entity that waits goes by `name`."""
        return (kind, name) in self._names

    def waiting(self, kind: Kind, entity: str) -> Entry | None:
        """The entity, if it was folded and is not written yet."""
        return self._dirty.get((kind, entity))

    def registers(self, kind: Kind, entity: str) -> Registers:
        """The registers as they are now; for reading only."""
        entry = self._entries.get((kind, entity)) or self._load(kind, entity)
        return entry.registers if entry else {}

    def fold(self, operation: Operation) -> None:
        """Merge `operation`. One of a kind that this version does not know stays in the log for a newer one."""
        if operation.kind in list(Kind):
            self._merge(Kind(operation.kind), operation)
        self._spaces.vector[operation.dot.device] = operation.dot.counter

    def _merge(self, kind: Kind, operation: Operation) -> None:
        name = kind, operation.entity
        entry = self._entries.get(name) or self._load(*name) or self._new(kind, operation)
        self._entries[name] = self._dirty[name] = entry
        merge_into(entry.registers, operation, self._spaces.vector)
        entry.created = min(entry.created, operation.clock)
        entry.changed = max(entry.changed, operation.clock)
        entry.names = projections.names(entry.registers, entry.entity)
        self._names.update((kind, known) for known in (entry.entity, *entry.names))

    def _load(self, kind: Kind, entity: str) -> Entry | None:
        if (kind, entity) in self._missing:
            return None
        row = self._connection.exec_driver_sql(_ONE, (kind.value, entity)).first()
        if row is None:
            self._missing.add((kind, entity))
            return None
        registers = unpack(row.registers)
        before = projections.texts(kind, Plain(top_values(registers)))
        entry = Entry(row.id, kind, entity, registers, row.created, row.changed, True, before, (row.shown, row.name))
        self._entries[kind, entity] = entry
        return entry

    def _new(self, kind: Kind, operation: Operation) -> Entry:
        if kind not in self._last:
            first, last = row_range(kind)
            highest = select(func.max(schema.rec.c.id)).where(schema.rec.c.id.between(first, last))
            self._last[kind] = self._connection.scalar(highest) or first
        self._last[kind] += 1
        clock = operation.clock
        return Entry(self._last[kind], kind, operation.entity, {}, clock, clock, False, None)

    def flush(self) -> None:
        """Write everything that waits."""
        entries = list(self._dirty.values())
        self._dirty.clear()
        self._entries.clear()
        self._names.clear()
        self._missing.clear()
        if entries:
            _write(self._connection, entries)


def _write(connection: Connection, entries: Sequence[Entry]) -> None:
    values = [Plain(top_values(entry.registers)) for entry in entries]
    rows = [(e.id, e.kind.value, e.entity, *e.names, e.created, e.changed, pack(e.registers)) for e in entries]
    connection.exec_driver_sql(_UPSERT, rows)
    _write_search(connection, entries, values)
    _forget(connection, [entry for entry in entries if entry.known])
    _insert(connection, "case_row", [_case(e, v) for e, v in _of(Kind.CASE, entries, values)])
    _insert(connection, "expert_row", [_expert(e, v) for e, v in _of(Kind.EXPERT, entries, values)])
    tags = [(e, tag) for e, v in zip(entries, values, strict=True) for tag in projections.tags(e.kind, v)]
    _insert(connection, "tag", [{"field": field, "code": code, "rec": e.id} for e, (field, code) in tags])
    below = [(e, parent) for e, v in zip(entries, values, strict=True) for parent in sorted(projections.parents(v))]
    _insert(connection, "child", [_child(e, parent) for e, parent in below])


def _of(kind: Kind, entries: Sequence[Entry], values: Sequence[Plain]) -> list[tuple[Entry, Plain]]:
    return [(entry, value) for entry, value in zip(entries, values, strict=True) if entry.kind is kind]


def _forget(connection: Connection, entries: Sequence[Entry]) -> None:
    if entries:
        numbers = [(entry.id,) for entry in entries]
        for table in ("case_row", "expert_row", "tag"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE rec = ?", numbers)  # noqa: S608
        connection.exec_driver_sql("DELETE FROM child WHERE entity = ?", [(entry.entity,) for entry in entries])


def _insert(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        columns = schema.metadata.tables[table].columns.keys()
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
        connection.exec_driver_sql(statement, [tuple(row[column] for column in columns) for row in rows])


def _case(entry: Entry, values: Plain) -> dict[str, Any]:
    return {
        **projections.case_columns(values),
        "rec": entry.id,
        "entity": entry.entity,
        "id": entry.names[0],
        "changed_ms": milliseconds(entry.changed),
        "conflicts": len(conflicts(entry.registers)),
    }


def _expert(entry: Entry, values: Plain) -> dict[str, Any]:
    return {**projections.expert_columns(values), "rec": entry.id, "entity": entry.entity, "id": entry.names[0]}


def _child(entry: Entry, parent: str) -> dict[str, Any]:
    return {"parent": parent, "kind": entry.kind.value, "entity": entry.entity, "created": entry.created}


def _write_search(connection: Connection, entries: Sequence[Entry], values: Sequence[Plain]) -> None:
    titles, bodies = [], []
    for entry, value in zip(entries, values, strict=True):
        texts = projections.texts(entry.kind, value)
        if texts is None or texts == entry.before:
            continue
        if entry.before is None or entry.before.title != texts.title:
            titles.append((entry.id, texts.title))
        bodies.append((entry.id, texts.body))
    for table, rows in (("search_title", titles), ("search_body", bodies)):
        if rows:
            connection.exec_driver_sql(f"INSERT OR REPLACE INTO {table} (rowid, text) VALUES (?, ?)", rows)  # noqa: S608
