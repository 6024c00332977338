"""A JPEG without what does not make the picture. What makes it is copied as it is: no pixel is computed anew."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bren_desktop.domain.traces.exif import upright_only

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_EXIF, _JFIF = b"Exif\0\0", b"JFIF\0"
_FOR_PROGRAMS = frozenset((*range(0xE0, 0xF0), 0xFE))
"""Segments that programs use as they like, and comments."""
_LOOKS = {0xE0: _JFIF, 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Which of these count for how the picture looks, by what they begin with."""
_BEFORE_THUMBNAIL = 12
_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
"""What ends the data of a scan: not a stuffed byte, nor a restart."""


def without_traces(data: bytes) -> bytes:
    """`data` without Exif, comments and the like, upright as it was. Raises ValueError for what cannot be read."""
    return bytes((0xFF, _START)) + b"".join(_parts(data))


def _parts(data: bytes) -> Iterator[bytes]:
    """What is kept, up to the end of the picture: a phone may have hung a film or a second picture behind it."""
    at = 2
    while (marker := _marker(data, at)) != _END:
        at = data.index(bytes((marker,)), at + 1) + 1
        end = at + int.from_bytes(data[at : at + 2], "big")
        if not at + 2 <= end <= len(data):
            raise ValueError
        yield _kept(marker, data[at + 2 : end])
        at = end
        if marker == _SCAN:
            at = _after_scan(data, end)
            yield data[end:at]
            if at == len(data):
                return
    yield bytes((0xFF, _END))


def _marker(data: bytes, at: int) -> int:
    found = _MARKER.match(data, at)
    if found is None:
        raise ValueError
    return found[0][-1]


def _after_scan(data: bytes, at: int) -> int:
    found = _MARKER.search(data, at)
    return found.start() if found else len(data)


def _kept(marker: int, content: bytes) -> bytes:
    if marker not in _FOR_PROGRAMS:
        return _segment(marker, content)
    if content.startswith(_EXIF):
        upright = upright_only(content.removeprefix(_EXIF))
        return _segment(marker, _EXIF + upright) if upright else b""
    if marker not in _LOOKS or not content.startswith(_LOOKS[marker]):
        return b""
    return _segment(marker, content[:_BEFORE_THUMBNAIL] + bytes(2) if content.startswith(_JFIF) else content)


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content
