"""Ids: 128 bits, kept and shown as 26 characters of base32 in lower case, travelling as 16 bytes."""

from __future__ import annotations

import base64
import re
import secrets

ID_BYTES = 16
_SHAPE = re.compile("[a-z2-7]{26}")
_DIGITS = str.maketrans("abcdefghijklmnopqrstuvwxyz234567", "0123456789abcdefghijklmnopqrstuv")
_SPARE = 2
"""Bits of the last character that say nothing."""


def new_id() -> str:
    """A random id."""
    return id_text(secrets.token_bytes(ID_BYTES))


def id_text(data: bytes) -> str:
    """The characters of an id."""
    return base64.b32encode(data).decode("ascii").rstrip("=").lower()


def id_bytes(text: str) -> bytes:
    """The bytes of an id; empty for a text that is none."""
    if not _SHAPE.fullmatch(text):
        return b""
    number, spare = divmod(int(text.translate(_DIGITS), 32), 1 << _SPARE)
    return b"" if spare else number.to_bytes(ID_BYTES, "big")
