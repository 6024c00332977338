"""One space in the hands of a cycle, and what the engine remembers of it from one cycle to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from bren_desktop.services.sync_ports import AUTHOR, CaseKey, Held, HeldSpace, Link, SyncStore
from bren_desktop.sync.engine import settings
from bren_desktop.sync.engine.branch import Branch
from bren_desktop.sync.engine.mirror import Mirror
from bren_desktop.sync.engine.needs import Rest
from bren_desktop.sync.engine.notes import Notes
from bren_desktop.sync.engine.remote import Remote
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.engine.shelf import Shelf
from bren_desktop.sync.format.entries import Card, Entry
from bren_desktop.sync.format.envelope import Envelope
from bren_desktop.sync.format.epochs import KeyFile
from bren_desktop.sync.format.names import Paths, byte_id
from bren_desktop.sync.format.segments import Segment
from bren_desktop.sync.membership.members import Membership
from bren_desktop.sync.transport.share import AwayError, Listing, ShareError


@dataclass
class Memo:
    """What need not be found out again. All of it may be forgotten at any time."""

    entries: dict[bytes, Entry] = field(default_factory=dict)
    """Auth entries that were read, by digest."""
    key_files: dict[bytes, KeyFile] = field(default_factory=dict)
    signed: dict[str, Envelope] = field(default_factory=dict)
    """Auth and key files of the mirror, by path."""
    candidates: dict[str, Envelope] = field(default_factory=dict)
    """Auth and key files of the share that nobody known has signed, by path."""
    stamp: object = None
    """What the membership was computed from."""
    members: Membership | None = None
    keys: dict[bytes, bytes] = field(default_factory=dict, repr=False)
    """The epoch keys that count."""
    bad: dict[str, Held] = field(default_factory=dict)
    """Files of the share that were read and are no use, by path."""
    same: set[str] = field(default_factory=set)
    """Paths on the share of files that the mirror has under another name."""
    quiet: dict[str, Listing] = field(default_factory=dict)
    """Listings of folders in which nothing was new."""
    spoilt: set[str] = field(default_factory=set)
    """Paths on the share where other bytes lie than should."""
    rests: dict[bytes, Rest] = field(default_factory=dict)
    """What the next segment of each chain rests on."""
    clean: frozenset[bytes] | None = None
    """The erased subjects of which no bundle in the mirror has a key any more."""
    held: dict[str, Held] | None = None
    """The files that are held, as the store knows them by now."""
    asked: bool = False
    """Whether no attachment is wanted."""
    missed: bytes = b""
    """The attachment that was last looked for in vain."""
    sent: Link | None = None
    """The end of our chain up to which all attachments are on the share."""
    bundles: dict[str, tuple[CaseKey, ...]] = field(default_factory=dict, repr=False)
    """What is in the bundles of the mirror, by path."""
    bundled: bool = False
    """Whether bundles in the mirror hold all keys that were shared."""
    recovered: bool = False
    """Whether all keys of the mirror were taken in again."""
    scrubbed: dict[str, str] = field(default_factory=dict)
    """The file that was last read again, by folder."""
    scrubbed_folder: str = ""
    blob_folder: str = ""
    doubted: set[str] = field(default_factory=set)
    """Files of no use that are read again after what is new."""
    read_again: str = ""
    """The one of them that was chosen last."""


@dataclass
class Place:
    """A space, with everything that a step needs."""

    store: SyncStore
    mirror: Mirror
    remote: Remote
    shelf: Shelf
    space: HeldSpace
    memo: Memo
    notes: Notes
    now_ms: int
    chains: dict[bytes, Link] = field(default_factory=dict)
    """The last link of every chain, as committed."""
    branches: Mapping[bytes, Branch] = field(default_factory=dict)
    """What stands of every chain of others."""
    broken: dict[bytes, int] = field(default_factory=dict)
    """Devices whose chain is cut before this seq, for its form."""
    restored: bool = False
    """Whether the profile was restored from a backup, and is to be another device."""
    overtaken: bool = False
    """Whether a colleague has seen a segment of ours that we do not know."""
    operations: dict[int, int] = field(default_factory=dict)
    """How many operations there are in the segments that were sealed in this cycle, by seq."""
    fresh: tuple[str, bytes] = "", b""
    """The segment that was sealed last in this cycle, by its path: it goes up next."""
    put: set[str] = field(default_factory=set)
    """The files that went up in this cycle."""
    stated: dict[bytes, Segment] = field(default_factory=dict)
    """The newest segment of each device that was applied in this cycle and names a state."""

    def __post_init__(self) -> None:
        self.id = self.id_of(self.space)
        self.paths = Paths(self.id)
        self._links: dict[bytes, Mapping[int, Link]] = {}
        self._settings: dict[Setting, str] = {}
        self.erased: frozenset[bytes] = frozenset()
        self.unsent = 0
        self.author = ""

    @property
    def members(self) -> Membership:
        """Who is in. Only after `access.open_space`."""
        if self.memo.members is None:
            raise RuntimeError("membership was not loaded")
        return self.memo.members

    @property
    def keys(self) -> dict[bytes, bytes]:
        """The epoch keys that count, by epoch."""
        return self.memo.keys

    @property
    def device(self) -> bytes:
        """Our own device here."""
        return self.space.device

    @property
    def box_seeds(self) -> Mapping[bytes, bytes]:
        """What opens our boxes, by device."""
        return settings.box_seeds(self.space, self._settings)

    @property
    def card(self) -> Card | None:
        """Our own card."""
        return self.members.card(self.device)

    @property
    def doomed(self) -> frozenset[bytes]:
        """The subjects whose erasure we act on."""
        return self.members.erased_for(self.device)

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Do what the next cycle may do as well: what the share does not let us do is said, and the rest goes on."""
        try:
            yield
        except AwayError:
            raise
        except ShareError as error:
            self.notes.say(error.reason, self.paths.folder)
            self.notes.complete = False

    @staticmethod
    def id_of(space: HeldSpace) -> bytes:
        """The id of a space in bytes."""
        return byte_id(space.id)

    def become(self, space: HeldSpace) -> None:
        """Go on as another device of ours."""
        self.space = space
        self.overtaken = False
        self.refresh()

    def refresh(self) -> None:
        """Read again which segments are applied."""
        with self.store.look() as rows:
            self.chains = dict(rows.chains(self.space.id))
            self._settings = dict(settings.read(rows, self.space.id))
            self.erased = rows.erased()
            self.unsent = rows.count_unsealed(self.space.id)
            self.author = rows.local(AUTHOR + self.space.id) or ""
        self._links.clear()

    def setting(self, which: Setting) -> str:
        """A setting as it was committed; empty where there is none."""
        return self._settings.get(which, "")

    def keep(self, which: Setting, value: str) -> None:
        """Remember a setting, in a transaction of its own."""
        if self.setting(which) != value:
            with self.store.sync() as rows:
                settings.write(rows, self.space.id, {which: value})
            self._settings[which] = value

    def links(self, device: bytes) -> Mapping[int, Link]:
        """All that was applied of a chain, by seq."""
        if device not in self._links:
            with self.store.look() as rows:
                self._links[device] = {link.seq: link for link in rows.links(self.space.id, device)}
        return self._links[device]

    def digest(self, device: bytes, seq: int) -> bytes:
        """The digest of a segment that was applied; empty where none of that number was."""
        applied = self.chains.get(device)
        if applied is None or not 0 < seq <= applied.seq:
            return b""
        return applied.digest if applied.seq == seq else self.links(device)[seq].digest

    def sealed(self, link: Link, changed: Mapping[Setting, str]) -> None:
        """A segment of ours was counted, and settings with it."""
        before = self.chains.get(self.device)
        self.operations[link.seq] = link.counter - (before.counter if before else 0)
        self.chains[self.device] = link
        self._settings.update(changed)
        self._links.pop(self.device, None)

    def hold(self, path: str, reason: str, device: bytes = b"", size: int = 0, data: bytes = b"") -> None:
        """Remember a file that waits or is wrong."""
        before = self.memo.bad.get(path)
        since = before.since_ms if before and before.reason == reason else self.now_ms
        item = Held(self.space.id, path, 0, reason, device, size, since, data)
        self.memo.bad[path] = item
        self.memo.doubted.discard(path)
        self.notes.hold(item)

    def accept(self, path: str) -> None:
        """Remember a file of which the mirror has the content, and that nothing is wrong with it any more."""
        self.memo.same.add(path)
        self.memo.bad.pop(path, None)
        self.memo.doubted.discard(path)
        self.notes.held.pop(path, None)
