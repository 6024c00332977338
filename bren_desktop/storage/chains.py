"""The chains of segments that were applied or sealed, link by link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from bren_desktop.services.sync_ports import Link
from bren_desktop.storage import schema
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.spaces import Space, Spaces

_HEAD_BYTES = 32
_LINK = schema.link.c
_COLUMNS = "seq, digest, link.counter, heads, role"
_LAST = f"SELECT {_COLUMNS} FROM link WHERE device = ? ORDER BY seq DESC LIMIT 1"  # noqa: S608
_OF_DEVICE = f"SELECT {_COLUMNS} FROM link WHERE device = ?"  # noqa: S608
_ADD = "INSERT INTO link (device, seq, digest, counter, heads, role) VALUES (?, ?, ?, ?, ?, ?)"
_ALL_LAST = (
    f"SELECT v.device, {_COLUMNS} FROM vector v JOIN link ON link.device = v.num "  # noqa: S608
    "WHERE v.space = ? AND seq = (SELECT max(seq) FROM link WHERE device = v.num)"
)


class Chains:
    """The chains of the devices of all spaces, within one transaction."""

    def __init__(self, connection: Connection, spaces: Spaces) -> None:
        self._connection = connection
        self._spaces = spaces

    def last(self, space: Space, device: bytes) -> Link | None:
        """The newest link of one chain."""
        number = self._spaces.known_number(space, device)
        row = next(tuples(self._connection, _LAST, (number,)), None)
        return _link(*row) if row else None

    def all_last(self, space: Space) -> Mapping[bytes, Link]:
        """The newest link of every chain that has one."""
        return {device: _link(*row) for device, *row in tuples(self._connection, _ALL_LAST, (space.num,))}

    def one(self, space: Space, device: bytes, seq: int) -> Link | None:
        """One link of a chain."""
        return next(self._links(space, device, f"{_OF_DEVICE} AND seq = ?", seq), None)

    def all(self, space: Space, device: bytes) -> list[Link]:
        """A whole chain, in order."""
        return list(self._links(space, device, f"{_OF_DEVICE} ORDER BY seq"))

    def _links(self, space: Space, device: bytes, wanted: str, *seqs: int) -> Iterator[Link]:
        number = self._spaces.known_number(space, device)
        return (_link(*row) for row in tuples(self._connection, wanted, (number, *seqs)))

    def add(self, space: Space, device: bytes, link: Link) -> None:
        """Lengthen a chain by one."""
        before = self.last(space, device) or Link(0, b"", 0)
        applied = space.vector.get(device, 0)
        enough = before.counter <= link.counter <= applied if device == space.device else link.counter == applied
        if link.seq != before.seq + 1 or not enough:
            raise ValueError("a link that does not go on")
        number = self._spaces.number(space, device)
        row = number, link.seq, link.digest, link.counter, b"".join(link.heads), link.role
        self._connection.exec_driver_sql(_ADD, row)

    def shorten(self, space: Space, device: bytes, seq: int) -> int:
        """Drop every link after `seq`; the last counter of what is left."""
        kept = self.one(space, device, seq) if seq else Link(0, b"", 0)
        if kept is None:
            raise ValueError("no such link")
        number = self._spaces.known_number(space, device)
        self._connection.execute(schema.link.delete().where(_LINK.device == number, _LINK.seq > seq))
        return kept.counter


def _link(seq: int, digest: bytes, counter: int, heads: bytes, role: str) -> Link:
    parts = tuple(heads[at : at + _HEAD_BYTES] for at in range(0, len(heads), _HEAD_BYTES))
    return Link(seq, digest, counter, parts, role)
