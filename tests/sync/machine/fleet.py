"""Laptops in memory around a share in memory, with everything that can happen to them: what the machine's rules do."""

from __future__ import annotations

import hashlib
import random
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast
from unittest import mock

from nacl.bindings import crypto_box, crypto_box_seed_keypair
from nacl.public import PrivateKey

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.changing import may_change
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.services.share_door import Away, InviteTo
from bren_desktop.services.sync_ports import Standing, SyncRows, SyncStore
from bren_desktop.sync.format import envelope
from bren_desktop.sync.transport.share import Share, ShareError
from tests.sync.doubles import FaultyShare, MemoryShare, MemoryStore, Moment, Plan
from tests.sync.independent import forge
from tests.sync.independent.reader import files_in
from tests.sync.world import MINUTE, Frozen, Laptop, actor_of, plant, profile_files

PLANS = ("plan", "mirror_plan", "store_plan")
"""What of a seat can fail."""


class KilledError(BaseException):
    """The program ended here."""


def killing(first: int, moment: Moment = Moment.BEFORE) -> Plan:
    """The plan by which the program ends at the `first` call."""
    return Plan(first, moment=moment, error=cast("type[ShareError]", KilledError))


class Chance:
    """What `secrets` and libsodium give, the same every time: an example that failed must fail again."""

    source = random.Random(0)

    @classmethod
    def token_bytes(cls, count: int = 32) -> bytes:
        return cls.source.randbytes(count)

    @classmethod
    def choice(cls, options: Sequence[Any]) -> Any:
        return cls.source.choice(options)

    @classmethod
    def randbelow(cls, end: int) -> int:
        return cls.source.randrange(end)

    @classmethod
    def box_seal(cls, message: bytes, public: bytes) -> bytes:
        """A sealed box as libsodium makes it, with a key pair of ours."""
        ephemeral, private = crypto_box_seed_keypair(cls.source.randbytes(32))
        nonce = hashlib.blake2b(ephemeral + public, digest_size=24).digest()
        return bytes(ephemeral + crypto_box(message, nonce, public, private))


class MortalStore:
    """A store whose program can end in a transaction, or right after it."""

    def __init__(self, inner: SyncStore, seat: Seat) -> None:
        self.inner = inner
        self.seat = seat

    @contextmanager
    def sync(self) -> Iterator[SyncRows]:
        plan = self.seat.store_plan
        now = plan.is_now("sync")
        with self.inner.sync() as rows:
            yield rows
            if now and plan.moment != Moment.AFTER:
                raise KilledError
        if now:
            raise KilledError

    def look(self) -> AbstractContextManager[SyncRows]:
        return self.inner.look()


class MortalMirror(FaultyShare):
    """A mirror that follows the plan of the moment, and not that of when it was opened."""

    def __init__(self, seat: Seat) -> None:
        self.inner = seat.mirror.view()
        self.seat = seat

    @property
    def plan(self) -> Plan:  # type: ignore[override]
        return self.seat.mirror_plan


@dataclass
class Written:
    """One acknowledged edit."""

    laptop: str
    kind: Kind
    entity: str
    field: str
    key: str
    value: Any
    role: Role


@dataclass
class Seat:
    """What surrounds one laptop: its way to the share, its mirror, and the plan by which calls fail."""

    view: MemoryShare
    mirror: MemoryStore
    plan: Plan = field(default_factory=lambda: Plan(10**9))
    mirror_plan: Plan = field(default_factory=lambda: Plan(10**9))
    store_plan: Plan = field(default_factory=lambda: Plan(10**9))
    newest: int = 1
    """The reader of the program that it runs."""

    def share(self) -> Share:
        return FaultyShare(self.view, self.plan)

    def guard(self, store: SyncStore) -> SyncStore:
        return MortalStore(store, self)

    def calm(self) -> None:
        self.plan, self.mirror_plan, self.store_plan = Plan(10**9), Plan(10**9), Plan(10**9)

    def own(self, _folder: Path) -> Share:
        return MortalMirror(self)


@dataclass
class Worked:
    """A team with two records of each kind, on all laptops."""

    frozen: Frozen
    said: list[Written]

    def fleet(self, base: Path, names: tuple[str, ...]) -> Fleet:
        """Those of that team, going on from there: with other random numbers, or names would come again."""
        fleet = Fleet(self.frozen, base, names, seed=1)
        fleet.said, fleet.count = list(self.said), len(self.said)
        for one in self.said:
            fleet.entities[one.kind].append(one.entity)
        return fleet


class Fleet:
    """The world of one example. It takes place under `Chance`, or it could not be played again."""

    def __init__(self, frozen: Frozen, base: Path, names: tuple[str, ...], seed: int = 0) -> None:
        assert secrets.token_bytes == Chance.token_bytes
        Chance.source = random.Random(seed)
        self.base = base
        self.store = MemoryStore()
        self.store.files = dict(frozen.share)
        self.seats: dict[str, Seat] = {}
        self.laptops: dict[str, Laptop] = {}
        self.images: dict[str, tuple[dict[str, bytes], list[Written], set[bytes]]] = {}
        """Disks, with the edits that had been acknowledged by then, and the devices in them."""
        self.twins: set[str] = set()
        """Laptops whose device is or was also another's: clones and what was restored."""
        self.out: set[str] = set()
        self.demoted: set[str] = set()
        self.hosts: dict[str, str] = {}
        """Who let in whoever joined."""
        self.boxes: dict[str, dict[bytes, bytes]] = {}
        """What opens the boxes of each laptop, by device, of those too that it was before."""
        self.old_devices: set[bytes] = set()
        """What twins were before they went on under another device."""
        self.said: list[Written] = []
        self.gone: list[Written] = []
        """What died with a disk; it may have been sent."""
        self.erased: dict[str, set[str]] = {}
        self.entities: dict[Kind, list[str]] = {Kind.CASE: [], Kind.EXPERT: [], Kind.TEAM: []}
        self.snapshots: list[dict[str, bytes]] = []
        self.count = 0
        for name in names:
            self.add(name, actor_of(name), frozen.laptops[name])

    def add(self, name: str, actor: Actor, files: dict[str, bytes]) -> Laptop:
        mirror = MemoryStore()
        mirror.files = self.plant(name, files)
        seat = self.seats[name] = Seat(self.store.view(), mirror)
        self.laptops[name] = Laptop(name, actor, self.base / name, seat.share, seat.own, seat.guard)
        if self.laptops:
            self.laptops[name].clock.ms = next(iter(self.laptops.values())).clock.ms
        return self.laptops[name]

    def plant(self, name: str, disk: dict[str, bytes]) -> dict[str, bytes]:
        """Put a profile down; the mirror that goes with it."""
        plant(self.base / name, {path: data for path, data in disk.items() if not path.startswith("mirror/")})
        return {path[7:]: data for path, data in disk.items() if path.startswith("mirror/")}

    def take_over(self, name: str) -> None:
        """Somebody else works on this laptop from here on: nothing more is asked of it."""
        self.laptops.pop(name).store.close()
        del self.seats[name]
        self.out.add(name)

    def close(self) -> None:
        for laptop in self.laptops.values():
            laptop.store.close()
        shutil.rmtree(self.base)

    def frozen(self) -> Frozen:
        """Everything as it lies there now, closed."""
        for laptop in self.laptops.values():
            laptop.store.close()
        return Frozen(self.store.snapshot(), {name: self.disk(name) for name in self.laptops})

    def disk(self, name: str) -> dict[str, bytes]:
        """What lies on the disk of a laptop, its mirror too."""
        mirror = {f"mirror/{path}": data for path, data in self.seats[name].mirror.files.items()}
        return profile_files(self.laptops[name].folder) | mirror

    @contextmanager
    def as_program(self, name: str) -> Iterator[Laptop]:
        """Run the version of the program that this laptop has."""
        shared = (space for space in self.laptops[name].spaces() if space.box_seed)
        private = {space.device: bytes(PrivateKey.from_seed(space.box_seed)) for space in shared}
        self.boxes.setdefault(name, {}).update(private)
        with mock.patch.object(envelope, "READER", self.seats[name].newest):
            yield self.laptops[name]

    def ever(self) -> list[list[bytes]]:
        """Every content that each path ever had."""
        return list(self.store.ever.values())

    def later(self, minutes: int) -> None:
        for laptop in self.laptops.values():
            laptop.clock.ms += minutes * MINUTE

    # work ------------------------------------------------------------------------------------------------------

    def write(self, name: str, kind: Kind, entity: str, changes: dict[tuple[str, str], Any]) -> bool:
        """An edit, if the role of this laptop may do it; acknowledged once the store has it."""
        laptop = self.laptops[name]
        settled = all(space.standing is not Standing.ALONE for space in laptop.spaces())
        if not settled or not may_change(laptop.actor.role, kind, [name for name, _ in changes]):
            return False
        with laptop.store.read() as view:
            if entity and not view.exists(kind, entity):
                return False
        try:
            entity = laptop.write(kind, entity, changes)
        except UserFacingError:
            return False
        if not laptop.changed:
            return False
        if entity not in self.entities[kind]:
            self.entities[kind].append(entity)
        for (name_of, key), value in changes.items():
            self.said.append(Written(name, kind, entity, name_of, key, value, laptop.actor.role))
        return True

    def value(self) -> str:
        self.count += 1
        return f"w{self.count}"

    # sync ------------------------------------------------------------------------------------------------------

    def sync(self, name: str) -> bool:
        """A cycle; the laptop is restarted where it was killed. Whether it came to its end."""
        seat = self.seats[name]
        with self.as_program(name) as laptop:
            try:
                laptop.sync()
                laptop.actor = laptop.door.actor(laptop.actor)
                return True
            except KilledError:
                seat.calm()
                laptop.restart()
                return False
            finally:
                seat.calm()

    def check(self, name: str) -> bool:
        """A look at the whole share; whether it came to its end."""
        with self.as_program(name) as laptop, suppress(UserFacingError):
            return laptop.door.check().reachable
        return False

    def is_member(self, name: str) -> bool:
        return all(space.standing is Standing.MEMBER for space in self.laptops[name].spaces())

    def admin(self, name: str, act: str, *values: Any) -> bool:
        """Something that an admin does; a refusal in Dutch is fine."""
        with self.as_program(name) as laptop:
            try:
                getattr(laptop.door, act)(laptop.actor, *values)
            except UserFacingError:
                return False
        return True

    def device_of(self, admin: str, name: str) -> str:
        """How an admin's program names a laptop; empty where that knows none."""
        mine = set(map(forge.base32, self.devices(name)))
        with self.as_program(admin) as laptop, suppress(UserFacingError):
            return next((d.id for d in laptop.door.devices() if d.id in mine), "")
        return ""

    def revoke(self, admin: str, name: str) -> bool:
        device = self.device_of(admin, name)
        done = bool(device) and self.admin(admin, "revoke", device, Away.REVOKED)
        if done:
            self.out.add(name)
        return done

    def set_role(self, admin: str, name: str, role: Role) -> bool:
        device = self.device_of(admin, name)
        done = bool(device) and self.admin(admin, "set_role", device, role)
        if done:
            self.demoted |= {other for other in self.laptops if self.devices(other) & self.devices(name)}
        return done

    def join(self, admin: str, name: str, person: str) -> bool:
        """Somebody new, from the invite to the approval; the first sync comes later."""
        actor = replace(actor_of(person), person=forge.base32(Chance.token_bytes(16)), name=name.title())
        with self.as_program(admin) as host:
            try:
                invite, code = host.door.invite(host.actor, InviteTo.TEAM, actor.role)
                new = self.add(name, actor, {})
                self.hosts[name] = admin
                new.door.join(new.actor, invite, code)
                for request in host.door.requests():
                    host.door.approve(host.actor, request.id)
            except UserFacingError:
                return False
        return True

    def erase(self, name: str, case: str) -> bool:
        done = self.admin(name, "erase", case)
        if done:
            self.erased.setdefault(case, set()).add(name)
        return done

    # what befalls a laptop -------------------------------------------------------------------------------------

    def upgrade(self, name: str) -> None:
        """Run the newer program from here on."""
        self.seats[name].newest = 2
        self.laptops[name].restart()

    def image(self, name: str) -> None:
        """Keep what lies on the disk."""
        self.laptops[name].restart()
        self.images[name] = self.disk(name), list(self.said), self.devices(name)

    def restore(self, name: str) -> bool:
        """Bring the disk back; what was not yet sent since then died with it.

        Of what is restored a second time nothing goes on, nor of a laptop that signed for others since; `noor` must.
        """
        if name not in self.images:
            return False
        files, said, devices = self.images[name]
        if name == "noor" and (
            devices != self.devices(name) or signed(files, devices) != signed(self.disk(name), devices)
        ):
            return False
        laptop = self.laptops[name]
        laptop.store.close()
        shutil.rmtree(laptop.folder)
        self.seats[name].mirror.files = self.plant(name, files)
        laptop.restart()
        before = set(map(id, said))
        self.gone += [one for one in self.said if one.laptop == name and id(one) not in before]
        self.said = [one for one in self.said if one.laptop != name or id(one) in before]
        self.twins.add(name)
        self.old_devices |= devices
        return True

    def devices(self, name: str) -> set[bytes]:
        """What a laptop is called in its spaces."""
        return {space.device for space in self.laptops[name].spaces()}

    def clone(self, name: str, twin: str) -> None:
        """The same disk in a second laptop."""
        self.laptops[name].restart()
        self.add(twin, self.laptops[name].actor, self.disk(name))
        self.seats[twin].newest = self.seats[name].newest
        self.twins |= {name, twin}
        if name in self.demoted:
            self.demoted.add(twin)
        self.old_devices |= self.devices(name)


def signed(disk: dict[str, bytes], devices: set[bytes]) -> set[bytes]:
    """The entries about members that lie on a disk and that these devices signed."""
    return {
        file.raw
        for path, data in disk.items()
        if path.startswith("mirror/") and path.endswith(".bra")
        for file in files_in(data)
        if file.header[4] in devices
    }
