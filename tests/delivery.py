"""Colleagues' operations brought into a store as sync does: sealed under a case key of theirs, then taken."""

from __future__ import annotations

from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import Address, case_key_id
from bren_desktop.oplog.contents import BlobRef, pack_content, read_content
from bren_desktop.oplog.operations import Operation, decode, encode
from bren_desktop.services.sync_ports import CaseKey, HeldSpace, Parcel, SyncRows, SyncStore
from bren_desktop.storage.ids import id_bytes
from bren_desktop.storage.placing import case_of

_LARGEST = 2**30


def delivered(store: SyncStore, *operations: Operation) -> list[bool]:
    """Take colleagues' operations in; which of them were new."""
    with store.sync() as rows:
        return [rows.take(operation, closed(rows, operation), ()) for operation in operations]


def closed(rows: SyncRows, operation: Operation, key: bytes = b"k" * 32) -> Parcel:
    """An operation of a colleague as it travels; `rows` gets its case key."""
    subject = id_bytes(case_of(operation.kind, operation.entity, operation.changes))
    content, space = pack_content(encode(operation), ()), id_bytes(operation.space)
    if not subject:
        return Parcel(operation.dot.counter, subject, parcels.close_open(content))
    case_key = CaseKey(subject, case_key_id(key, space, subject), key)
    rows.put_case_keys(operation.space, [case_key])
    address = Address(space, operation.dot.device, operation.dot.counter, subject)
    return Parcel(operation.dot.counter, subject, parcels.close(content, address, case_key.id, key))


def opened(parcel: Parcel, space: HeldSpace, rows: SyncRows) -> tuple[Operation, Parcel, tuple[BlobRef, ...]]:
    """An operation of the laptop of `space`, as a colleague takes it in; `rows` has its case key."""
    key = rows.case_key(parcels.key_id(parcel.body))
    address = Address(id_bytes(space.id), space.device, parcel.counter, parcel.subject)
    operation, blobs = read_content(parcels.content(parcel.body, address, key.key if key else b""))
    return decode(operation), parcel, blobs


def exchanged(source: SyncStore, target: SyncStore) -> None:
    """What one laptop wrote and has not sealed, taken in by another of the same spaces."""
    with source.sync() as theirs, target.sync() as mine:
        for space in theirs.spaces():
            mine.put_case_keys(space.id, theirs.case_keys_to_share(space.id))
            for parcel in theirs.unsealed(space.id, _LARGEST):
                mine.take(*opened(parcel, space, theirs))
