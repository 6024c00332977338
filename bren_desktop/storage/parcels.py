"""Operations as they lie in the log: sealed parcels, as they travel; those of the first tables lie there plain."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgpack
from sqlalchemy import Connection

from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import Address, BadParcelError
from bren_desktop.errors import DamagedStoreError
from bren_desktop.oplog.contents import BlobRef, pack_content, read_content
from bren_desktop.oplog.operations import DecodingError, Dot, Operation, decode, encode
from bren_desktop.services.sync_ports import CaseKey
from bren_desktop.storage import schema
from bren_desktop.storage.case_keys import CaseKeys
from bren_desktop.storage.ids import id_bytes

COLUMNS = (schema.op.c.device, schema.op.c.counter, schema.op.c.subject, schema.op.c.body)
"""What of a row of the log is needed to open it."""
_PLAIN = b"\x99"
_FORGET = "DELETE FROM uncounted WHERE device = ? AND counter = ?"
_NOTE = "INSERT INTO uncounted (device, counter, dots) VALUES (?, ?, ?)"
_NOTED = "SELECT dots FROM uncounted WHERE device = ? AND counter = ?"


def is_plain(body: bytes) -> bool:
    """Whether a body is an operation as encoded, from before there was sync."""
    return body[:1] == _PLAIN


def sealed(operation: Operation, subject: bytes, blobs: Sequence[BlobRef], key: CaseKey | None) -> bytes:
    """The body of an operation: sealed under its case's key, or open where it is about no case."""
    content = pack_content(encode(operation), blobs)
    if key is None:
        return parcels.close_open(content)
    dot = operation.dot
    return parcels.close(content, Address(id_bytes(operation.space), dot.device, dot.counter, subject), key.id, key.key)


def counted(operation: Operation, uncounted: Collection[Dot]) -> Operation:
    """`operation` without replacements that do not count: `uncounted`, and the author's own not yet written ones."""
    if not any(change.replaces for change in operation.changes):
        return operation
    changes = tuple(
        change._replace(replaces=tuple(dot for dot in change.replaces if _counts(dot, operation.dot, uncounted)))
        for change in operation.changes
    )
    return replace(operation, changes=changes)


def _counts(dot: Dot, own: Dot, uncounted: Collection[Dot]) -> bool:
    return dot not in uncounted and (dot.device != own.device or dot.counter < own.counter)


def note_uncounted(connection: Connection, device: int, counter: int, dots: Collection[Dot]) -> None:
    """Remember which dots that an operation replaces do not count; of what was said of it before, nothing stays."""
    connection.exec_driver_sql(_FORGET, (device, counter))
    if dots:
        connection.exec_driver_sql(_NOTE, (device, counter, msgpack.packb(sorted(dots))))


def uncounted(connection: Connection, device: int, counter: int) -> frozenset[Dot]:
    """The dots that do not count in one operation."""
    found = connection.exec_driver_sql(_NOTED, (device, counter)).scalar()
    return frozenset(Dot(*dot) for dot in msgpack.unpackb(found)) if found else frozenset()


class Opener:
    """Opens rows of the log."""

    def __init__(self, connection: Connection, keys: CaseKeys) -> None:
        self._connection = connection
        self._keys = keys
        self._devices: dict[int, tuple[bytes, bytes]] = {}

    def operation(self, row: Any) -> Operation:
        """The operation in a row with `COLUMNS`. Raises DamagedStoreError."""
        try:
            return decode(row.body if is_plain(row.body) else read_content(self._content(row))[0])
        except (BadParcelError, DecodingError) as error:
            raise DamagedStoreError from error

    def counted(self, row: Any) -> Operation:
        """The same, as it is folded."""
        operation = self.operation(row)
        named = any(change.replaces for change in operation.changes)
        return counted(operation, uncounted(self._connection, row.device, row.counter)) if named else operation

    def all_counted(self, rows: Any) -> Iterator[tuple[Any, Operation]]:
        """Every row with its operation as it is folded."""
        return ((row, self.counted(row)) for row in rows)

    def _content(self, row: Any) -> bytes:
        key_id = parcels.key_id(row.body)
        key = self._keys.find(key_id) if key_id else CaseKey(b"", b"", b"")
        if key is None:
            raise DamagedStoreError
        space, device = self._device(row.device)
        return parcels.content(row.body, Address(space, device, row.counter, row.subject), key.key, kept=True)

    def _device(self, number: int) -> tuple[bytes, bytes]:
        if number not in self._devices:
            wanted = "SELECT s.id, v.device FROM vector v JOIN space s ON s.num = v.space WHERE v.num = ?"
            space, device = self._connection.exec_driver_sql(wanted, (number,)).one()
            self._devices[number] = id_bytes(space), device
        return self._devices[number]
