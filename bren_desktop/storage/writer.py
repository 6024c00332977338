"""The writer that services get: one transaction with its author, reads included."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from bren_desktop.domain.entities import Kind, Values
from bren_desktop.oplog.operations import Author, Operation, encode
from bren_desktop.oplog.registers import Registers, changes
from bren_desktop.services.ports import Clock
from bren_desktop.services.rows import Changes, ReadEntry
from bren_desktop.storage import log, schema
from bren_desktop.storage.fold import Fold
from bren_desktop.storage.reader import StoreReader
from bren_desktop.storage.spaces import Spaces

_APPEND = "INSERT INTO op (device, counter, clock, entity, body) VALUES (?, ?, ?, ?, ?)"
_COUNT = "INSERT INTO series (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last"


class StoreWriter(StoreReader):
    """A view that also writes (`services.ports.Writer`). Operations and folded entities go down in batches."""

    def __init__(self, connection: Connection, author: Author, clock: Clock) -> None:
        super().__init__(connection)
        self._author = author
        self._clock = clock
        self._spaces = Spaces.load(connection)
        self._fold = Fold(connection, self._spaces)
        self._operations: list[tuple[int, int, int, str, bytes]] = []
        self._touched: set[tuple[str, str]] = set()

    @property
    def _sql(self) -> Connection:
        self.flush()
        return self._raw

    def exists(self, kind: Kind, entity: str) -> bool:
        return self._fold.waiting(kind, entity) is not None or super().exists(kind, entity)

    def registers(self, kind: Kind, entity: str) -> Registers:
        self._make_room()
        return dict(self._fold.registers(kind, entity))

    def find(self, kind: Kind, name: str) -> str | None:
        if self._fold.names(kind, name):
            self.flush()
        found = super().find(kind, name)
        if found is not None and self._fold.waiting(kind, found):
            self.flush()
            found = super().find(kind, name)
        return found

    def write(self, kind: Kind, entity: str, values: Values, seen: Registers | None = None) -> bool:
        found = changes(self._fold.registers(kind, entity) if seen is None else seen, values)
        if found:
            space, dot, clock = self._spaces.next_dot(kind, self._clock.now_ms())
            self._take(Operation(dot, clock, space.id, kind.value, entity, self._author, found))
        return bool(found)

    def apply_remote(self, operation: Operation) -> bool:
        """Take in a colleague's operation; whether it was new. Raises DecodingError for one that cannot be right."""
        new = self._spaces.admit(operation, self._clock.now_ms())
        if new:
            self._take(operation)
        return new

    def _take(self, operation: Operation) -> None:
        dot = operation.dot
        device = self._spaces.number(self._raw, operation.space, dot.device)
        self._operations.append((device, dot.counter, operation.clock, operation.entity, encode(operation)))
        self._touched.add((operation.kind, operation.entity))
        self._fold.fold(operation)
        self._make_room()

    def put_draft(self, key: str, body: str) -> None:
        values = {"key": key, "body": body, "saved_ms": self._clock.now_ms()}
        statement = insert(schema.draft).values(**values)
        self._raw.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    def drop_draft(self, key: str) -> None:
        self._raw.execute(schema.draft.delete().where(schema.draft.c.key == key))

    def set_local(self, key: str, value: str) -> None:
        statement = insert(schema.setting).values(key=key, value=value)
        self._raw.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def put_attachment(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self._raw.execute(insert(schema.attachment).values(digest=digest, data=data).on_conflict_do_nothing())
        return digest

    def next_number(self, series: str) -> int:
        number: int = self._raw.exec_driver_sql(_COUNT, (series,)).scalar_one()
        return number

    def log_read(self, entries: Sequence[ReadEntry]) -> None:
        log.append(self._raw, entries)

    @property
    def changes(self) -> Changes:
        return Changes(frozenset(self._touched))

    def _make_room(self) -> None:
        if self._fold.full:
            self.flush()

    def flush(self) -> None:
        """Write what still waits in memory."""
        if self._operations:
            self._raw.exec_driver_sql(_APPEND, self._operations)
            self._operations.clear()
        self._fold.flush()

    def finish(self) -> None:
        """The last work of the transaction."""
        self.flush()
        self._spaces.save(self._raw)
