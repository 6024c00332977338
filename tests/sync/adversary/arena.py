"""A team on a real folder, with some work done, in the hands of an adversary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bren_desktop.domain.entities import Kind
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import AbsentError, Entry, Listing, Share
from tests.sync.independent import forge
from tests.sync.independent.reader import Reader, contents
from tests.sync.world import MINUTE, Laptop

TEAM, NETWORK = SpaceKind.TEAM, SpaceKind.NETWORK
ENTITY, OTHER = forge.base32(b"b" * 16), forge.base32(b"c" * 16)


class Veil:
    """A share that keeps some paths from one laptop, wherever it looks."""

    def __init__(self, inner: Share, hidden: set[str]) -> None:
        self.inner = inner
        self.hidden = hidden

    def _hides(self, path: str) -> bool:
        return any(path.startswith(start) for start in self.hidden)

    def list(self, folder: str) -> Listing:
        found = self.inner.list(folder)
        start = f"{folder}/" if folder else ""
        files = tuple(entry for entry in found.files if not self._hides(start + entry.name))
        return Listing(tuple(Entry(*entry) for entry in files), found.folders)

    def read(self, path: str, limit: int) -> bytes:
        if self._hides(path):
            raise AbsentError("hidden")
        return self.inner.read(path, limit)

    def put_new(self, path: str, data: bytes) -> None:
        self.inner.put_new(path, data)

    def exists(self, path: str) -> bool:
        return not self._hides(path) and self.inner.exists(path)

    def stat(self, path: str) -> int:
        if self._hides(path):
            raise AbsentError("hidden")
        return self.inner.stat(path)

    def trash(self, path: str) -> None:
        self.inner.trash(path)


@dataclass
class Arena:
    """The share and the laptops. `patched` are those whose program is the adversary's: they sync no more."""

    root: Path
    hidden: dict[str, set[str]]
    laptops: dict[str, Laptop] = field(default_factory=dict)
    patched: set[str] = field(default_factory=set)
    said: list[tuple[str, str, object, str]] = field(default_factory=list)
    """What was acknowledged to honest users: entity, field, value, and to whom."""
    forged: list[str] = field(default_factory=list)
    """Values that must never show."""
    notes: dict[str, Any] = field(default_factory=dict)

    def share(self, name: str) -> Callable[[], Share]:
        return lambda: Veil(FolderShare(self.root), self.hidden.get(name, set()))

    @property
    def honest(self) -> list[Laptop]:
        return [laptop for name, laptop in self.laptops.items() if name not in self.patched]

    def write(self, name: str, kind: Kind, entity: str, **values: object) -> str:
        wanted = {(key, ""): value for key, value in values.items()}
        entity = self.laptops[name].write(kind, entity, wanted)
        self.said = [row for row in self.said if (row[0], row[1]) not in {(entity, key) for key in values}]
        self.said += [(entity, key, value, name) for key, value in values.items()]
        return entity

    def rounds(self, count: int = 3) -> None:
        """Every honest laptop syncs, and time goes by."""
        for _ in range(count):
            for laptop in self.honest:
                laptop.sync()
            self.later(20)

    def later(self, minutes: int) -> None:
        for laptop in self.laptops.values():
            laptop.clock.ms += minutes * MINUTE

    # what lies on the share ------------------------------------------------------------------------------------

    def folder(self, kind: SpaceKind = TEAM) -> Path:
        return self.root / "sp" / self.laptops["noor"].space(kind).id

    def files(self, pattern: str, kind: SpaceKind = TEAM) -> list[Path]:
        return sorted(self.folder(kind).glob(pattern))

    def segments(self, name: str, kind: SpaceKind = TEAM) -> list[Path]:
        device = self.laptops[name].space(kind).device
        return self.files(f"log/{forge.base32(device)}/*.brs", kind)

    def path(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def put(self, data: bytes) -> Path:
        path = self.root / forge.path(data)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    # what a patched program knows ------------------------------------------------------------------------------

    def pen(self, name: str, kind: SpaceKind = TEAM) -> forge.Pen:
        return self.laptops[name].pen(kind)

    def eye(self, name: str, kind: SpaceKind = TEAM) -> Reader:
        """All that this laptop's keys open, read independently."""
        return self.laptops[name].read(contents(self.root), kind)

    def epoch(self, name: str, kind: SpaceKind = TEAM) -> tuple[bytes, bytes]:
        eye = self.eye(name, kind)
        epoch = eye.log.epoch_to_write()
        return epoch, eye.out.epochs[epoch]

    def heads(self, name: str, kind: SpaceKind = TEAM) -> list[bytes]:
        log = self.eye(name, kind).log
        rested_on = {parent for entry in log.order for parent in entry.parents}
        return sorted(entry.hash for entry in log.order if entry.hash not in rested_on)

    def forge(
        self, name: str, parcels: Sequence[tuple[bytes, bytes]], kind: SpaceKind = TEAM, **more: Any
    ) -> tuple[Path, bytes]:
        """The next segment of this laptop's own chain, as its patched program likes it."""
        pen, eye = self.pen(name, kind), self.eye(name, kind)
        chain = eye.chains[pen.device]
        last = eye.clear[chain[-1][0]] if chain else None
        first = last[7] + len(last[8]) if last else 1
        epoch, key = more.pop("under", None) or self.epoch(name, kind)
        seq = more.pop("seq", len(chain) + 1)
        prev = more.pop("prev", chain[-1][0] if chain else bytes(32))
        settings = {"first": first, "heads": self.heads(name, kind), "seen": self.seen(name, kind), **more}
        data = pen.segment(epoch, key, seq, prev, parcels, **settings)
        self.patched.add(name)
        return self.put(data), data

    def seen(self, name: str, kind: SpaceKind = TEAM) -> list[list[Any]]:
        eye, own = self.eye(name, kind), self.laptops[name].space(kind).device
        return [[d, len(c), c[-1][0][:8]] for d, c in sorted(eye.chains.items()) if c and d != own]

    def counter(self, name: str, kind: SpaceKind = TEAM) -> int:
        """The counter that comes next in this laptop's chain."""
        eye, device = self.eye(name, kind), self.laptops[name].space(kind).device
        chain = eye.chains[device]
        if not chain:
            return 1
        last = eye.clear[chain[-1][0]]
        return int(last[7] + len(last[8]))

    def team_parcel(self, name: str, counter: int, value: str, **more: Any) -> tuple[bytes, bytes]:
        """A change of a setting of the team: about no case."""
        self.forged.append(value)
        pen = self.pen(name)
        return pen.parcel(counter, b"", pen.operation(counter, "team", ENTITY, [["naam", "", value, []]], **more))

    def enter(self, name: str, action: str, *values: Any, parents: Sequence[bytes] | None = None) -> bytes:
        """A membership entry by this laptop's patched program; its hash."""
        on = self.heads(name) if parents is None else list(parents)
        depth = 1 + max(entry.n for entry in self.eye(name).log.order if entry.hash in on)
        at = self.laptops[name].clock.now_ms()
        data = self.pen(name).entry(*self.epoch(name), depth, on, at, action, values)
        self.patched.add(name)
        self.put(data)
        return forge.sha(data)
