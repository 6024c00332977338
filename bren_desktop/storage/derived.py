"""The derived tables of entities: registers, lists, filters, what hangs below, search. Written in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import msgpack
from sqlalchemy import Connection

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.registers import Registers, conflicts, pack, settled, top_values
from bren_desktop.storage import conflicted, mentions, projections, schema
from bren_desktop.storage.events import Row as EventRow
from bren_desktop.storage.events import events
from bren_desktop.storage.plain import Plain
from bren_desktop.storage.projections import Texts

DIGEST_BYTES = 16
_BY_ROW = ("case_row", "expert_row", "tag", "case_access", "event")
_READ_LATER = ("mention", "unread")
_UPSERT = (
    "INSERT INTO rec (id, kind, entity, space, subject, shown, name, created, changed, conflicts, digest, registers) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET shown = excluded.shown, name = excluded.name, created = excluded.created, "
    "changed = excluded.changed, conflicts = excluded.conflicts, digest = excluded.digest, "
    "registers = excluded.registers"
)


@dataclass(slots=True, eq=False)
class Entry:
    """One entity in the hands of a transaction. `known` says whether it has a row yet, `before` what search holds."""

    id: int
    kind: Kind
    entity: str
    space: int
    subject: bytes
    registers: Registers
    created: int
    changed: int
    known: bool
    before: Texts | None
    names: tuple[str, str] = ("", "")
    conflicts: int = 0
    conflicts_before: int = 0


def digest(kind: str, entity: str, registers: Registers) -> bytes:
    """What the state is made of: 16 bytes over one entity, whatever it still awaits left out."""
    return _digest(kind, entity, pack(settled(registers)))


def _digest(kind: str, entity: str, packed: bytes) -> bytes:
    return hashlib.blake2b(msgpack.packb([kind, entity, packed]), digest_size=DIGEST_BYTES).digest()


def write(connection: Connection, entries: Sequence[Entry]) -> None:
    """Bring every derived table to what `entries` are now."""
    values = [Plain(top_values(entry.registers)) for entry in entries]
    for entry in entries:
        entry.conflicts = len(conflicts(entry.registers))
    connection.exec_driver_sql(_UPSERT, [_row(entry) for entry in entries])
    _write_search(connection, entries, values)
    known = [entry for entry in entries if entry.known]
    left = conflicted.parents(connection, [entry.entity for entry in known if entry.conflicts_before])
    _clear(connection, known)
    _write_rows(connection, entries, values)
    unsettled = [entry.entity for entry in entries if entry.conflicts]
    cases = [entry.entity for entry in entries if entry.kind is Kind.CASE]
    conflicted.recount(connection, left | conflicted.parents(connection, unsettled), cases)


def _row(entry: Entry) -> tuple[Any, ...]:
    packed, calm = pack(entry.registers), settled(entry.registers)
    whole = _digest(entry.kind, entry.entity, packed if calm is entry.registers else pack(calm))
    where = entry.id, entry.kind.value, entry.entity, entry.space, entry.subject
    return *where, *entry.names, entry.created, entry.changed, entry.conflicts, whole, packed


def _write_rows(connection: Connection, entries: Sequence[Entry], values: Sequence[Plain]) -> None:
    _insert(connection, "case_row", [_case(e, v) for e, v in _of(Kind.CASE, entries, values)])
    _insert(connection, "expert_row", [_expert(e, v) for e, v in _of(Kind.EXPERT, entries, values)])
    tags = [(e, tag) for e, v in zip(entries, values, strict=True) for tag in projections.tags(e.kind, v)]
    _insert(connection, "tag", [{"field": field, "code": code, "rec": e.id} for e, (field, code) in tags])
    open_to = [
        (e, row) for e, v in zip(entries, values, strict=True) for row in projections.access(e.kind, e.entity, v)
    ]
    _insert(connection, "case_access", [_access(e, *row) for e, row in open_to])
    told = [
        _event(e, number, case, row)
        for e, v in zip(entries, values, strict=True)
        for number, (case, row) in enumerate(events(e.kind, e.entity, v))
    ]
    _insert(connection, "event", told)
    below = [(e, parent) for e, v in zip(entries, values, strict=True) for parent in sorted(projections.parents(v))]
    _insert(connection, "child", [_child(e, parent) for e, parent in below])


def _of(kind: Kind, entries: Sequence[Entry], values: Sequence[Plain]) -> list[tuple[Entry, Plain]]:
    return [(entry, value) for entry, value in zip(entries, values, strict=True) if entry.kind is kind]


def _clear(connection: Connection, entries: Sequence[Entry]) -> None:
    if entries:
        numbers = [(entry.id,) for entry in entries]
        for table in _BY_ROW:
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE rec = ?", numbers)  # noqa: S608
        below = [(entry.entity, entry.kind.value) for entry in entries]
        connection.exec_driver_sql("DELETE FROM child WHERE entity = ? AND kind = ?", below)


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
        "conflicts": entry.conflicts,
    }


def _expert(entry: Entry, values: Plain) -> dict[str, Any]:
    return {
        **projections.expert_columns(values),
        "rec": entry.id,
        "entity": entry.entity,
        "id": entry.names[0],
        "conflicts": entry.conflicts,
    }


def _access(entry: Entry, person: str, case: str, begun: str) -> dict[str, Any]:
    return {"person": person, "casus": case, "rec": entry.id, "begun": begun}


def _event(entry: Entry, number: int, case: str, row: EventRow) -> dict[str, Any]:
    where = {"casus": case, "rec": entry.id, "n": number, "entity": entry.entity}
    return {**asdict(row), **where, "created": entry.created, "changed_ms": milliseconds(entry.changed)}


def _child(entry: Entry, parent: str) -> dict[str, Any]:
    return {"parent": parent, "kind": entry.kind.value, "entity": entry.entity, "created": entry.created}


def _write_search(connection: Connection, entries: Sequence[Entry], values: Sequence[Plain]) -> None:
    titles, bodies, unread = [], [], []
    for entry, value in zip(entries, values, strict=True):
        texts = projections.texts(entry.kind, value)
        if texts is None or texts == entry.before:
            continue
        if entry.before is None or entry.before.title != texts.title:
            titles.append((entry.id, texts.title))
        bodies.append((entry.id, texts.body))
        unread.append((entry.id, entry.changed))
    mentions.leave_unread(connection, unread)
    for table, rows in (("search_title", titles), ("search_body", bodies)):
        if rows:
            connection.exec_driver_sql(f"INSERT OR REPLACE INTO {table} (rowid, text) VALUES (?, ?)", rows)  # noqa: S608


def forget(connection: Connection, numbers: Sequence[int]) -> None:
    """Take records out of every derived table."""
    rows = [(number,) for number in numbers]
    if not rows:
        return
    torn = "SELECT entity FROM rec WHERE id = ? AND conflicts > 0"
    found = [entity for row in rows for entity in connection.exec_driver_sql(torn, row).scalars()]
    left = conflicted.parents(connection, found)
    below = "DELETE FROM child WHERE (kind, entity) = (SELECT kind, entity FROM rec WHERE id = ?)"
    connection.exec_driver_sql(below, rows)
    for table in (*_BY_ROW, *_READ_LATER):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE rec = ?", rows)  # noqa: S608
    for table in schema.INDEXES:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid = ?", rows)  # noqa: S608
    connection.exec_driver_sql("DELETE FROM rec WHERE id = ?", rows)
    conflicted.recount(connection, left, [])
