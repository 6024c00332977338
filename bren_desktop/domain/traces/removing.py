"""A file as a case keeps it and as it leaves: a photo without place, time and device. Why: decision 0018."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bren_desktop.domain.file_kinds import HEIC, JPEG, PNG, TIFF, FileKind
from bren_desktop.domain.traces import heic, jpeg, png

REMOVED, LEFT = "SP-WEG", "SP-MOG"
"""Codes of `sporen_van_foto`: what was in it is out; it may still be in it."""
_REMOVERS: Mapping[FileKind, Callable[[bytes], bytes]] = {
    JPEG: jpeg.without_traces,
    PNG: png.without_traces,
    HEIC: heic.without_traces,
}
_PHOTOS = frozenset((*_REMOVERS, TIFF))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The bytes to go on with. `traces`: a code, or empty where there was nothing to take out."""

    data: bytes
    traces: str = ""


def cleaned(kind: FileKind, data: bytes) -> Cleaned:
    """A photo without its traces, the picture itself untouched; as it is where they cannot be taken out."""
    if kind not in _PHOTOS:
        return Cleaned(data)
    try:
        left = _REMOVERS[kind](data) if kind in _REMOVERS else None
    except (ValueError, IndexError):
        left = None
    if left is None:
        return Cleaned(data, LEFT)
    return Cleaned(left, REMOVED if left != data else "")
