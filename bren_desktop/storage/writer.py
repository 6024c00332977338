"""The writer that services get: one transaction with its author, reads included."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from bren_desktop.domain.entities import Kind, Values
from bren_desktop.oplog.operations import Author
from bren_desktop.oplog.registers import Registers
from bren_desktop.services.rows import Changes, ReadEntry, Unread
from bren_desktop.storage import log, mentions, schema
from bren_desktop.storage.journal import Journal
from bren_desktop.storage.local import put_local
from bren_desktop.storage.reader import StoreReader
from bren_desktop.storage.sight import PROGRAM, Eyes

_CASE = ("casus", "")
_COUNT = "INSERT INTO series (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last"


class StoreWriter(StoreReader):
    """A view that also writes (`services.ports.Writer`), through the journal of its transaction."""

    def __init__(self, journal: Journal, author: Author, eyes: Eyes = PROGRAM) -> None:
        super().__init__(journal.connection, eyes)
        self._author = author
        self._journal = journal
        self._fold = journal.fold

    @property
    def _sql(self) -> Connection:
        self._journal.flush()
        return self._raw

    def exists(self, kind: Kind, entity: str) -> bool:
        return self._fold.waiting(kind, entity) is not None or super().exists(kind, entity)

    def registers(self, kind: Kind, entity: str) -> Registers:
        self._sight.require(kind, entity)
        return dict(self._journal.registers(kind, entity))

    def find(self, kind: Kind, name: str) -> str | None:
        if self._fold.names(kind, name):
            self._journal.flush()
        found = super().find(kind, name)
        if found is not None and self._fold.waiting(kind, found):
            self._journal.flush()
            found = super().find(kind, name)
        return found

    def write(self, kind: Kind, entity: str, values: Values, seen: Registers | None = None) -> bool:
        self._sight.require(kind, entity)
        self._sight.require_to_write(kind, entity, str(values.get(_CASE, "")))
        return self._journal.write(self._author, kind, entity, values, seen)

    def put_draft(self, key: str, body: str) -> None:
        values = {"key": key, "body": body, "saved_ms": self._journal.clock.now_ms()}
        statement = insert(schema.draft).values(**values)
        self._raw.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    def drop_draft(self, key: str) -> None:
        self._raw.execute(schema.draft.delete().where(schema.draft.c.key == key))

    def set_local(self, key: str, value: str) -> None:
        put_local(self._raw, key, value)

    def put_attachment(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self._raw.execute(insert(schema.attachment).values(digest=digest, data=data).on_conflict_do_nothing())
        return digest

    def keep_mentions(self, unread: Unread, weights: Mapping[str, float] | None) -> None:
        mentions.keep(self._raw, unread, weights)

    def leave_all_unread(self, *, surely: bool = True) -> None:
        mentions.leave_all_unread(self._raw, surely=surely)

    def leave_unread(self, concepts: Collection[str]) -> None:
        mentions.leave_mentioning(self._raw, concepts)

    def next_number(self, series: str) -> int:
        number: int = self._raw.exec_driver_sql(_COUNT, (series,)).scalar_one()
        return number

    def log_read(self, entries: Sequence[ReadEntry]) -> None:
        log.append(self._raw, entries)

    @property
    def changes(self) -> Changes:
        return Changes(frozenset(self._journal.touched))
