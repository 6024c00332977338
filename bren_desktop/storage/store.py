"""The encrypted store of one profile: create, open, read, write, close."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, select

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import DamagedStoreError
from bren_desktop.oplog.operations import Author
from bren_desktop.services.context import local_day
from bren_desktop.services.ports import Clock, Reader
from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.storage import check, revisions, schema, state
from bren_desktop.storage.engine import connect, empty_journal, make_engine, transaction
from bren_desktop.storage.failures import explained
from bren_desktop.storage.ids import new_id
from bren_desktop.storage.journal import Journal
from bren_desktop.storage.lock import ProfileLock
from bren_desktop.storage.reader import StoreReader
from bren_desktop.storage.sight import PROGRAM, Eyes, eyes_of
from bren_desktop.storage.snippets import Texts
from bren_desktop.storage.spaces import Spaces, entity_id, found
from bren_desktop.storage.syncing import StoreSyncRows
from bren_desktop.storage.writer import StoreWriter

FILE = "store.db"
LOCK = "profile.lock"


class EncryptedStore:
    """The store of one profile (`services.ports.Store`). Safe to use from several threads; writes wait in turn."""

    def __init__(self, path: Path, key: bytes, clock: Clock, lock: ProfileLock) -> None:
        self._path = path
        self._key: bytes | None = key
        self._clock = clock
        self._lock = lock
        self._writing = threading.Lock()
        self._writer = 0
        self._owes = False
        """Whether the journal of the file still has pages of something that was destroyed."""
        self._texts = Texts()
        self._engine: Engine = make_engine(self._connect)

    @classmethod
    def create(cls, folder: Path, key: bytes, *, clock: Clock) -> Self:
        """A new store in `folder`. Raises FileExistsError where one is already."""
        return cls._started(folder, key, clock, cls._fill)

    @classmethod
    def open(cls, folder: Path, key: bytes, *, clock: Clock) -> Self:
        """The store in `folder`, upgraded where an older version of the program made it."""
        return cls._started(folder, key, clock, cls._check)

    @classmethod
    def _started(cls, folder: Path, key: bytes, clock: Clock, begin: Callable[[Self], None]) -> Self:
        with explained(folder, writing=begin is cls._fill):
            lock = ProfileLock(folder / LOCK)
            store = cls(folder / FILE, key, clock, lock)
            try:
                begin(store)
            except BaseException:
                store.close()
                raise
        return store

    def _fill(self) -> None:
        if self._path.exists():
            raise FileExistsError(self._path.name)
        try:
            with transaction(self._engine, "BEGIN IMMEDIATE") as connection:
                schema.create(connection)
                found(connection)
        except BaseException:
            self._engine.dispose()
            self._path.unlink(missing_ok=True)
            raise

    def _check(self) -> None:
        if not self._path.is_file() or self._path.stat().st_size == 0:
            raise DamagedStoreError
        with transaction(self._engine, "BEGIN") as connection:
            revision = revisions.current(connection)
            erased = revision == schema.HEAD and connection.scalar(select(schema.erased.c.subject)) is not None
        if erased:
            self._let_go()
        if revisions.is_older(revision):
            self._upgrade(revision)

    def _upgrade(self, revision: str) -> None:
        from bren_desktop.storage import migrate

        self.copy_to(self._path.with_name(f"{FILE}.before-{revision}"))
        with transaction(self._engine, "BEGIN IMMEDIATE") as connection:
            migrate.upgrade(connection, schema.HEAD)
            check.rebuild(connection)

    def _connect(self) -> Any:
        return self._connect_to(self._path)

    def _connect_to(self, path: Path) -> Any:
        if self._key is None:
            raise RuntimeError("the store is closed")
        return connect(path, self._key)

    def _explained(self, *, writing: bool = False) -> AbstractContextManager[None]:
        return explained(self._path.parent, writing=writing)

    @contextmanager
    def read(self, reader: Author | None = None) -> Iterator[Reader]:
        with self._explained(), transaction(self._engine, "BEGIN") as connection:
            yield StoreReader(connection, self._eyes(reader), self._texts)

    def _eyes(self, reader: Author | None) -> Eyes:
        return eyes_of(reader, local_day(self._clock.now_ms())) if reader else PROGRAM

    @contextmanager
    def write(self, author: Author) -> Iterator[StoreWriter]:
        with self._explained(writing=True), self._turn():
            with transaction(self._engine, "BEGIN IMMEDIATE") as connection:
                journal = Journal(connection, self._clock)
                yield StoreWriter(journal, author, self._eyes(author))
                journal.finish()
            if self._owes:
                self._let_go()

    @contextmanager
    def sync(self) -> Iterator[SyncRows]:
        """A writing transaction of sync (`services.sync_ports.SyncStore`)."""
        with self._explained(writing=True), self._turn():
            with transaction(self._engine, "BEGIN IMMEDIATE") as connection:
                journal = Journal(connection, self._clock)
                rows = StoreSyncRows(journal)
                yield rows
                journal.finish()
            self.__dict__.pop("_spaces", None)
            if rows.destroyed or self._owes:
                self._let_go()

    @contextmanager
    def look(self) -> Iterator[SyncRows]:
        """A reading one."""
        with self._explained(), transaction(self._engine, "BEGIN") as connection:
            yield StoreSyncRows(Journal(connection, self._clock))

    def _let_go(self) -> None:
        """Leave nothing of what was destroyed in the journal of the file, or in copies made by upgrades.

        Whoever is reading needs the journal, and nobody waits for that: then it is tried again after the next write.
        """
        self._texts.forget()
        self._owes = not empty_journal(self._engine)
        self._drop_older_copies()

    def _drop_older_copies(self) -> None:
        """Remove the copies that upgrades made; one that is busy goes when the store is opened again."""
        for path in self._path.parent.glob(f"{FILE}.before-*"):
            with suppress(OSError):
                path.unlink()

    @property
    def is_writing(self) -> bool:
        return self._writing.locked()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for the writer before; a write inside a write would wait for itself."""
        if self._writer == threading.get_ident():
            raise RuntimeError("a write inside a write")
        with self._writing:
            self._writer = threading.get_ident()
            try:
                yield
            finally:
                self._writer = 0

    def entity_for(self, kind: Kind, extern_id: str) -> str:
        return entity_id(self._spaces.home(kind), kind, extern_id)

    @cached_property
    def _spaces(self) -> Spaces:
        """The spaces as they were when first asked for since sync last wrote."""
        with self._explained(), transaction(self._engine, "BEGIN") as connection:
            return Spaces(connection)

    def new_entity(self) -> str:
        return new_id()

    def integrity(self) -> Sequence[str]:
        with self._explained(), transaction(self._engine, "BEGIN") as connection:
            return check.problems(connection)

    def state_hash(self) -> str:
        with self._explained(), transaction(self._engine, "BEGIN") as connection:
            return state.total(connection)

    def state_hashes(self) -> Mapping[str, str]:
        """The same per space."""
        with self._explained(), transaction(self._engine, "BEGIN") as connection:
            return {space: found.hex() for space, found in state.states(connection).items()}

    def rebuild(self) -> None:
        with self._explained(writing=True), self._turn(), transaction(self._engine, "BEGIN IMMEDIATE") as connection:
            check.rebuild(connection)

    def copy_to(self, target: Path) -> None:
        with self._explained(writing=True), self._turn():
            check.copy(self._connect, self._connect_to, target)

    def close(self) -> None:
        self._texts.forget()
        self._engine.dispose()
        self._key = None
        self._lock.release()
