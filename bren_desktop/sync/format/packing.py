"""MessagePack as the share uses it, read strictly: what was packed elsewhere is hostile until its shape is checked."""

from __future__ import annotations

from typing import Any

import msgpack

from bren_desktop.oplog.unpacking import unpack_bounded


class FormatError(ValueError):
    """Bytes that are not what docs/share-format.md says. The message holds no content."""


def pack(value: Any) -> bytes:
    """The canonical bytes of arrays, integers, text and binary."""
    return bytes(msgpack.packb(value))


def unpack(data: bytes) -> Any:
    """The value in `data`: arrays, integers, text, binary, booleans and nil only. Raises FormatError."""
    try:
        return unpack_bounded(data, ext_hook=_refuse, pairs_hook=_refuse_map)
    except FormatError:
        raise
    except (ValueError, TypeError, msgpack.exceptions.UnpackException, msgpack.exceptions.StackError) as error:
        raise FormatError("not msgpack") from error


def _refuse(_code: int, _data: bytes) -> Any:
    raise FormatError("extension type")


def _refuse_map(_pairs: object) -> Any:
    raise FormatError("a map")


def array(value: Any, *kinds: type) -> list[Any]:
    """`value` as an array that begins with items of exactly these types; more may follow. Raises FormatError."""
    if type(value) is not list or len(value) < len(kinds):
        raise FormatError("not an array, or too short")
    for item, kind in zip(value, kinds, strict=False):
        if type(item) is not kind:
            raise FormatError("an item of another type")
    return value


def identity(value: Any, length: int = 16) -> bytes:
    """`value` as an id or digest of exactly `length` bytes. Raises FormatError."""
    if type(value) is not bytes or len(value) != length:
        raise FormatError("not an id")
    return value


def number(value: Any, largest: int = 2**63 - 1) -> int:
    """`value` as a whole number from 0 up to `largest`. Raises FormatError."""
    if type(value) is not int or not 0 <= value <= largest:
        raise FormatError("not a number")
    return value
