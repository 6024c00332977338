"""The spaces this profile takes part in, this laptop's place in them, and the vector of what has been applied."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgpack
from sqlalchemy import Connection

from bren_desktop.domain.entities import NETWORK_KINDS, Kind
from bren_desktop.oplog.clock import tick
from bren_desktop.services.sync_ports import SpaceKind, Standing
from bren_desktop.storage import schema
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.ids import ID_BYTES, id_bytes, id_text, new_id

_FORESEEN = 2**40
"""Row numbers per kind; a kind's range starts at its place in `Kind` times this."""
_SPACES = "SELECT num, id, kind, device, name_key, clock, home, standing FROM space ORDER BY num"
_VECTORS = "SELECT num, space, device, counter, highest FROM vector"
_MOVE = "UPDATE vector SET counter = ?, highest = ? WHERE num = ?"
_KNOWN = {kind.value for kind in Kind}


def first_row(kind: Kind) -> int:
    """The row numbers of `kind` run from here up to those of the next kind."""
    return (list(Kind).index(kind) + 1) * _FORESEEN


def row_range(kind: Kind) -> tuple[int, int]:
    """The first and last row number of `kind`."""
    return first_row(kind), first_row(kind) + _FORESEEN - 1


@dataclass(slots=True)
class Space:
    """A space, this laptop's device id in it, the logical clock, and the vector of its devices.

    `highest` is the vector as far as it ever came: numbers up to there have been applied before.
    """

    num: int
    id: str
    kind: SpaceKind
    device: bytes
    name_key: bytes
    clock: int
    home: bool
    is_left: bool
    """Whether this laptop is out of it."""
    vector: dict[bytes, int] = field(default_factory=dict)
    highest: dict[bytes, int] = field(default_factory=dict)

    @property
    def raw(self) -> bytes:
        """The id as it travels."""
        return id_bytes(self.id)

    def takes(self, kind: str) -> bool:
        """Whether entities of `kind` may live here. A kind that this version does not know may."""
        return kind not in _KNOWN or (kind in NETWORK_KINDS) == (self.kind is SpaceKind.NETWORK)

    def next_clock(self, now_ms: int) -> int:
        """The clock of the next operation written here."""
        self.clock = tick(self.clock, now_ms)
        return self.clock

    def advance(self, device: bytes, counter: int) -> None:
        """Note that `counter` of `device` has been applied."""
        self.vector[device] = counter
        self.highest[device] = max(counter, self.highest.get(device, 0))

    def retreat(self, device: bytes, counter: int) -> None:
        """Note that nothing of `device` after `counter` is applied any more."""
        if device in self.vector:
            self.vector[device] = counter


class Spaces:
    """All spaces with their vectors, as one transaction sees and moves them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.reload()

    def reload(self) -> None:
        """As the tables have it."""
        self._by_num = {row[0]: _space(*row) for row in tuples(self._connection, _SPACES)}
        self._by_id = {space.id: space for space in self._by_num.values()}
        self._numbers: dict[tuple[int, bytes], int] = {}
        for num, of, device, counter, highest in tuples(self._connection, _VECTORS):
            space = self._by_num[of]
            space.vector[device], space.highest[device] = counter, highest
            self._numbers[of, device] = num
        self._stored = {space.num: (space.clock, dict(space.vector)) for space in self}

    def __iter__(self) -> Iterator[Space]:
        return iter(self._by_num.values())

    def get(self, space: str) -> Space | None:
        """The space with this id."""
        return self._by_id.get(space)

    def numbered(self, num: int) -> Space:
        """The space with this short number."""
        return self._by_num[num]

    def home(self, kind: Kind) -> Space:
        """The space that new entities of `kind` go to."""
        wanted = SpaceKind.NETWORK if kind in NETWORK_KINDS else SpaceKind.TEAM
        return next(space for space in self if space.home and space.kind is wanted)

    def number(self, space: Space, device: bytes) -> int:
        """The short number under which log and chains keep `device`."""
        name = space.num, device
        if name not in self._numbers:
            values = {"space": space.num, "device": device, "counter": 0, "highest": 0}
            added = self._connection.execute(schema.vector.insert().values(**values))
            self._numbers[name] = added.inserted_primary_key[0]  # type: ignore[index]
            space.vector.setdefault(device, 0)
        return self._numbers[name]

    def known_number(self, space: Space, device: bytes) -> int:
        """The same for reading: a number that nothing has where `device` is not known."""
        return self._numbers.get((space.num, device), -1)

    def save(self) -> None:
        """Write what moved."""
        for space in self:
            clock, vector = self._stored[space.num]
            for device, counter in space.vector.items():
                if vector.get(device) != counter:
                    moved = counter, space.highest.get(device, 0), self.number(space, device)
                    self._connection.exec_driver_sql(_MOVE, moved)
            if space.clock != clock:
                self._connection.exec_driver_sql("UPDATE space SET clock = ? WHERE num = ?", (space.clock, space.num))
            self._stored[space.num] = space.clock, dict(space.vector)


def _space(
    num: int, name: str, kind: str, device: bytes, name_key: bytes, clock: int, home: int, standing: str
) -> Space:
    return Space(num, name, SpaceKind(kind), device, name_key, clock, bool(home), standing == Standing.OUT)


def found(connection: Connection) -> None:
    """Mint the network's and the team's space of a new profile."""
    for kind in (SpaceKind.NETWORK, SpaceKind.TEAM):
        values = {"id": new_id(), "device": secrets.token_bytes(ID_BYTES), "name_key": secrets.token_bytes(32)}
        secret = dict.fromkeys(("network", "founding", "sign_seed", "box_seed"), b"")
        row = {**values, **secret, "kind": kind, "name": "", "clock": 0, "standing": Standing.ALONE, "home": 1}
        connection.execute(schema.space.insert().values(**row, loose=0))


def entity_id(space: Space, kind: Kind, extern_id: str) -> str:
    """The entity id of an external id: equal on every laptop of the space, and telling nothing about it."""
    message = msgpack.packb([space.id, kind.value, extern_id])
    return id_text(hashlib.blake2b(message, key=space.name_key, digest_size=ID_BYTES).digest())
