"""A laptop that only receives: the real engine over a store, on a share of its own on which a test puts files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bren_desktop.domain.entities import Kind
from bren_desktop.services.sync_ports import HeldSpace, Link, SpaceKind, Standing
from bren_desktop.storage.store import FILE, EncryptedStore
from bren_desktop.sync.engine.engine import Engine
from bren_desktop.sync.engine.mirror import Mirror
from tests.sync.doubles import MemoryStore
from tests.sync.independent import forge, stage
from tests.sync.independent.reader import Reader

STORE_KEY = bytes(range(32))
MINUTE = 60_000
SPACE26 = forge.base32(stage.SPACE)
NOTHING = Link(0, b"", 0)
Register = tuple[str, str, str]
Shown = dict[Register, dict[stage.Dot, Any]]
"""Versions by register (entity, field, key) and dot."""


@dataclass
class Wall:
    """A clock that stands still until it is moved."""

    ms: int = 1_800_000_000_000

    def now_ms(self) -> int:
        return self.ms


class Beginning(NamedTuple):
    """What a laptop has that read the log of the team and nothing else."""

    store: bytes
    share: Mapping[str, bytes]
    mirror: Mapping[str, bytes]


class Receiver:
    """`eye` of the stage: it writes nothing but heartbeats, on a share that nobody else sees."""

    def __init__(self, folder: Path, beginning: Beginning) -> None:
        self.folder, self.clock = folder, Wall()
        self.share, self.mirror = MemoryStore(), MemoryStore()
        self.share.files, self.mirror.files = dict(beginning.share), dict(beginning.mirror)
        (folder / FILE).write_bytes(beginning.store)
        self._start()

    def _start(self) -> None:
        self.store = EncryptedStore.open(self.folder, STORE_KEY, clock=self.clock)
        self.engine = Engine(self.store, Mirror(self.mirror.view()), self.clock, self.share.view)

    def restart(self) -> None:
        """Close the program and open it again."""
        self.store.close()
        self._start()

    def get(self, files: Iterable[bytes]) -> None:
        """These files come onto the share, and a sync runs."""
        for data in files:
            self.share.put(forge.path(data), data)
        self.engine.cycle()

    def settle(self, times: int = 3) -> None:
        """Time goes by, with syncs."""
        for _ in range(times):
            self.clock.ms += 20 * MINUTE
            self.engine.cycle()

    def state(self) -> bytes:
        with self.store.look() as rows:
            return rows.state(SPACE26)

    def applied(self) -> dict[bytes, tuple[int, bytes]]:
        """How far the chain of each other device was applied."""
        with self.store.look() as rows:
            chains = {**rows.chains(SPACE26), stage.PENS["eye"].device: NOTHING}
        return {device: (link.seq, link.digest) for device, link in chains.items() if link.seq}

    def held(self, devices: Iterable[bytes]) -> set[tuple[str, int, str]]:
        """What of these devices waits, or is wrong, and why."""
        with self.store.look() as rows:
            return {(item.name, item.counter, item.reason) for item in rows.held() if item.device in devices}

    def shows(self) -> Shown:
        """The versions of every register, by (entity, field, key) and dot."""
        found: Shown = {}
        with self.store.read() as view:
            for kind in Kind:
                for entity in view.entities(kind):
                    for (name, key), register in view.registers(kind, entity).items():
                        if register.versions:
                            found[entity, name, key] = {
                                (v.dot.device, v.dot.counter): v.value for v in register.versions
                            }
        return found


def begun(folder: Path) -> Beginning:
    """Made once, in an empty folder, and copied for every laptop."""
    EncryptedStore.create(folder, STORE_KEY, clock=Wall()).close()
    eye = Receiver(folder, Beginning((folder / FILE).read_bytes(), {}, {}))
    pen = stage.PENS["eye"]
    secrets = pen.sign_seed, stage.box_seed("eye")
    place = SpaceKind.TEAM, "HGL", pen.device, bytes(32), Standing.MEMBER, stage.NETWORK, stage.FOUNDING
    with eye.store.sync() as rows:
        for space in rows.spaces():
            rows.drop_space(space.id)
        rows.put_space(HeldSpace(SPACE26, *place, *secrets))
    eye.get([*stage.team_log().files, stage.key_file(stage.FIRST).data])
    eye.store.close()
    return Beginning((folder / FILE).read_bytes(), eye.share.files, eye.mirror.files)


def read(files: Iterable[bytes]) -> Reader:
    """What the independent reader makes of all that lies there, with the keys of the same laptop."""
    pen = stage.PENS["eye"]
    found = Reader(list(files), stage.SPACE, stage.FOUNDING, {pen.device: pen.box_private})
    found.read()
    return found


def applied(reader: Reader) -> dict[bytes, tuple[int, bytes]]:
    """How far the reader applied the chain of each other device."""
    found = {device: (seq, reader.chains[device][seq - 1][0]) for device, seq in reader.done.items() if seq}
    return {device: end for device, end in found.items() if device != stage.PENS["eye"].device}


def folded(reader: Reader) -> Shown:
    """The registers that the operations of the reader give: what no counting replacement names."""
    written: Shown = {}
    replaced: set[tuple[Register, stage.Dot]] = set()
    for one in reader.out.operations:
        for name, key, value, dots in one.operation[8]:
            register = one.operation[6], name, key
            written.setdefault(register, {})[one.device, one.counter] = value
            counting = [(d, n) for d, n in dots if n <= one.covers.get(d, 0)]
            replaced |= {(register, dot) for dot in counting}
    live = {r: {dot: v for dot, v in all_.items() if (r, dot) not in replaced} for r, all_ in written.items()}
    return {register: versions for register, versions in live.items() if versions}
