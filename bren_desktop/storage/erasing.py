"""Erasing a case, and leaving a space: nothing of them stays readable in this store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import DamagedStoreError
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.storage import blobs, destroying, schema, versions
from bren_desktop.storage.ids import id_text
from bren_desktop.storage.journal import Journal
from bren_desktop.storage.parcels import COLUMNS, Opener
from bren_desktop.storage.spaces import Space

_OP, _REC, _BLOB, _KEY = schema.op.c, schema.rec.c, schema.blob.c, schema.case_key.c
_AT_ONCE = 500


class Erasing:
    """Destroying, within one transaction."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._connection = journal.connection
        self.destroyed = False

    def lying(self, space: str, subjects: Collection[bytes]) -> frozenset[bytes]:
        """Those of these cases of which something lies in a space; never any in the network's.

        What is written of a case has a key. What was written before there was sync has none yet, but a record.
        """
        held = self._journal.spaces.get(space)
        if held is None or held.kind is SpaceKind.NETWORK:
            return frozenset()
        wanted = list(subjects)
        found: set[bytes] = set()
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            keys = select(_KEY.subject).where(_KEY.space == held.num, _KEY.subject.in_(some))
            cases = select(_REC.subject).where(_REC.kind == Kind.CASE.value, _REC.entity.in_([*map(id_text, some)]))
            found.update(self._connection.scalars(keys.union(cases.where(_REC.space == held.num))))
        return frozenset(found)

    def erase(self, subject: bytes, space: str = "") -> None:
        """Destroy a case, or what a space has of it, and remember its id where nothing of it is left."""
        self._journal.flush()
        if space and not self.lying(space, [subject]):
            return
        spaces = [held for held in self._journal.spaces if space in ("", held.id)]
        self._destroy(subject, spaces)
        if not any(self.lying(held.id, [subject]) for held in self._journal.spaces):
            self._connection.execute(insert(schema.erased).values(subject=subject).on_conflict_do_nothing())

    def _destroy(self, subject: bytes, spaces: Sequence[Space]) -> None:
        numbers = [held.num for held in spaces]
        destroying.keep_places(self._connection, self._journal.spaces, spaces, subject)
        devices = select(schema.vector.c.num).where(schema.vector.c.space.in_(numbers))
        operations = (_OP.subject == subject) & _OP.device.in_(devices)
        refs = (_BLOB.subject == subject) & _BLOB.space.in_(numbers)
        files = self._files(operations, refs)
        entities = self._records((_REC.subject == subject) & _REC.space.in_(numbers), operations)
        destroying.forget_keys(self._connection, subject, numbers)
        self._connection.execute(schema.blob.delete().where(refs))
        elsewhere = self._connection.scalars(select(_REC.entity).where(_REC.space.not_in(numbers)))
        self._finish(files, {*entities, id_text(subject)}.difference(elsewhere))

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
