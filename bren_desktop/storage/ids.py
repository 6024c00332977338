"""Ids: 128 bits, kept and shown as 26 characters of base32 in lower case, travelling as 16 bytes."""

from __future__ import annotations

import base64
import secrets
from binascii import Error

ID_BYTES = 16
_CHARACTERS = 26


def new_id() -> str:
    """A random id."""
    return id_text(secrets.token_bytes(ID_BYTES))


def id_text(data: bytes) -> str:
    """The characters of an id."""
    return base64.b32encode(data).decode("ascii").rstrip("=").lower()


def id_bytes(text: str) -> bytes:
    """The bytes of an id; empty for a text that is none."""
    if len(text) != _CHARACTERS or not text.isascii() or text != text.lower():
        return b""
    try:
        data = base64.b32decode(f"{text.upper()}======")
    except Error:
        return b""
    return data if id_text(data) == text else b""
