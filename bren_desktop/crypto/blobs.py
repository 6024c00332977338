"""One attachment as a file of the share, sealed under a key of its own (docs/share-format.md §3, .brb)."""

from __future__ import annotations

from bren_desktop.crypto.padding import pad, unpad
from bren_desktop.crypto.seal import NONCE_BYTES, seal, unseal

MARK = b"BRENB\x01"
_DOMAIN = b"bren/blob/v1"


def close_blob(content: bytes, key: bytes, nonce: bytes, space: bytes) -> bytes:
    """The file of `content`: the same for the same key, nonce and space."""
    return MARK + nonce + seal(pad(content), key, nonce=nonce, associated=_DOMAIN + space)


def open_blob(file: bytes, key: bytes, space: bytes) -> bytes | None:
    """The content of a file that `close_blob` made with this key for this space, or None."""
    at = len(MARK) + NONCE_BYTES
    if not file.startswith(MARK):
        return None
    padded = unseal(file[at:], key, nonce=file[len(MARK) : at], associated=_DOMAIN + space)
    return None if padded is None else unpad(padded)
