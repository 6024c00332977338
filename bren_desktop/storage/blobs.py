"""Attachments as the share keeps them: which operation names which, and what still has to travel."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from bren_desktop.crypto.blobs import close_blob, open_blob
from bren_desktop.crypto.seal import new_key, new_nonce
from bren_desktop.oplog.contents import BlobRef
from bren_desktop.oplog.operations import DecodingError, Operation
from bren_desktop.storage import schema
from bren_desktop.storage.spaces import Space

_BLOB, _FILE = schema.blob.c, schema.attachment.c
_UNSHARED = (
    "SELECT b.digest, b.blob, b.key, b.nonce, a.data FROM blob b JOIN attachment a ON a.digest = b.digest "
    "WHERE b.space = ? AND b.shared = 0 ORDER BY b.blob"
)
_AT_ONCE = 32 * 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


def digests(operation: Operation) -> list[str]:
    """The values of an operation that may name attachments."""
    values = [change.value for change in operation.changes if isinstance(change.value, str)]
    return [value for value in values if _DIGEST.fullmatch(value)]


def named(connection: Connection, operation: Operation, space: Space, subject: bytes) -> list[BlobRef]:
    """The attachments that an operation of ours names, each with the file it will be on the share."""
    found = []
    for digest in digests(operation):
        data = connection.scalar(select(_FILE.data).where(_FILE.digest == digest))
        ref = _kept(connection, digest, space, subject, ours=data is not None)
        if data is not None:
            ref = ref or _sealed(connection, data, space, subject)
        found += [ref] if ref else []
    return found


def _kept(connection: Connection, digest: str, space: Space, subject: bytes, *, ours: bool) -> BlobRef | None:
    """A file with an attachment: one that we sealed ourselves if we can, for what a colleague says may be wrong."""
    here = [_BLOB.digest == digest, _BLOB.space == space.num, _BLOB.subject == subject]
    if ours:
        here.append(_BLOB.nonce != b"")
    row = connection.execute(select(_BLOB.blob, _BLOB.key).where(*here).order_by(_BLOB.blob).limit(1)).first()
    return BlobRef(bytes.fromhex(digest), row.blob, row.key) if row else None


def _sealed(connection: Connection, data: bytes, space: Space, subject: bytes) -> BlobRef:
    key, nonce, digest = new_key(), new_nonce(), hashlib.sha256(data)
    blob = hashlib.sha256(close_blob(data, key, nonce, space.raw)).digest()
    values = {"blob": blob, "space": space.num, "subject": subject, "digest": digest.hexdigest()}
    connection.execute(schema.blob.insert().values(**values, key=key, nonce=nonce, shared=0))
    return BlobRef(digest.digest(), blob, key)


def remember(connection: Connection, refs: Iterable[BlobRef], space: Space, subject: bytes) -> None:
    """Note the attachments that a colleague's operation names; their files are on the share."""
    for ref in refs:
        values = {"blob": ref.blob, "space": space.num, "subject": subject, "digest": ref.digest.hex(), "key": ref.key}
        connection.execute(insert(schema.blob).values(**values, nonce=b"", shared=1).on_conflict_do_nothing())


def to_share(connection: Connection, space: Space) -> list[tuple[BlobRef, bytes]]:
    """Our attachments that are not known to be on the share, as the files they are to be there: what fits in memory."""
    found: list[tuple[BlobRef, bytes]] = []
    room = _AT_ONCE
    for row in connection.exec_driver_sql(_UNSHARED, (space.num,)):
        found.append((_ref(row), close_blob(row.data, row.key, row.nonce, space.raw)))
        room -= len(row.data)
        if room <= 0:
            break
    return found


def wanted(connection: Connection, space: Space) -> list[BlobRef]:
    """The attachments that operations name and that are not here."""
    have = select(_FILE.digest)
    rows = connection.execute(schema.blob.select().where(_BLOB.space == space.num, _BLOB.digest.not_in(have)))
    return [_ref(row) for row in rows]


def _ref(row: object) -> BlobRef:
    return BlobRef(bytes.fromhex(row.digest), row.blob, row.key)  # type: ignore[attr-defined]


def put(connection: Connection, space: Space, ref: BlobRef, sealed: bytes) -> None:
    """Keep an attachment that came from the share. Raises DecodingError where it is not what `ref` says."""
    content = open_blob(sealed, ref.key, space.raw)
    if content is None or hashlib.sha256(sealed).digest() != ref.blob:
        raise DecodingError("not that attachment")
    if hashlib.sha256(content).digest() != ref.digest:
        raise DecodingError("another content")
    row = {"digest": ref.digest.hex(), "data": content}
    if connection.scalar(select(_BLOB.blob).where(_BLOB.blob == ref.blob)) is not None:
        connection.execute(insert(schema.attachment).values(**row).on_conflict_do_nothing())


def mark_shared(connection: Connection, blob: bytes) -> None:
    """Note that an attachment is on the share."""
    connection.execute(schema.blob.update().where(_BLOB.blob == blob).values(shared=1))
