"""Bundles of case keys under an epoch key (docs/share-format.md §6)."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.crypto.parcels import case_key_id
from bren_desktop.services.sync_ports import CaseKey
from bren_desktop.sync.format.envelope import Envelope, FileKind, SignedFile
from bren_desktop.sync.format.packing import FormatError, array, identity, pack, unpack
from bren_desktop.sync.format.pen import Pen

MOST_KEYS = 1000


def bundle_file(pen: Pen, keys: Sequence[CaseKey]) -> SignedFile:
    """The file of at most `MOST_KEYS` case keys."""
    if len(keys) > MOST_KEYS:
        raise ValueError("too many keys for one bundle")
    return pen.sealed(FileKind.CASE_KEYS, pack([[key.subject, key.key] for key in keys]))


def read_bundle(envelope: Envelope, epoch_key: bytes) -> tuple[CaseKey, ...]:
    """The case keys of a bundle. Raises FormatError."""
    if envelope.header.kind is not FileKind.CASE_KEYS:
        raise FormatError("not a bundle")
    rows = array(unpack(envelope.opened(epoch_key)))
    if len(rows) > MOST_KEYS:
        raise FormatError("too many keys")
    return tuple(_case_key(row, envelope.header.space) for row in rows)


def _case_key(row: object, space: bytes) -> CaseKey:
    subject, key = array(row, bytes, bytes)[:2]
    identity(subject), identity(key, 32)
    return CaseKey(subject, case_key_id(key, space, subject), key)
