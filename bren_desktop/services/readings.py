"""An event of the read log as it travels: who did what with a case, when (docs/share-format.md §3)."""

from __future__ import annotations

from typing import Any

import msgpack

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import DecodingError
from bren_desktop.services.rows import ReadEntry

_LONGEST = 500
_LATEST_MS = 2**47


def pack_reading(entry: ReadEntry) -> bytes:
    """The bytes of an event about a case; which case it is, is said outside of them."""
    return bytes(msgpack.packb([*_texts_and_time(entry)]))


def _texts_and_time(entry: ReadEntry) -> tuple[Any, ...]:
    return entry.at_ms, entry.person, entry.name, entry.role, entry.device, entry.action, entry.detail


def read_reading(data: bytes, case: str, origin: str) -> ReadEntry:
    """The event in what `pack_reading` made, about `case`, from the device `origin`. Raises DecodingError."""
    try:
        at_ms, *texts = msgpack.unpackb(data)
        person, name, role, letters, action, detail = texts
    except (ValueError, TypeError, msgpack.exceptions.UnpackException, msgpack.exceptions.StackError) as error:
        raise DecodingError("not a reading") from error
    if type(at_ms) is not int or not 0 <= at_ms < _LATEST_MS or not all(map(_is_short, texts)):
        raise DecodingError("types")
    return ReadEntry(at_ms, person, name, role, letters, action, Kind.CASE, case, detail, origin)


def _is_short(text: object) -> bool:
    return type(text) is str and len(text) <= _LONGEST
