"""One space as an admin writes in it: membership as the mirror has it, and entries of our own on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bren_desktop.errors import UserFacingError
from bren_desktop.services.sync_ports import HeldSpace, SyncRows
from bren_desktop.sync.engine import outbox, settings
from bren_desktop.sync.engine.mirror import Mirror
from bren_desktop.sync.format.entries import Card, Entry, Found, Known, entry_file, read_entry
from bren_desktop.sync.format.envelope import parse
from bren_desktop.sync.format.epochs import key_file
from bren_desktop.sync.format.names import Paths, byte_id
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.membership.members import Membership
from bren_desktop.sync.transport.share import AbsentError


class UnsettledKeysError(UserFacingError):
    """No epoch can be written in: two admins revoked at once, and none has made a new key since."""

    def __init__(self) -> None:
        super().__init__(
            "De sleutels worden net vernieuwd. Er is niets veranderd. Synchroniseer eerst, en probeer het opnieuw."
        )


class SpoiltLogError(UserFacingError):
    """The disk spoilt a part of the log: what we signed last may lie in it, and who forks his own line loses all."""

    def __init__(self) -> None:
        super().__init__(
            "De ledenlijst op deze laptop is beschadigd. Er is niets veranderd. "
            "Synchroniseer eerst: dan wordt zij van de share gehaald. Probeer het daarna opnieuw."
        )


class Log(NamedTuple):
    """The membership log of a space, read."""

    entries: tuple[Entry, ...]
    membership: Membership
    is_whole: bool

    @classmethod
    def of(cls, space: HeldSpace, entries: Iterable[Entry], *, is_whole: bool = True) -> Log:
        known = tuple(entries)
        return cls(known, Membership.of(space.founding, known), is_whole)


@dataclass
class Post:
    """This laptop's device in one space. What it writes counts here at once, and for others once it is kept."""

    space: HeldSpace
    log: Log
    keys: dict[bytes, bytes] = field(repr=False)
    at_ms: int
    box_seeds: Mapping[bytes, bytes] = field(repr=False)
    """What opens boxes for us, by device: by those too that we were."""
    files: dict[str, bytes] = field(default_factory=dict)
    new_keys: dict[bytes, bytes] = field(default_factory=dict, repr=False)

    @property
    def membership(self) -> Membership:
        """Who is in, with what was written here."""
        return self.log.membership

    @property
    def id(self) -> bytes:
        return byte_id(self.space.id)

    @property
    def card(self) -> Card | None:
        """Our own card; none where we are no member (any more)."""
        return self.membership.card(self.space.device)

    @property
    def is_admin(self) -> bool:
        return self.membership.is_admin(self.space.device)

    @property
    def found(self) -> Found:
        """What the founding says."""
        if self.membership.found is None:
            raise RuntimeError("a space without its founding")
        return self.membership.found

    def pen(self) -> Pen:
        """What we write with. Raises UnsettledKeysError."""
        epoch = self.membership.epoch_to_write()
        if epoch is None or epoch not in self.keys:
            raise UnsettledKeysError
        return Pen(self.space.network, self.id, self.space.device, self.space.sign_seed, epoch, self.keys[epoch])

    def write(self, act: Known, pen: Pen | None = None, parents: tuple[bytes, ...] = ()) -> bytes:
        """Sign an entry on top of all that is known, or just of `parents`; its digest. Raises SpoiltLogError."""
        if not self.log.is_whole:
            raise SpoiltLogError
        pen, parents = pen or self.pen(), parents or self.membership.heads
        file = entry_file(pen, self.membership.next_n(parents), act, parents, self.at_ms)
        entry = read_entry(parse(file.data), pen.epoch_key)
        self.files[Paths(self.id).entry(entry.n, file.digest)] = file.data
        self.log = Log.of(self.space, (*self.log.entries, entry))
        return entry.digest

    def add_key(self, epoch: bytes, key: bytes) -> None:
        """Have the key of a new epoch."""
        self.keys[epoch] = self.new_keys[epoch] = key

    def hand_over(self, cards: Iterable[Card]) -> None:
        """Give the key that is written with now to devices, and under it every other key."""
        pen = self.pen()
        before = {epoch: key for epoch, key in self.keys.items() if epoch != pen.epoch}
        file = key_file(pen, before, {card.device: card.box_key for card in cards}, self.found.recovery)
        self.files[Paths(self.id).key_file(pen.epoch, file.digest)] = file.data

    def keep(self, rows: SyncRows) -> None:
        """Let everything written here count, all at once."""
        for epoch, key in self.new_keys.items():
            rows.put_epoch_key(self.space.id, epoch, key)
        outbox.add(rows, self.files)


class Posts:
    """The spaces as they stand in the mirror, read anew only where something was added."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._logs: dict[str, tuple[object, Log]] = {}

    def of(self, rows: SyncRows, space: HeldSpace, at_ms: int) -> Post:
        """A space to read and write in."""
        keys, paths = dict(rows.epoch_keys(space.id)), Paths(byte_id(space.id))
        stamp = space.founding, frozenset(keys), self._mirror.version(paths.auth)
        known = self._logs.get(space.id)
        if known is None or known[0] != stamp:
            known = self._logs[space.id] = stamp, self._read(space, paths, keys)
        return Post(space, known[1], keys, at_ms, settings.box_seeds(space, settings.read(rows, space.id)))

    def _read(self, space: HeldSpace, paths: Paths, keys: Mapping[bytes, bytes]) -> Log:
        files = tuple(self._mirror.files(paths.auth))
        entries = (self._entry(f"{paths.auth}/{name}", keys) for name in files)
        found = [entry for entry in entries if entry]
        return Log.of(space, found, is_whole=not any(path.startswith(paths.auth) for path in self._mirror.spoilt))

    def _entry(self, path: str, keys: Mapping[bytes, bytes]) -> Entry | None:
        """An entry of the mirror; None for one that we cannot read, or that the disk spoilt."""
        try:
            envelope = parse(self._mirror.read(path))
            key = keys.get(envelope.header.epoch)
            return read_entry(envelope, key) if key else None
        except (AbsentError, FormatError):
            return None
