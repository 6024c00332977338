"""A PNG without what does not make the picture; the chunks that make it are copied as they are."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from bren_desktop.domain.traces.exif import upright_only

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EXIF, _END = b"eXIf", b"IEND"
_PICTURE = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs acTL fcTL fdAT".split()
)
_AROUND = 12
"""The bytes of a chunk beside its content: length, name and check."""


def without_traces(data: bytes) -> bytes:
    """`data` without texts, times and Exif, upright as it was. Raises ValueError for what cannot be read."""
    return _SIGNATURE + b"".join(_parts(data))


def _parts(data: bytes) -> Iterator[bytes]:
    """What is kept, up to the end of the picture."""
    at, name = len(_SIGNATURE), b""
    while name != _END:
        end = at + _AROUND + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            raise ValueError
        name = data[at + 4 : at + 8]
        if name in _PICTURE:
            yield data[at:end]
        elif name == _EXIF and (upright := upright_only(data[at + 8 : end - 4])):
            yield _chunk(name, upright)
        at = end


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")
