"""H(x) of docs/share-format.md."""

from __future__ import annotations

import hashlib


def digest_of(data: bytes) -> bytes:
    """SHA-256 of a whole file."""
    return hashlib.sha256(data).digest()
