"""Whether one parcel of a colleague is taken (docs/share-format.md §3): the same answer on every laptop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import Address, BadParcelError, OversizeError
from bren_desktop.domain.actors import Role
from bren_desktop.domain.changing import may_change
from bren_desktop.domain.entities import NETWORK_KINDS, Kind
from bren_desktop.oplog.contents import BlobRef, read_content
from bren_desktop.oplog.operations import DecodingError, Dot, Operation, decode
from bren_desktop.services.readings import read_reading
from bren_desktop.services.rows import ReadEntry
from bren_desktop.services.sync_ports import CaseKey, Parcel, SpaceKind, SyncRows
from bren_desktop.sync.format import names
from bren_desktop.sync.format.entries import Card

_READ = b"bren/read/v1"


class RefusedParcelError(Exception):
    """This parcel is not taken; `reason` is a code of `REASONS`, `entity` what it says that it is about."""

    def __init__(self, reason: str, entity: str = "") -> None:
        super().__init__(reason)
        self.reason, self.entity = reason, entity


class Taken(NamedTuple):
    """A parcel that is taken: what it says, the attachments it names, and the replacements that do not count."""

    operation: Operation
    blobs: tuple[BlobRef, ...]
    uncounted: frozenset[Dot]


def key_of(rows: SyncRows, parcel: Parcel) -> CaseKey | None:
    """The case key that opens a parcel, if we have it and it is one of that case."""
    try:
        key_id = parcels.key_id(parcel.body)
    except BadParcelError:
        return None
    key = rows.case_key(key_id) if key_id else None
    return key if key and key.subject == parcel.subject else None


@dataclass(frozen=True, slots=True)
class Bench:
    """What parcels of one segment are judged by.

    `reach` is the highest counter of each device that its writer had seen; `role` is that at the segment's heads.
    """

    space: bytes
    kind: SpaceKind
    card: Card
    role: Role | None
    schema: int
    reach: Mapping[bytes, int]

    def judged(self, parcel: Parcel, key: CaseKey | None) -> Taken:
        """What is in a parcel. Raises RefusedParcelError."""
        operation, blobs = self.opened(parcel, key)
        if not self._is_own(operation, parcel) or not self._belongs(operation, parcel.subject):
            raise RefusedParcelError("malformed")
        if not self._may(operation):
            raise RefusedParcelError("no-right", operation.entity)
        return Taken(operation, _named(operation, blobs), frozenset(self._uncounted(operation)))

    def opened(self, parcel: Parcel, key: CaseKey | None) -> tuple[Operation, tuple[BlobRef, ...]]:
        """The operation in a parcel, nothing of it judged. Raises RefusedParcelError."""
        address = Address(self.space, self.card.device, parcel.counter, parcel.subject)
        try:
            if bool(parcels.key_id(parcel.body)) != bool(parcel.subject):
                raise RefusedParcelError("malformed")
            content = parcels.content(parcel.body, address, key.key if key else b"")
            encoded, blobs = read_content(content)
            return decode(encoded), blobs
        except OversizeError as error:
            raise RefusedParcelError("oversize") from error
        except (BadParcelError, DecodingError) as error:
            raise RefusedParcelError("malformed") from error

    def reading(self, read: Parcel, key: CaseKey | None) -> ReadEntry:
        """The event of the read log in `read`, by the person on the card. Raises RefusedParcelError, DecodingError."""
        address = Address(self.space, self.card.device, read.counter, read.subject, _READ)
        if not read.subject or key is None:
            raise RefusedParcelError("malformed")
        try:
            encoded, _ = read_content(parcels.content(read.body, address, key.key))
        except BadParcelError as error:
            raise RefusedParcelError("malformed") from error
        entry = read_reading(encoded, names.text_id(read.subject), names.text_id(self.card.device))
        if (entry.person, entry.name) != (self.card.person, self.card.name):
            raise RefusedParcelError("malformed")
        return entry

    def _is_own(self, operation: Operation, parcel: Parcel) -> bool:
        return operation.dot == (self.card.device, parcel.counter) and operation.space == names.text_id(self.space)

    def _belongs(self, operation: Operation, subject: bytes) -> bool:
        """Whether this kind lives in this kind of space, and a case is its own subject."""
        if operation.kind in list(Kind):
            in_network = Kind(operation.kind) in NETWORK_KINDS
            if in_network != (self.kind is SpaceKind.NETWORK):
                return False
        return operation.kind != Kind.CASE or operation.entity == (names.text_id(subject) if subject else "")

    def _may(self, operation: Operation) -> bool:
        author, card = operation.author, self.card
        if self.role is None or (author.person, author.name, author.role) != (card.person, card.name, self.role.value):
            return False
        return may_change(author.role, operation.kind, (change.field for change in operation.changes), self.schema)

    def _uncounted(self, operation: Operation) -> set[Dot]:
        own = self.card.device
        dots = {dot for change in operation.changes for dot in change.replaces}
        return {dot for dot in dots if dot.device != own and dot.counter > self.reach.get(dot.device, 0)}


def _named(operation: Operation, blobs: Iterable[BlobRef]) -> tuple[BlobRef, ...]:
    """The attachments whose digest is a value in the operation."""
    values = {change.value for change in operation.changes if isinstance(change.value, str)}
    return tuple(blob for blob in blobs if blob.digest.hex() in values)
