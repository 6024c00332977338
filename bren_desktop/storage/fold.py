"""The one way into the derived tables: an operation, our own or a colleague's, goes into registers, lists and search.

Folded entities wait in memory and go down in batches (`flush`): before a read of the same transaction, when many
wait, and at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from bren_desktop.domain.entities import Kind, collections
from bren_desktop.oplog.operations import Operation
from bren_desktop.oplog.registers import Registers, gathered, merge, top_values, unpack
from bren_desktop.storage import derived, projections, schema
from bren_desktop.storage.derived import Entry
from bren_desktop.storage.plain import Plain
from bren_desktop.storage.spaces import Space, row_range

_WAITING = 200
_ONE = (
    "SELECT id, space, subject, shown, name, created, changed, conflicts, registers FROM rec "
    "WHERE kind = ? AND entity = ?"
)
_SPACE = "SELECT space FROM rec WHERE kind = ? AND entity = ?"
_NUMBER = "SELECT id FROM rec WHERE kind = ? AND entity = ?"
_KNOWN = {kind.value for kind in Kind}


def merge_into(registers: Registers, operation: Operation, seen: Mapping[bytes, int]) -> None:
    """Merge an operation of a known kind."""
    merge(registers, operation, removable(operation), seen)


def removable(operation: Operation) -> frozenset[str]:
    """The fields of which a removal leaves nothing. One with keys is a collection, also one of a newer version."""
    keyed = {change.field for change in operation.changes if change.key}
    return collections(Kind(operation.kind)) | keyed


class Fold:
    """The entities that a transaction has touched."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
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

    def entry(self, kind: Kind, entity: str) -> Entry | None:
        """The entity as it is now; for reading only."""
        return self._entries.get((kind, entity)) or self._load(kind, entity)

    def space(self, kind: Kind, entity: str) -> int | None:
        """The number of the space that an entity lives in, without a look at what it holds."""
        entry = self._entries.get((kind, entity))
        return entry.space if entry else self._connection.exec_driver_sql(_SPACE, (kind.value, entity)).scalar()

    def registers(self, kind: Kind, entity: str) -> Registers:
        """The registers as they are now; for reading only."""
        entry = self.entry(kind, entity)
        return entry.registers if entry else {}

    def fold(self, operation: Operation, space: Space, subject: bytes) -> None:
        """Merge `operation`. One of a kind that this version does not know stays in the log for a newer one."""
        if operation.kind in _KNOWN:
            self._merge(Kind(operation.kind), operation, space, subject)
        space.advance(operation.dot.device, operation.dot.counter)

    def _merge(self, kind: Kind, operation: Operation, space: Space, subject: bytes) -> None:
        name = kind, operation.entity
        entry = self.entry(*name) or self._new(kind, operation, space, subject)
        merge_into(entry.registers, operation, space.vector)
        entry.created = min(entry.created, operation.clock)
        entry.changed = max(entry.changed, operation.clock)
        self._changed(entry)

    def _changed(self, entry: Entry) -> None:
        name = entry.kind, entry.entity
        self._entries[name] = self._dirty[name] = entry
        entry.names = projections.names(entry.registers, entry.entity)
        self._names.update((entry.kind, known) for known in (entry.entity, *entry.names))

    def replace(self, kind: Kind, entity: str, operations: Sequence[Operation], space: Space, subject: bytes) -> None:
        """Make an entity what just these operations give."""
        entry = self.entry(kind, entity) or self._new(kind, operations[0], space, subject)
        entry.registers = gathered(operations, removable, space.vector)
        entry.created = min(operation.clock for operation in operations)
        entry.changed = max(operation.clock for operation in operations)
        self._changed(entry)

    def remove(self, names: Iterable[tuple[Kind, str]]) -> None:
        """Leave nothing of these entities."""
        self.flush()
        found = (self._connection.exec_driver_sql(_NUMBER, (kind.value, entity)).scalar() for kind, entity in names)
        self.drop([number for number in found if number is not None])

    def drop(self, numbers: Sequence[int]) -> None:
        """Take records out of every derived table."""
        self.flush()
        derived.forget(self._connection, numbers)

    def _load(self, kind: Kind, entity: str) -> Entry | None:
        if (kind, entity) in self._missing:
            return None
        row = self._driver.execute(_ONE, (kind.value, entity)).fetchone()
        if row is None:
            self._missing.add((kind, entity))
            return None
        number, space, subject, shown, name, created, changed, torn, packed = row
        registers = unpack(packed)
        before = projections.texts(kind, Plain(top_values(registers)))
        where = number, kind, entity, space, subject
        entry = Entry(*where, registers, created, changed, True, before, (shown, name), torn, torn)
        self._entries[kind, entity] = entry
        return entry

    @property
    def _driver(self) -> Any:
        """The connection below SQLAlchemy, which makes asking for one record cost three times as much."""
        return self._connection.connection.dbapi_connection

    def _new(self, kind: Kind, operation: Operation, space: Space, subject: bytes) -> Entry:
        if kind not in self._last:
            first, last = row_range(kind)
            highest = select(func.max(schema.rec.c.id)).where(schema.rec.c.id.between(first, last))
            self._last[kind] = self._connection.scalar(highest) or first
        self._last[kind] += 1
        clock = operation.clock
        where = self._last[kind], kind, operation.entity, space.num, subject
        return Entry(*where, {}, clock, clock, False, None)

    def flush(self) -> None:
        """Write everything that waits."""
        entries = list(self._dirty.values())
        self._dirty.clear()
        self._entries.clear()
        self._names.clear()
        self._missing.clear()
        if entries:
            derived.write(self._connection, entries)
