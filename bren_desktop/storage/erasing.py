"""Erasing a case, and leaving a space: nothing of them stays readable in this store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from bren_desktop.errors import DamagedStoreError
from bren_desktop.storage import blobs, destroying, schema, versions
from bren_desktop.storage.ids import id_text
from bren_desktop.storage.journal import Journal
from bren_desktop.storage.parcels import COLUMNS, Opener

_OP, _REC, _BLOB = schema.op.c, schema.rec.c, schema.blob.c


class Erasing:
    """Destroying, within one transaction."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._connection = journal.connection
        self.destroyed = False

    def erase(self, subject: bytes) -> None:
        """Destroy a case, and remember its id."""
        self._journal.flush()
        self._connection.execute(insert(schema.erased).values(subject=subject).on_conflict_do_nothing())
        destroying.keep_places(self._connection, self._journal.spaces, subject)
        about = _BLOB.subject == subject
        files = self._files(_OP.subject == subject, about)
        entities = self._records(_REC.subject == subject, _OP.subject == subject)
        destroying.forget_keys(self._connection, subject)
        self._connection.execute(schema.blob.delete().where(about))
        self._finish(files, {*entities, id_text(subject)})

    def drop_space(self, space: str) -> None:
        """Forget a space with everything in it."""
        held = self._journal.spaces.get(space)
        if held is None:
            return
        self._journal.flush()
        self._journal.spaces.save()
        devices = select(schema.vector.c.num).where(schema.vector.c.space == held.num)
        files = self._files(_OP.device.in_(devices), _BLOB.space == held.num)
        entities = self._records(_REC.space == held.num, _OP.device.in_(devices))
        destroying.forget_space(self._connection, held)
        self._finish(files, set(entities))
        self._journal.spaces.reload()

    def _files(self, operations: Any, refs: Any) -> list[str]:
        """The attachments that only what is destroyed may name."""
        opener = Opener(self._connection, self._journal.keys)
        found = set(self._connection.scalars(select(_BLOB.digest).where(refs)))
        for row in self._connection.execute(select(*COLUMNS).where(operations)):
            try:
                found.update(blobs.digests(opener.operation(row)))
            except DamagedStoreError:
                continue
        return sorted(found)

    def _records(self, records: Any, operations: Any) -> list[str]:
        """Delete records and operations; their entity ids."""
        rows = self._connection.execute(select(_REC.id, _REC.kind, _REC.entity).where(records)).all()
        self._journal.fold.drop([row.id for row in rows])
        self._journal.touched.update((row.kind, row.entity) for row in rows)
        logged = self._connection.execute(select(_OP.seq, _OP.entity).where(operations)).all()
        destroying.retire(self._connection, [row.seq for row in logged])
        return [row.entity for row in (*rows, *logged)]

    def _finish(self, files: Sequence[str], entities: set[str]) -> None:
        destroying.forget_files(self._connection, files)
        destroying.forget_traces(self._connection, entities)
        destroying.optimize(self._connection)
        versions.rewritten(self._connection)
        self._journal.keys.forget()
        self.destroyed = True
