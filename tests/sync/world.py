"""A team of laptops on one share, real stores and real sync: made once by enrolling, then copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.entities import Kind, Values
from bren_desktop.oplog.operations import Author
from bren_desktop.services.share_door import CycleReport, InviteTo, Trouble
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing, SyncStore
from bren_desktop.storage.store import FILE, EncryptedStore
from bren_desktop.sync.door import Door
from bren_desktop.sync.format import words
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import Share
from tests.sync.independent import forge, reader

KEY = bytes(range(32))
PLACE = "/share"
MINUTE = 60_000
TEAM = "HGL"


@dataclass
class HandClock:
    """A clock that a test moves; every laptop has its own error."""

    ms: int = 1_750_000_000_000
    off: int = 0

    def now_ms(self) -> int:
        return self.ms + self.off


def mirror_in(folder: Path) -> Share:
    """A mirror on disk."""
    (folder / "mirror").mkdir(exist_ok=True)
    return FolderShare(folder / "mirror")


class Laptop:
    """One profile: a store and a mirror in a folder, and sync over `share`."""

    def __init__(
        self,
        name: str,
        actor: Actor,
        folder: Path,
        share: Callable[[], Share],
        mirror: Callable[[Path], Share] = mirror_in,
        guard: Callable[[SyncStore], SyncStore] = lambda store: store,
    ) -> None:
        self.name = name
        self.actor = actor
        self.folder = folder
        self.clock = HandClock()
        self._share = share
        self._mirror = mirror
        self._guard = guard
        self.troubles: list[Trouble] = []
        self.changed = False
        """Whether the last edit made any difference."""
        folder.mkdir(parents=True, exist_ok=True)
        make = EncryptedStore.open if (folder / FILE).exists() else EncryptedStore.create
        self.store = make(folder, KEY, clock=self.clock)
        self.door = self.fresh_door()

    def fresh_door(self) -> Door:
        return Door(self._guard(self.store), self._mirror(self.folder), lambda _: self._share(), self.clock)

    def restart(self) -> None:
        """What a program does that starts after whatever ended the one before."""
        self.store.close()
        self.store = EncryptedStore.open(self.folder, KEY, clock=self.clock)
        self.door = self.fresh_door()

    @property
    def author(self) -> Author:
        return Author(self.actor.person, self.actor.name, self.actor.role.value)

    def sync(self) -> CycleReport:
        report = self.door.cycle()
        self.troubles += report.troubles
        return report

    @property
    def reasons(self) -> set[str]:
        """Every reason that this laptop was ever given."""
        return {trouble.reason for trouble in [*self.troubles, *self.door.status().troubles, *self.door.tray()]}

    def write(self, kind: Kind, entity: str, values: Values) -> str:
        entity = entity or self.store.new_entity()
        with self.store.write(self.author) as writer:
            self.changed = writer.write(kind, entity, values)
        return entity

    def spaces(self) -> Sequence[HeldSpace]:
        with self.store.look() as rows:
            return rows.spaces()

    def space(self, kind: SpaceKind = SpaceKind.TEAM) -> HeldSpace:
        """The space of that kind that it shares with others, or its own."""
        found = [space for space in self.spaces() if space.kind is kind]
        return min(found, key=lambda space: space.standing is Standing.ALONE)

    @property
    def is_member(self) -> bool:
        """Whether it is in a team, and knows it."""
        return any(one.kind is SpaceKind.TEAM and one.standing is Standing.MEMBER for one in self.spaces())

    def states(self) -> dict[str, bytes]:
        """The state of every space that it is a member of."""
        with self.store.look() as rows:
            return {space.id: rows.state(space.id) for space in rows.spaces() if space.standing is Standing.MEMBER}

    def live(self) -> dict[tuple[str, str, str], dict[tuple[bytes, int], Any]]:
        """The versions of every register, by (entity, field, key) and dot."""
        found = {}
        with self.store.read() as view:
            for kind in Kind:
                for entity in view.entities(kind):
                    for (name, key), register in view.registers(kind, entity).items():
                        versions = {(v.dot.device, v.dot.counter): v.value for v in register.versions}
                        if versions:
                            found[entity, name, key] = versions
        return found

    def epoch_keys(self, space: str) -> Mapping[bytes, bytes]:
        with self.store.look() as rows:
            return rows.epoch_keys(space)

    def pen(self, kind: SpaceKind = SpaceKind.TEAM) -> forge.Pen:
        """What a patched program of this laptop writes with."""
        from nacl.public import PrivateKey

        space, actor = self.space(kind), self.actor
        private = bytes(PrivateKey.from_seed(space.box_seed))
        id16 = id_bytes(space.id)
        card = (actor.person, actor.name, actor.role.value, actor.team, actor.device)
        return forge.Pen(space.network, id16, space.device, space.sign_seed, private, *card)

    def read(self, share: Sequence[bytes], kind: SpaceKind = SpaceKind.TEAM) -> reader.Reader:
        """What the independent reader makes of a share with the keys of this laptop."""
        space, pen = self.space(kind), self.pen(kind)
        found = reader.Reader(share, pen.space, space.founding, {pen.device: pen.box_private})
        found.read()
        return found


def id_bytes(text: str) -> bytes:
    import base64

    return base64.b32decode(text.upper() + "======")


PEOPLE: Mapping[str, Role] = {
    "noor": Role.VOORZITTER,
    "ali": Role.PLAATSVERVANGER,
    "bo": Role.SECRETARIS,
    "cas": Role.PROCESREGISSEUR,
    "pia": Role.PRIVACY,
    "lia": Role.LID,
}


def actor_of(name: str) -> Actor:
    number = list(PEOPLE).index(name)
    return Actor(forge.base32(bytes([number + 1]) * 16), name.title(), PEOPLE[name], TEAM, "JZ24", "AA")


@dataclass
class Frozen:
    """A team as it was once enrolled: files of share and laptops, by relative path."""

    share: dict[str, bytes]
    laptops: dict[str, dict[str, bytes]] = field(default_factory=dict)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by relative path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def plant(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files down as they were."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@mock.patch.object(words, "_WORK", Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1))
def enrolled(base: Path, names: Sequence[str] = tuple(PEOPLE)) -> Frozen:
    """Found a network, let everybody join through the real door by cheap words, and keep what lies there."""
    root = base / "root"
    root.mkdir(parents=True)
    team = [Laptop(name, actor_of(name), base / name, lambda: FolderShare(root)) for name in names]
    first = team[0]
    first.door.create(first.actor, PLACE, "Noord")
    first.sync()
    for laptop in team[1:]:
        invite, code = first.door.invite(first.actor, InviteTo.TEAM, laptop.actor.role)
        first.sync()
        laptop.door.join(laptop.actor, invite, code)
        for request in first.door.requests():
            first.door.approve(first.actor, request.id)
        first.sync()
        laptop.sync()
    for laptop in [*team, *team]:
        laptop.sync()
    for laptop in team:
        laptop.store.close()
    frozen = Frozen(tree(root), {laptop.name: profile_files(laptop.folder) for laptop in team})
    shutil.rmtree(base)
    return frozen


def profile_files(folder: Path) -> dict[str, bytes]:
    """What a closed profile consists of."""
    return {name: data for name, data in tree(folder).items() if not name.endswith(".lock")}


@contextmanager
def team_of(
    frozen: Frozen, base: Path, share: Callable[[str], Callable[[], Share]], names: Sequence[str]
) -> Iterator[dict[str, Laptop]]:
    """The laptops of a frozen team, opened; `share` gives each its way to the share."""
    for name in names:
        plant(base / name, frozen.laptops[name])
    laptops = {name: Laptop(name, actor_of(name), base / name, share(name)) for name in names}
    try:
        yield laptops
    finally:
        for laptop in laptops.values():
            laptop.store.close()
