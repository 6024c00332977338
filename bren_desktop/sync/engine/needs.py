"""What a segment rests on (docs/share-format.md §3), found out once; and the word for waiting."""

from __future__ import annotations

from typing import NamedTuple

from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import BadParcelError
from bren_desktop.services.sync_ports import Parcel
from bren_desktop.sync.format.segments import Seen, Segment

Missing = frozenset[tuple[bytes, int]]


class HoldError(Exception):
    """A segment waits: for something `missing` that nobody serves, or for the chain of the device `on`."""

    def __init__(self, reason: str, missing: Missing = frozenset(), on: bytes = b"") -> None:
        super().__init__(reason)
        self.reason = reason
        self.missing = missing
        self.on = on


class Rest(NamedTuple):
    """What the next segment of a chain waits for, as long as `stamp` is what it was chosen by."""

    stamp: tuple[object, ...]
    heads: tuple[bytes, ...]
    schema: int
    seen: tuple[Seen, ...]
    keys: tuple[tuple[bytes, bytes], ...]
    """Subject and id of the case keys."""


def rest_of(segment: Segment, stamp: tuple[object, ...]) -> Rest:
    """What a segment rests on."""
    keys = {(parcel.subject, _key_id(parcel)) for parcel in (*segment.parcels, *segment.reads) if parcel.subject}
    needed = tuple(sorted(pair for pair in keys if pair[1]))
    return Rest(stamp, segment.heads, segment.schema, segment.seen, needed)


def _key_id(parcel: Parcel) -> bytes:
    try:
        return parcels.key_id(parcel.body)
    except BadParcelError:
        return b""
