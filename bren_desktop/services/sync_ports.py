"""The doors between sync and the store, and what they hand each other.

Ids in bytes have 16 bytes; digests are SHA-256.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from bren_desktop.domain.entities import Kind, Values
from bren_desktop.oplog.contents import BlobRef
from bren_desktop.oplog.operations import Author, Dot, Operation
from bren_desktop.services.ports import Writer
from bren_desktop.services.rows import Changes, ReadEntry

AUTHOR = "sync/author/"
"""The setting, by space, of whom our card there names: person, name and role. Whatever we write there bears them."""


class SpaceKind(StrEnum):
    """What a space is for: the pool of the network, the cases of a team, one protected case."""

    NETWORK = "network"
    TEAM = "team"
    CASE = "case"


class Standing(StrEnum):
    """How this profile stands to a space."""

    ALONE = "alone"
    """Made by `init`; never on a share."""
    ASKING = "asking"
    """A request to join waits for an answer; nothing of the space is held yet."""
    MEMBER = "member"
    OUT = "out"
    """Revoked, or left: nothing is published or received any more."""


@dataclass(frozen=True, slots=True)
class HeldSpace:
    """A space of this profile, with the secrets of this laptop's device in it.

    `name` is that of the network, or a team code.
    """

    id: str
    kind: SpaceKind
    name: str
    device: bytes
    name_key: bytes = field(repr=False)
    standing: Standing = Standing.ALONE
    network: bytes = b""
    founding: bytes = b""
    """Digest of the founding entry, from our own making or from the invite."""
    sign_seed: bytes = field(default=b"", repr=False)
    box_seed: bytes = field(default=b"", repr=False)
    home: bool = True
    """Whether new entities of its kinds go here: true for the network, and for one team."""


class Link(NamedTuple):
    """One segment of a chain that was applied (or, our own, sealed): number, digest, and its last counter.

    `heads` are the auth heads that it named, `role` the one under which it was judged.
    """

    seq: int
    digest: bytes
    counter: int
    heads: tuple[bytes, ...] = ()
    role: str = ""


class CaseKey(NamedTuple):
    """One key of a case. A case may have several."""

    subject: bytes
    id: bytes
    key: bytes


class Parcel(NamedTuple):
    """One operation as it travels (docs/share-format.md §3): never sealed anew."""

    counter: int
    subject: bytes
    """The case it is about, or empty."""
    body: bytes


class Held(NamedTuple):
    """Something that was not applied, and why: a file, or one parcel of a segment (`counter` above 0).

    `reason` is a code of `share_door.REASONS`; `name` a path on the share; `data` the bytes, as far as they were kept:
    of a parcel the entity that it is about, as far as that is known.
    """

    space: str
    name: str
    counter: int
    reason: str
    device: bytes
    size: int
    since_ms: int
    data: bytes = b""


class SyncRows(Protocol):
    """One transaction of sync on the store. Nothing is kept unless the block ends well."""

    def spaces(self) -> Sequence[HeldSpace]: ...
    def put_space(self, space: HeldSpace) -> None:
        """Keep or replace a space by its id."""

    def drop_space(self, space: str) -> None:
        """Forget a space with everything in it: operations, records, keys, chains. For joining, leaving and expiry."""

    def epoch_keys(self, space: str) -> Mapping[bytes, bytes]: ...
    def put_epoch_key(self, space: str, epoch: bytes, key: bytes) -> None: ...
    def chains(self, space: str) -> Mapping[bytes, Link]:
        """The last link of every device of which something was applied or sealed, our own included."""

    def link(self, space: str, device: bytes, seq: int) -> Link | None: ...
    def links(self, space: str, device: bytes) -> Sequence[Link]:
        """All links of one chain, in order."""

    def add_link(self, space: str, device: bytes, link: Link) -> None:
        """Lengthen a chain by one. Its counter must be what was applied."""

    def unsealed(self, space: str, largest: int) -> Sequence[Parcel]:
        """Our own operations after the counter of our chain, in order, up to about `largest` bytes (at least one).

        One of a case that was erased since has an empty body.
        """

    def count_unsealed(self, space: str) -> int: ...
    def case_key(self, key_id: bytes) -> CaseKey | None: ...
    def case_keys(self, key_ids: Iterable[bytes]) -> Mapping[bytes, CaseKey]:
        """Those of these keys that are here, by id."""

    def shared_case_keys(self, space: str) -> Sequence[CaseKey]:
        """The keys that published bundles hold."""

    def mark_case_keys_shared(self, keys: Iterable[CaseKey]) -> None:
        """Published bundles hold these keys."""

    def case_keys_to_share(self, space: str) -> Sequence[CaseKey]:
        """The keys made here that no published bundle holds yet."""

    def put_case_keys(self, space: str, keys: Iterable[CaseKey]) -> None:
        """Keep keys that published bundles hold."""

    def take(
        self, operation: Operation, parcel: Parcel, blobs: Sequence[BlobRef], uncounted: Collection[Dot] = ()
    ) -> bool:
        """Fold a colleague's operation, already judged, and keep its parcel as it came; whether it was new.

        `operation` is as its author wrote it; `uncounted` are the dots it replaces that do not count, and is kept.
        Raises DecodingError for one that cannot be right (space, kind, subject, a gap, a case key we do not hold).
        One about an erased subject counts as applied, empty.
        """

    def unsent_reads(self, space: str, most: int) -> Sequence[Parcel]:
        """Our events of the read log about cases of a space that no segment holds yet, numbered from 1 over all."""

    def count_reads(self, space: str, count: int) -> None:
        """The first `count` of them are on their way."""

    def take_reads(self, space: str, device: bytes, entries: Iterable[tuple[int, ReadEntry]]) -> None:
        """Add a colleague's events, each with its number, to the read log; those that it has are passed over."""

    def skip(self, space: str, device: bytes, counter: int) -> None:
        """Count an operation as applied without content: refused or erased."""

    def take_back(self, space: str, device: bytes, seq: int) -> Sequence[Operation]:
        """Shorten a chain to `seq` (0: nothing left), as if the rest had never come.

        Operations beyond, our own unsealed ones too, are undone and returned in order.
        """

    def reissue(self, operations: Sequence[Operation]) -> None:
        """Write operations that were taken back as our own, under this laptop's device of today, as their author.

        What they replace among themselves follows their new names.
        """

    def lying(self, space: str, subjects: Collection[bytes]) -> frozenset[bytes]:
        """Those of these cases of which something lies in a space. The network's holds none."""

    def erase(self, subject: bytes, space: str = "") -> None:
        """Destroy a case and remember its id: operations, records, search, attachments, drafts, read log and keys.

        With a space only what lies there of it; the id of one that lies elsewhere, or nowhere, is not remembered.
        """

    def erased(self) -> frozenset[bytes]: ...
    def blobs_to_share(self, space: str) -> Sequence[tuple[BlobRef, bytes]]:
        """Sealed attachments of ours that are not known to be on the share: those that fit in memory at once."""

    def blobs_wanted(self, space: str) -> Sequence[BlobRef]:
        """Attachments that operations name and this laptop does not have."""

    def remember_blobs(self, space: str, subject: bytes, refs: Iterable[BlobRef]) -> None:
        """Note where attachments lie that somebody else put there, to be fetched, and named by what we write."""

    def put_blob(self, space: str, ref: BlobRef, sealed: bytes) -> None:
        """Keep an attachment, content checked against both digests. Raises DecodingError."""

    def mark_blob_shared(self, blob: bytes) -> None: ...
    def state(self, space: str) -> bytes:
        """32 bytes over all registers of a space; equal on laptops that have applied the same."""

    def hold(self, item: Held) -> None:
        """Remember or replace by (space, name, counter)."""

    def release(self, space: str, name: str, counter: int = 0) -> None: ...
    def held(self) -> Sequence[Held]: ...
    def clock(self) -> int:
        """The furthest logical clock of all spaces: it has seen what colleagues signed, and never goes back."""

    def local(self, key: str) -> str | None: ...
    def set_local(self, key: str, value: str) -> None: ...
    def writer(self, author: Author) -> Writer:
        """The writer of the services within this transaction. New entities go where `put_space` has their home by now.

        Its `entities` and `find` know every space; `entities_in` and `space_of` tell them apart.
        """

    def entities_in(self, spaces: Collection[str], kind: Kind) -> Sequence[str]:
        """Those of `Writer.entities` that live in these spaces, in the order in which they were made."""

    def count_conflicted(self) -> int:
        """How many entities have two versions somewhere, by `Reader.conflicted`."""

    def space_of(self, kind: Kind, entity: str) -> str | None:
        """The space that an entity lives in."""

    def entity_for(self, space: str, kind: Kind, extern_id: str) -> str:
        """The entity id of an external id in a space: the same on every laptop of that space."""

    def write_in(self, space: str, author: Author, kind: Kind, entity: str, values: Values) -> None:
        """Write versions into a space beside what is there, replacing nothing: what differs shows as two versions."""

    @property
    def changes(self) -> Changes: ...


class SyncStore(Protocol):
    """The store as sync sees it."""

    def sync(self) -> AbstractContextManager[SyncRows]:
        """A writing transaction."""

    def look(self) -> AbstractContextManager[SyncRows]:
        """A reading one: only what does not change anything may be called."""
