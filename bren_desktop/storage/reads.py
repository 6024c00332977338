"""The read log as it travels: our events about the cases of a space, numbered from 1, and those of colleagues.

How far it went stands in the settings of this laptop. Sending again under the same numbers does no harm: whoever has
them skips them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import msgpack
from sqlalchemy import Connection

from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import Address
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.contents import pack_content
from bren_desktop.services.readings import pack_reading
from bren_desktop.services.rows import ReadEntry
from bren_desktop.services.sync_ports import Parcel
from bren_desktop.storage import log
from bren_desktop.storage.case_keys import CaseKeys
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.ids import id_bytes
from bren_desktop.storage.local import LocalRows, put_local
from bren_desktop.storage.spaces import Space

DOMAIN = b"bren/read/v1"
_LOOKED_AT = 2000
"""The most events that are looked at for one segment."""
_SINCE = "SELECT seq, entity, content FROM read_log WHERE seq > ? ORDER BY seq LIMIT ?"
_CASE_HERE = "SELECT 1 FROM rec WHERE kind = ? AND entity = ? AND space = ?"


class Reads:
    """The events of one space, within one transaction."""

    def __init__(self, connection: Connection, keys: CaseKeys, space: Space) -> None:
        self._connection = connection
        self._keys = keys
        self._space = space

    def unsent(self, most: int) -> Sequence[Parcel]:
        """Our events that no segment holds yet, in order."""
        _, number = self._sent()
        found = [entry for _, entry in self._own() if entry is not None][:most]
        return [self._sealed(number + place, entry) for place, entry in enumerate(found, start=1)]

    def advance(self, count: int) -> None:
        """The first `count` of them are on their way."""
        done, number = self._sent()
        left = count
        for seq, entry in self._own():
            if entry is not None and not left:
                break
            done, left = seq, left - (entry is not None)
        self._remember(self._space.device, json.dumps([done, number + count]))

    def take(self, device: bytes, entries: Iterable[tuple[int, ReadEntry]]) -> None:
        """Add a colleague's events, as far as they are new."""
        last = json.loads(self._kept(device) or "[0, 0]")[1]
        found = []
        for number, entry in entries:
            if number > last:
                found.append(entry)
                last = number
        if found:
            log.append(self._connection, found)
            self._remember(device, json.dumps([0, last]))

    def _own(self) -> Iterator[tuple[int, ReadEntry | None]]:
        """What was logged since, by its place in the log; None for what does not go to this space."""
        seq, _ = self._sent()
        for number, entity, content in list(tuples(self._connection, _SINCE, (seq, _LOOKED_AT))):
            entry = ReadEntry(*msgpack.unpackb(content)[1:]) if content else None
            is_own = entry is not None and not entry.origin and self._is_here(entity)
            yield number, entry if is_own else None

    def _is_here(self, entity: str) -> bool:
        about = Kind.CASE.value, entity, self._space.num
        return bool(entity) and any(tuples(self._connection, _CASE_HERE, about))

    def _sealed(self, number: int, entry: ReadEntry) -> Parcel:
        subject = id_bytes(entry.entity)
        key = self._keys.for_writing(self._space, subject)
        address = Address(self._space.raw, self._space.device, number, subject, DOMAIN)
        content = pack_content(pack_reading(entry), ())
        return Parcel(number, subject, parcels.close(content, address, key.id, key.key))

    def _sent(self) -> tuple[int, int]:
        seq, number = json.loads(self._kept(self._space.device) or "[0, 0]")
        return seq, number

    def _kept(self, device: bytes) -> str | None:
        return LocalRows(self._connection).local(self._name(device))

    def _remember(self, device: bytes, value: str) -> None:
        put_local(self._connection, self._name(device), value)

    def _name(self, device: bytes) -> str:
        return f"reads/{self._space.id}/{device.hex()}"
