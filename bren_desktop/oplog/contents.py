"""What a parcel holds: one operation's bytes, and where the attachments that it names lie (docs/share-format.md §3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgpack

from bren_desktop.oplog.operations import DecodingError
from bren_desktop.oplog.unpacking import unpack_bounded

_DIGEST_BYTES = 32


class BlobRef(NamedTuple):
    """An attachment as the share keeps it: digest of the content, digest of the sealed file, its key."""

    digest: bytes
    blob: bytes
    key: bytes


def pack_content(operation: bytes, blobs: Iterable[BlobRef]) -> bytes:
    """The content of a parcel."""
    return bytes(msgpack.packb([operation, [list(blob) for blob in blobs]]))


def read_content(data: bytes) -> tuple[bytes, tuple[BlobRef, ...]]:
    """The operation's bytes and the attachments in what `pack_content` made. Raises DecodingError for anything else."""
    try:
        operation, blobs = unpack_bounded(data, ext_hook=_refuse_extension)
        refs = tuple(BlobRef(*blob) for blob in blobs if type(blob) is list)
    except (ValueError, TypeError, msgpack.exceptions.UnpackException, msgpack.exceptions.StackError) as error:
        raise DecodingError("not a parcel's content") from error
    if type(operation) is not bytes or type(blobs) is not list or len(refs) != len(blobs):
        raise DecodingError("types")
    if not all(type(part) is bytes and len(part) == _DIGEST_BYTES for ref in refs for part in ref):
        raise DecodingError("digests")
    return operation, refs


def _refuse_extension(_code: int, _data: bytes) -> Any:
    raise DecodingError("extension type")
