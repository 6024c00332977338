"""The one thing of Exif that a picture needs to be shown: which side is up. Everything else in it is dropped."""

from __future__ import annotations

import struct
from typing import Literal

_ORIENTATION, _SHORT = 0x0112, 3
_SIDES = range(2, 9)
_ENTRY = 12
_Order = Literal["little", "big"]
_ORDERS: dict[bytes, _Order] = {b"II*\x00": "little", b"MM\x00*": "big"}


def upright_only(exif: bytes) -> bytes:
    """Exif that says which side is up, as `exif` does; empty where that is the usual one, or cannot be read."""
    side = _side(exif)
    if side not in _SIDES:
        return b""
    return b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, side, 0, 0)


def nothing(length: int) -> bytes:
    """Exif of so many bytes that says nothing; all zeros where that is too short."""
    empty = b"MM\x00*" + struct.pack(">IHI", 8, 0, 0)
    return empty.ljust(length, b"\0") if length >= len(empty) else bytes(length)


def _side(exif: bytes) -> int:
    order = _ORDERS.get(exif[:4])
    if order is None:
        return 0

    def number(at: int, size: int) -> int:
        return int.from_bytes(exif[at : at + size], order)

    start = number(4, 4)
    entries = range(start + 2, start + 2 + _ENTRY * number(start, 2), _ENTRY)
    found = (at for at in entries if number(at, 2) == _ORIENTATION and number(at + 2, 2) == _SHORT)
    return next((number(at + 8, 2) for at in found), 0)
