"""One profile with its door to a share in memory, as a test drives it, and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, Values, wanted
from bren_desktop.domain.experts import Expert
from bren_desktop.oplog.registers import top_values
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.pool import Pool
from bren_desktop.services.rows import Draft
from bren_desktop.services.share_door import CycleReport, InviteTo, Request
from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.storage.store import EncryptedStore
from bren_desktop.sync.door import Door
from bren_desktop.sync.transport.share import AwayError, Listing, Share
from tests.sync.doubles import MemoryShare, MemoryStore

PLACE = "/srv/bren"
START = 1_795_345_200_000


@dataclass
class HandClock:
    """A clock that stands still until a test moves it."""

    ms: int = START

    def now_ms(self) -> int:
        return self.ms

    def days(self, count: int) -> None:
        self.ms += count * 24 * 60 * 60 * 1000


class Crash(BaseException):
    """The program is gone, just here."""


@dataclass
class Fuse:
    """Ends the program at the `last` step (counted from 1): no later one is taken until a restart; 0 for never."""

    last: int = 0
    burnt: int = 0

    def burn(self) -> None:
        self.burnt += 1
        if 0 < self.last <= self.burnt:
            raise Crash


@dataclass
class FusedShare:
    """A share on which every change is a step, before it is made and after."""

    inner: Share
    fuse: Fuse

    def list(self, folder: str) -> Listing:
        return self.inner.list(folder)

    def read(self, path: str, limit: int) -> bytes:
        return self.inner.read(path, limit)

    def put_new(self, path: str, data: bytes) -> None:
        self.fuse.burn()
        self.inner.put_new(path, data)
        self.fuse.burn()

    def exists(self, path: str) -> bool:
        return self.inner.exists(path)

    def stat(self, path: str) -> int:
        return self.inner.stat(path)

    def trash(self, path: str) -> None:
        self.fuse.burn()
        self.inner.trash(path)


@dataclass
class FusedStore:
    """A store on which every transaction is a step, before it is kept and after."""

    inner: EncryptedStore
    fuse: Fuse

    @contextmanager
    def sync(self) -> Iterator[SyncRows]:
        with self.inner.sync() as rows:
            yield rows
            self.fuse.burn()
        self.fuse.burn()

    def look(self) -> AbstractContextManager[SyncRows]:
        return self.inner.look()


@dataclass
class Laptop:
    """One profile, opened, with its door to the share."""

    folder: Path
    share: MemoryShare
    mirror: MemoryStore
    clock: HandClock
    actor: Actor
    store: EncryptedStore
    fuse: Fuse = field(default_factory=Fuse)
    door: Door = field(init=False)

    def __post_init__(self) -> None:
        self.door = self.new_door()

    def new_door(self) -> Door:
        mirror = FusedShare(self.mirror.view(), self.fuse)
        return Door(FusedStore(self.store, self.fuse), mirror, self._open, self.clock)

    def _open(self, place: str) -> Share:
        if place != PLACE:
            raise AwayError("no such folder")
        return FusedShare(self.share, self.fuse)

    @property
    def context(self) -> Context:
        return Context(self.store, self.clock)

    def restart(self) -> None:
        """The program starts again on what it left behind."""
        self.store.close()
        self.fuse.last = 0
        self.store = EncryptedStore.open(self.folder, b"k" * 32, clock=self.clock)
        self.door = self.new_door()

    def sync(self, times: int = 1) -> CycleReport:
        for _ in range(times - 1):
            self.door.cycle()
        report = self.door.cycle()
        self.actor = self.door.actor(self.actor)
        return report

    def add_case(self, **fields: object) -> str:
        (entity,) = CaseWork(self.context).record_all(self.actor, [Case.model_validate(fields)])
        return entity

    def add_expert(self, **fields: object) -> str:
        return Pool(self.context).record(self.actor, Expert.model_validate(fields)).entity

    def case(self, entity: str) -> Case:
        return CaseWork(self.context).open(self.actor, entity).case

    def cases(self) -> dict[str, Case]:
        with self.store.read() as reader:
            entities = reader.entities(Kind.CASE)
        return {entity: self.case(entity) for entity in entities}

    def questions(self) -> list[str]:
        """The hulpvraag of every case."""
        return sorted(case.hulpvraag for case in self.cases().values())

    def amend(self, entity: str, **fields: object) -> None:
        """Change fields of a case, whatever our role allows: receivers judge that."""
        with self.store.write(author(self.actor)) as writer:
            writer.write(Kind.CASE, entity, wanted({}, Case.model_validate(fields), fields))

    def write(self, kind: Kind, values: Values) -> str:
        """Write any record; its entity."""
        entity = self.store.new_entity()
        with self.store.write(author(self.actor)) as writer:
            writer.write(kind, entity, values)
        return entity

    def all(self, kind: Kind) -> dict[str, dict[tuple[str, str], Any]]:
        """The values of every record of a kind."""
        with self.store.read() as reader:
            return {entity: top_values(reader.registers(kind, entity)) for entity in reader.entities(kind)}

    def keep_draft(self, key: str, body: str) -> None:
        with self.store.write(author(self.actor)) as writer:
            writer.put_draft(key, body)

    def draft(self, key: str) -> Draft | None:
        with self.store.read() as reader:
            return reader.draft(key)

    def as_role(self, role: Role) -> Actor:
        """What the program would say of us if somebody patched it."""
        return replace(self.actor, role=role)

    def enter(self, host: Laptop, to: InviteTo = InviteTo.TEAM, role: Role = Role.SECRETARIS) -> None:
        """Come in where `host` is an admin."""
        file, code = host.invite(to, role)
        self.door.join(self.actor, file, code)
        host.approve_only()
        self.sync()

    def make_recovery(self) -> tuple[bytes, bytes]:
        """The two files, written nowhere."""
        written: list[tuple[bytes, bytes]] = []
        self.door.make_recovery(self.actor, lambda *halves: written.append(halves))
        return written[0]

    def create(self) -> None:
        self.door.create(self.actor, PLACE, "Jeugdnetwerk Zuid")

    def invite(self, to: InviteTo = InviteTo.TEAM, role: Role = Role.SECRETARIS, team: str = "") -> tuple[bytes, str]:
        return self.door.invite(self.actor, to, role, team)

    def approve_only(self) -> Request:
        (request,) = self.door.requests()
        self.door.approve(self.actor, request.id)
        return request


NewLaptop = Callable[..., Laptop]
Joining = Callable[..., Laptop]
