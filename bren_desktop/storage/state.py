"""A number over what a space holds: equal on laptops that have applied the same, in whatever order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import chain

from sqlalchemy import Connection, select

from bren_desktop.storage import schema
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.ids import id_bytes

_SPACE = schema.space.c


def state(connection: Connection, space: int) -> bytes:
    """32 bytes over the digests of all records of a space, sorted; the index holds them, no record is read."""
    digests = "SELECT digest FROM rec INDEXED BY rec_state WHERE space = ? ORDER BY digest"
    rows = tuples(connection, digests, (space,))
    return hashlib.sha256(b"".join(chain.from_iterable(rows))).digest()


def states(connection: Connection) -> Mapping[str, bytes]:
    """The state of every space held, by its id."""
    rows = connection.execute(select(_SPACE.id, _SPACE.num).order_by(_SPACE.id))
    return {row.id: state(connection, row.num) for row in rows}


def total(connection: Connection) -> str:
    """One number over all spaces held."""
    found = hashlib.sha256()
    for space, value in states(connection).items():
        found.update(id_bytes(space) + value)
    return found.hexdigest()
