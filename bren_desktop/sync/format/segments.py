"""Segments (docs/share-format.md §3): what one run of sync publishes of one device, written and read."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bren_desktop.oplog.unpacking import LONGEST
from bren_desktop.services.sync_ports import Parcel
from bren_desktop.sync.format.envelope import NO_DIGEST, Envelope, FileKind, SignedFile
from bren_desktop.sync.format.packing import FormatError, array, identity, number, pack, unpack
from bren_desktop.sync.format.pen import Pen

STATE_BYTES = 16
MOST_PARCELS = LONGEST
"""Parcels, and events of the read log, in one segment."""
MOST_READS = 500
"""Events of the read log in one segment that count."""
SEEN_DIGEST_BYTES = 8


class Seen(NamedTuple):
    """The newest segment of a device that the writer had applied; of its digest the first 8 bytes."""

    device: bytes
    seq: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Segment:
    """What a segment says. `counter` is that of the first parcel, or the next one; `reads` are numbered apart."""

    counter: int
    schema: int
    version: str
    clock_first: int = 0
    clock_last: int = 0
    seen: tuple[Seen, ...] = ()
    heads: tuple[bytes, ...] = ()
    state: bytes = b""
    parcels: tuple[Parcel, ...] = ()
    reads: tuple[Parcel, ...] = ()

    @property
    def last_counter(self) -> int:
        """The highest counter that is used up after this segment."""
        return self.counter + len(self.parcels) - 1


def segment_file(pen: Pen, segment: Segment, seq: int, prev: bytes) -> SignedFile:
    """The file of a segment; `prev` is the digest of the one before, `NO_DIGEST` for the first."""
    return pen.sealed(FileKind.SEGMENT, segment_text(segment), seq=seq, prev=prev)


def segment_text(segment: Segment) -> bytes:
    """The text of a segment. Parcels must be numbered from its counter on, at most `MOST_PARCELS`."""
    if max(len(segment.parcels), len(segment.reads)) > MOST_PARCELS:
        raise ValueError("too much for one segment")
    if [parcel.counter for parcel in segment.parcels] != list(_counters(segment)):
        raise ValueError("parcels are numbered without a gap")
    return pack(
        [
            segment.clock_first,
            segment.clock_last,
            segment.version,
            segment.schema,
            seen_values(segment.seen),
            sorted(segment.heads),
            segment.state[:STATE_BYTES],
            segment.counter,
            [[parcel.subject, parcel.body] for parcel in segment.parcels],
            [[read.counter, read.subject, read.body] for read in segment.reads],
        ]
    )


def read_segment(envelope: Envelope, epoch_key: bytes) -> Segment:
    """What a segment says. Raises FormatError."""
    header = envelope.header
    if header.kind is not FileKind.SEGMENT or not header.seq or (header.seq == 1) != (header.prev == NO_DIGEST):
        raise FormatError("not a segment")
    clock_first, clock_last, version, schema, seen, heads, state, counter, parcels, reads = array(
        unpack(envelope.opened(epoch_key)), int, int, str, int, list, list, bytes, int, list, list
    )[:10]
    if state:
        identity(state, STATE_BYTES)
    return Segment(
        number(counter),
        number(schema),
        version,
        number(clock_first),
        number(clock_last),
        read_seen(seen),
        _heads(heads),
        state,
        _parcels(parcels, counter),
        _reads(reads),
    )


def _counters(segment: Segment) -> Sequence[int]:
    return range(segment.counter, segment.counter + len(segment.parcels))


def seen_values(seen: Iterable[Seen]) -> list[list[Any]]:
    """A seen-vector as it is written."""
    return [[one.device, one.seq, one.digest[:SEEN_DIGEST_BYTES]] for one in sorted(seen)]


def read_seen(value: list[Any]) -> tuple[Seen, ...]:
    """A seen-vector as it was written. Raises FormatError."""
    rows = [array(row, bytes, int, bytes)[:3] for row in value]
    seen = tuple(Seen(identity(device), number(seq), identity(start, SEEN_DIGEST_BYTES)) for device, seq, start in rows)
    _check_rising([one.device for one in seen])
    return seen


def _heads(value: list[Any]) -> tuple[bytes, ...]:
    heads = tuple(identity(head, 32) for head in value)
    _check_rising(heads)
    return heads


def _check_rising(ids: Sequence[bytes]) -> None:
    if any(one >= other for one, other in itertools.pairwise(ids)):
        raise FormatError("not sorted, or twice")


def _parcels(value: list[Any], first: int) -> tuple[Parcel, ...]:
    rows = [array(row, bytes, bytes)[:2] for row in value]
    number(first + len(rows))
    return tuple(Parcel(first + at, _subject(subject), body) for at, (subject, body) in enumerate(rows))


def _reads(value: list[Any]) -> tuple[Parcel, ...]:
    rows = [array(row, int, bytes, bytes)[:3] for row in value]
    return tuple(Parcel(number(counter), identity(subject), body) for counter, subject, body in rows)


def _subject(value: bytes) -> bytes:
    return identity(value) if value else value
