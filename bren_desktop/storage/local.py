"""Rows that are no entities: drafts, settings of this laptop, attachments and the read log."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from bren_desktop.domain.entities import Kind
from bren_desktop.services.rows import Draft, ReadEntry
from bren_desktop.storage import log, schema
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.records import Records

_DRAFT = schema.draft
_PUT = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class LocalRows(Records):
    """The part of a reader that knows what only this laptop holds. None of it waits for a fold."""

    def drafts(self) -> Sequence[Draft]:
        rows = self._raw.execute(_DRAFT.select().order_by(_DRAFT.c.saved_ms.desc(), _DRAFT.c.key))
        found = [Draft(row.key, row.body, row.saved_ms) for row in rows]
        return [draft for draft in found if self._sight.sees(_about(draft.key))]

    def draft(self, key: str) -> Draft | None:
        self._sight.require(Kind.CASE, _about(key))
        row = self._raw.execute(_DRAFT.select().where(_DRAFT.c.key == key)).first()
        return Draft(row.key, row.body, row.saved_ms) if row else None

    def local(self, key: str) -> str | None:
        found = next(tuples(self._raw, "SELECT value FROM setting WHERE key = ?", (key,)), None)
        return found[0] if found else None

    def attachment(self, digest: str) -> bytes | None:
        return self._raw.scalar(select(schema.attachment.c.data).where(schema.attachment.c.digest == digest))

    def attached(self) -> int:
        return self._raw.scalar(select(func.coalesce(func.sum(func.length(schema.attachment.c.data)), 0))) or 0

    def read_log(self, entity: str, limit: int) -> Sequence[ReadEntry]:
        self._sight.require(Kind.CASE, entity)
        return log.entries(self._raw, entity, limit)


def _about(key: str) -> str:
    """The record that a draft is about."""
    return key.partition(":")[2].partition(":")[0]


def put_local(connection: Connection, key: str, value: str) -> None:
    """Keep a setting of this laptop."""
    connection.exec_driver_sql(_PUT, (key, value))
