"""The chains of segments that were applied or sealed, link by link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from bren_desktop.services.sync_ports import Link
from bren_desktop.storage import schema
from bren_desktop.storage.spaces import Space, Spaces

_HEAD_BYTES = 32
_LINK = schema.link.c
_LAST = "SELECT * FROM link WHERE device = ? ORDER BY seq DESC LIMIT 1"
_ADD = "INSERT INTO link (device, seq, digest, counter, heads, role) VALUES (?, ?, ?, ?, ?, ?)"
_ALL_LAST = (
    "SELECT v.device AS id, l.* FROM vector v JOIN link l ON l.device = v.num "
    "WHERE v.space = ? AND l.seq = (SELECT max(seq) FROM link WHERE device = v.num)"
)


class Chains:
    """The chains of the devices of all spaces, within one transaction."""

    def __init__(self, connection: Connection, spaces: Spaces) -> None:
        self._connection = connection
        self._spaces = spaces

    def last(self, space: Space, device: bytes) -> Link | None:
        """The newest link of one chain."""
        number = self._spaces.known_number(space, device)
        row = self._connection.exec_driver_sql(_LAST, (number,)).first()
        return _link(row) if row else None

    def all_last(self, space: Space) -> Mapping[bytes, Link]:
        """The newest link of every chain that has one."""
        rows = self._connection.exec_driver_sql(_ALL_LAST, (space.num,)).all()
        return {row.id: _link(row) for row in rows}

    def one(self, space: Space, device: bytes, seq: int) -> Link | None:
        """One link of a chain."""
        return next(self._links(space, device, schema.link.select().where(_LINK.seq == seq)), None)

    def all(self, space: Space, device: bytes) -> list[Link]:
        """A whole chain, in order."""
        return list(self._links(space, device, schema.link.select().order_by(_LINK.seq)))

    def _links(self, space: Space, device: bytes, wanted: Any) -> Iterator[Link]:
        number = self._spaces.known_number(space, device)
        return (_link(row) for row in self._connection.execute(wanted.where(_LINK.device == number)))

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


def _link(row: Any) -> Link:
    heads = tuple(row.heads[at : at + _HEAD_BYTES] for at in range(0, len(row.heads), _HEAD_BYTES))
    return Link(row.seq, row.digest, row.counter, heads, row.role)
