"""The keys of cases: minted when a case is first written, taken in from colleagues, gone when it is erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from bren_desktop.crypto.parcels import case_key_id
from bren_desktop.crypto.seal import new_key
from bren_desktop.services.sync_ports import CaseKey
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.spaces import Space

_BY_ID = "SELECT subject, id, key FROM case_key WHERE id IN ({})"
_OF_SUBJECT = "SELECT subject, id, key FROM case_key WHERE subject = ? AND space = ? ORDER BY id LIMIT 1"
_UNSHARED = "SELECT subject, id, key FROM new_case_key CROSS JOIN case_key USING (id) WHERE space = ? ORDER BY id"
"""CROSS tells SQLite which table to walk: the small one."""
_SHARED = (
    "SELECT subject, id, key FROM case_key WHERE space = ? AND id NOT IN (SELECT id FROM new_case_key) ORDER BY id"
)
_KEEP = "INSERT INTO case_key (id, space, subject, key) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
_NEW = "INSERT INTO new_case_key (id) VALUES (?)"
_MARK = "DELETE FROM new_case_key WHERE id = ?"
_REMEMBERED, _AT_ONCE = 10_000, 500


class CaseKeys:
    """The case keys as one transaction sees them. What it mints goes down in batches (`flush`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._by_id: dict[bytes, CaseKey | None] = {}
        self._own: dict[tuple[int, bytes], CaseKey] = {}
        self._minted: list[tuple[bytes, int, bytes, bytes]] = []
        self._erased: frozenset[bytes] | None = None

    @property
    def erased(self) -> frozenset[bytes]:
        """The subjects that were erased."""
        if self._erased is None:
            self._erased = frozenset(subject for (subject,) in tuples(self._connection, "SELECT subject FROM erased"))
        return self._erased

    def find(self, key_id: bytes) -> CaseKey | None:
        """The key with this id."""
        if key_id not in self._by_id:
            self.all([key_id])
        return self._by_id[key_id]

    def all(self, key_ids: Iterable[bytes]) -> dict[bytes, CaseKey]:
        """Those of these keys that are here, by id."""
        self._make_room()
        wanted = set(key_ids)
        unknown = list(wanted - self._by_id.keys())
        for at in range(0, len(unknown), _AT_ONCE):
            self._look_up(unknown[at : at + _AT_ONCE])
        return {key_id: key for key_id in wanted if (key := self._by_id[key_id])}

    def _look_up(self, key_ids: Sequence[bytes]) -> None:
        marks = ", ".join("?" * len(key_ids))
        rows = self._connection.exec_driver_sql(_BY_ID.format(marks), tuple(key_ids)).all()
        self._by_id.update({**dict.fromkeys(key_ids), **{row.id: CaseKey._make(row) for row in rows}})

    def for_writing(self, space: Space, subject: bytes) -> CaseKey:
        """The key under which operations about `subject` are sealed here."""
        name = space.num, subject
        if name not in self._own:
            self._make_room()
            self._own[name] = self._kept(space, subject) or self._mint(space, subject)
        return self._own[name]

    def _kept(self, space: Space, subject: bytes) -> CaseKey | None:
        row = self._connection.exec_driver_sql(_OF_SUBJECT, (subject, space.num)).first()
        return CaseKey(*row) if row else None

    def _mint(self, space: Space, subject: bytes) -> CaseKey:
        key = new_key()
        minted = CaseKey(subject, case_key_id(key, space.raw, subject), key)
        self._minted.append((minted.id, space.num, subject, key))
        self._by_id[minted.id] = minted
        return minted

    def _make_room(self) -> None:
        if len(self._by_id) + len(self._own) >= _REMEMBERED:
            self.forget()

    def put(self, space: Space, keys: Iterable[CaseKey]) -> None:
        """Keep keys that published bundles hold, but none of an erased subject."""
        self.forget()
        kept = [key for key in keys if key.subject not in self.erased]
        if kept:
            self._connection.exec_driver_sql(_KEEP, [(key.id, space.num, key.subject, key.key) for key in kept])
            self.mark_shared(kept)

    def to_share(self, space: Space) -> list[CaseKey]:
        """The keys that no published bundle holds yet."""
        self.flush()
        return list(map(CaseKey._make, tuples(self._connection, _UNSHARED, (space.num,))))

    def shared(self, space: Space) -> list[CaseKey]:
        """The keys that published bundles hold."""
        return list(map(CaseKey._make, tuples(self._connection, _SHARED, (space.num,))))

    def mark_shared(self, keys: Iterable[CaseKey]) -> None:
        """Note that bundles hold these keys."""
        shared = {key.id for key in keys}
        new = list(tuples(self._connection, "SELECT id FROM new_case_key"))
        marked = [row for row in new if row[0] in shared]
        if marked and len(marked) == len(new):
            self._connection.exec_driver_sql("DELETE FROM new_case_key")
        elif marked:
            self._connection.exec_driver_sql(_MARK, marked)

    def flush(self) -> None:
        """Write what was minted."""
        if self._minted:
            self._connection.exec_driver_sql(_KEEP, self._minted)
            self._connection.exec_driver_sql(_NEW, [(key_id,) for key_id, *_ in self._minted])
            self._minted.clear()

    def forget(self) -> None:
        """Drop what is remembered; the tables know."""
        self.flush()
        self._by_id.clear()
        self._own.clear()
        self._erased = None
