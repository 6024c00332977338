"""The spaces this profile takes part in, this laptop's place in them, and the vector of what has been applied."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgpack
from sqlalchemy import Connection

from bren_desktop.domain.entities import NETWORK_KINDS, Kind
from bren_desktop.oplog.clock import tick, witness
from bren_desktop.oplog.operations import DecodingError, Dot, Operation
from bren_desktop.storage import schema

NETWORK, TEAM = "network", "team"
_ID_BYTES = 16
_FORESEEN = 2**40
"""Row numbers per kind; a kind's range starts at its place in `Kind` times this."""


def new_id() -> str:
    """128 random bits as 26 characters of base32 in lower case."""
    return _base32(secrets.token_bytes(_ID_BYTES))


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode("ascii").rstrip("=").lower()


def first_row(kind: Kind) -> int:
    """The row numbers of `kind` run from here up to those of the next kind."""
    return (list(Kind).index(kind) + 1) * _FORESEEN


def row_range(kind: Kind) -> tuple[int, int]:
    """The first and last row number of `kind`."""
    return first_row(kind), first_row(kind) + _FORESEEN - 1


@dataclass(slots=True)
class Space:
    """A space, this laptop's device id in it, and the logical clock."""

    id: str
    kind: str
    device: bytes
    name_key: bytes
    clock: int


class Spaces:
    """All spaces with their vector, as one transaction sees and moves them."""

    def __init__(self, spaces: Mapping[str, Space], vector: Mapping[bytes, int], numbers: Mapping[bytes, int]) -> None:
        self._by_id = dict(spaces)
        self._by_kind = {space.kind: space for space in spaces.values()}
        self.vector = dict(vector)
        self._numbers = dict(numbers)
        self._stored = dict(vector)
        self._clocks = {space.id: space.clock for space in spaces.values()}

    @classmethod
    def load(cls, connection: Connection) -> Spaces:
        rows = connection.execute(schema.space.select())
        spaces = {row.id: Space(row.id, row.kind, row.device, row.name_key, row.clock) for row in rows}
        devices = list(connection.execute(schema.vector.select()))
        counters = {row.device: row.counter for row in devices}
        return cls(spaces, counters, {row.device: row.num for row in devices})

    def of(self, kind: Kind) -> Space:
        """The space that entities of `kind` live in."""
        return self._by_kind[NETWORK if kind in NETWORK_KINDS else TEAM]

    def next_dot(self, kind: Kind, now_ms: int) -> tuple[Space, Dot, int]:
        """Space, dot and clock of the next operation of this laptop."""
        space = self.of(kind)
        space.clock = tick(space.clock, now_ms)
        return space, Dot(space.device, self.vector.get(space.device, 0) + 1), space.clock

    def admit(self, operation: Operation, now_ms: int) -> bool:
        """Whether a colleague's operation is new. Raises DecodingError for one that cannot be right."""
        space = self._by_id.get(operation.space)
        if space is None:
            raise DecodingError("another space")
        if operation.kind in list(Kind) and self.of(Kind(operation.kind)) is not space:
            raise DecodingError("a kind that lives elsewhere")
        known = self.vector.get(operation.dot.device, 0)
        if operation.dot.counter > known + 1:
            raise DecodingError("a gap")
        if operation.dot.counter <= known:
            return False
        space.clock = witness(space.clock, operation.clock, now_ms)
        return True

    def number(self, connection: Connection, space: str, device: bytes) -> int:
        """The short number under which the log keeps `device`."""
        if device not in self._numbers:
            added = connection.execute(schema.vector.insert().values(space=space, device=device, counter=0))
            self._numbers[device] = added.inserted_primary_key[0]  # type: ignore[index]
        return self._numbers[device]

    def save(self, connection: Connection) -> None:
        """Write what moved."""
        for device, counter in self._moved():
            row = schema.vector.c.device == device
            connection.execute(schema.vector.update().where(row).values(counter=counter))
        for space in self._by_id.values():
            if space.clock != self._clocks[space.id]:
                row = schema.space.c.id == space.id
                connection.execute(schema.space.update().where(row).values(clock=space.clock))

    def _moved(self) -> Iterator[tuple[bytes, int]]:
        for device, counter in self.vector.items():
            if self._stored.get(device) != counter:
                yield device, counter


def found(connection: Connection) -> None:
    """Mint the network's and the team's space of a new profile."""
    for kind in (NETWORK, TEAM):
        values = {"id": new_id(), "kind": kind, "device": secrets.token_bytes(16), "name_key": secrets.token_bytes(32)}
        connection.execute(schema.space.insert().values(**values, clock=0))


def entity_id(space: Space, kind: Kind, extern_id: str) -> str:
    """The entity id of an external id: equal on every laptop of the space, and telling nothing about it."""
    message = msgpack.packb([space.id, kind.value, extern_id])
    return _base32(hashlib.blake2b(message, key=space.name_key, digest_size=_ID_BYTES).digest())
