"""A HEIC photo in which Exif and XMP say nothing any more: they are written over in their place, nothing moves.

Which side is up stands elsewhere in such a file. Made of boxes (ISO 14496-12): length, name, content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from bren_desktop.domain.traces.exif import nothing

_ALONE = frozenset((b"ftyp", b"meta", b"mdat", b"free", b"skip"))
"""The outermost boxes of a still. In any other something may stand that is not looked at, as a film with its place."""
_TELLING = frozenset((b"Exif", b"mime"))
_IN_FILE, _IN_BOX = 0, 1
_LARGEST_INDEX = 1024 * 1024
_BEFORE_EXIF = 4
"""Bytes before the Exif itself, that say where in what follows it begins."""


class _Place(NamedTuple):
    """A piece of an item. `method` says what its offset counts from."""

    item: int
    method: int
    offset: int
    length: int


class _Bytes(BytesIO):
    """Reading numbers. Raises ValueError where there are no more bytes."""

    def number(self, size: int) -> int:
        return int.from_bytes(self.exactly(size), "big")

    def exactly(self, size: int) -> bytes:
        found = self.read(size)
        if len(found) != size:
            raise ValueError
        return found


def without_traces(data: bytes) -> bytes:
    """`data` with nothing where Exif and XMP stood. Raises ValueError for what cannot be read or is more than that."""
    outer = dict(_boxes(data, 0, len(data)))
    start, end = outer.get(b"meta", (0, 0))
    if not outer.keys() <= _ALONE or not 0 < end - start < _LARGEST_INDEX:
        raise ValueError
    inner = dict(_boxes(data, start + 4, end))
    if not inner.keys() >= {b"iinf", b"iloc"}:
        raise ValueError
    telling = _telling(data, *inner[b"iinf"])
    places = [each for each in _places(_Bytes(data[slice(*inner[b"iloc"])])) if each.item in telling]
    return _written_over(data, places, {_IN_FILE: 0, _IN_BOX: inner.get(b"idat", (0, 0))[0]})


def _written_over(data: bytes, places: Sequence[_Place], origins: Mapping[int, int]) -> bytes:
    if sum(each.length for each in places) > len(data) or not origins.keys() >= {each.method for each in places}:
        raise ValueError
    cleaned = bytearray(data)
    for each in places:
        at = origins[each.method] + each.offset
        if at + each.length > len(data):
            raise ValueError
        cleaned[at : at + each.length] = (bytes(_BEFORE_EXIF) + nothing(each.length - _BEFORE_EXIF))[: each.length]
    return bytes(cleaned)


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """The name of each box, and where its content begins and ends."""
    while at < end:
        size, name, start = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        after = at + size if size else end
        if not start <= after <= end:
            raise ValueError
        yield name, (start, after)
        at = after


def _telling(data: bytes, start: int, end: int) -> frozenset[int]:
    """The items that hold Exif, or a text such as XMP."""
    entries = start + (6 if data[start] == 0 else 8)
    found = set()
    for _, (at, after) in _boxes(data, entries, end):
        entry = _Bytes(data[at:after])
        version = entry.number(4) >> 24
        item = entry.number(2 if version <= 2 else 4)
        entry.number(2)
        if version >= 2 and entry.exactly(4) in _TELLING:
            found.add(item)
    return frozenset(found)


def _places(location: _Bytes) -> Iterator[_Place]:
    """Every piece of every item."""
    version = location.number(4) >> 24
    sizes = location.number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    if not length_size:
        raise ValueError
    wide = 4 if version == 2 else 2
    for _ in range(location.number(wide)):
        item = location.number(wide)
        method = location.number(2) & 15 if version else _IN_FILE
        location.number(2)
        base = location.number(base_size)
        for _ in range(location.number(2)):
            location.number(index_size if version else 0)
            offset = location.number(offset_size)
            yield _Place(item, method, base + offset, location.number(length_size))
