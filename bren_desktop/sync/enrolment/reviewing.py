"""Take in what a revoked laptop still wrote: written again by somebody with the right, in his own name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bren_desktop.crypto.parcels import Address, BadParcelError, content, key_id
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.changing import may_change
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.contents import read_content
from bren_desktop.oplog.operations import DecodingError, Operation, decode
from bren_desktop.services.context import author
from bren_desktop.services.sync_ports import Held, Parcel, SyncRows
from bren_desktop.sync.engine import tray
from bren_desktop.sync.engine.shelf import Shelf
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format import names
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.format.segments import Segment, read_segment

_KINDS = frozenset(kind.value for kind in Kind)


def lies_in_tray(item: Held) -> bool:
    """Whether something held is an edit that somebody with the right may take in."""
    return item.reason == "late" or (item.reason == "no-right" and item.counter > 0)


def take_in(rows: SyncRows, post: Post, shelf: Shelf, device: bytes, actor: Actor) -> int:
    """Write what lies in the tray of a device again as `actor`; how many operations his role allowed."""
    waiting = [*_refused(rows, post, shelf, device), *_late(rows, post, shelf, device)]
    allowed = [
        replace(operation, author=author(actor))
        for operation in waiting
        if operation.kind in _KINDS and may_change(actor.role, operation.kind, {one.field for one in operation.changes})
    ]
    rows.reissue(allowed)
    if post.membership.cut(device) is not None:
        tray.mark_reviewed(rows, post.space.id, device, shelf.chain(device).newest)
    for item in rows.held():
        if (item.space, item.device) == (post.space.id, device) and lies_in_tray(item):
            rows.release(item.space, item.name, item.counter)
    return len(allowed)


def _refused(rows: SyncRows, post: Post, shelf: Shelf, device: bytes) -> Iterator[Operation]:
    """What was refused of a device for its role of then."""
    for item in rows.held():
        name = names.parse(item.name)
        if name and item.counter and (item.space, item.device) == (post.space.id, device) and lies_in_tray(item):
            for segment in _segments(post, shelf, device, [name.first]):
                yield from _operations(rows, post, device, segment, item.counter)


def _late(rows: SyncRows, post: Post, shelf: Shelf, device: bytes) -> Iterator[Operation]:
    """What a device wrote beyond its cut and nobody took in yet."""
    cut = post.membership.cut(device)
    if cut is not None:
        after = max(cut.seq, tray.reviewed(rows, post.space.id).get(text_id(device), 0))
        for segment in _segments(post, shelf, device, shelf.chain(device).from_seq(after + 1)):
            yield from _operations(rows, post, device, segment)


def _operations(
    rows: SyncRows, post: Post, device: bytes, segment: Segment, counter: int | None = None
) -> Iterator[Operation]:
    for parcel in segment.parcels:
        if counter in (None, parcel.counter):
            operation = _opened(rows, post, device, parcel)
            if operation is not None:
                yield operation


def _segments(post: Post, shelf: Shelf, device: bytes, seqs: Iterable[int]) -> Iterator[Segment]:
    card = post.membership.card(device)
    for seq in seqs:
        for envelope in shelf.at(device, seq):
            key = post.keys.get(envelope.header.epoch)
            if key and card and envelope.is_by(card.sign_key):
                try:
                    yield read_segment(envelope, key)
                except FormatError:
                    continue


def _opened(rows: SyncRows, post: Post, device: bytes, parcel: Parcel) -> Operation | None:
    """The operation in a parcel; None for one that does not open or says that it is another."""
    try:
        name = key_id(parcel.body)
        key = rows.case_key(name) if name else None
        if bool(parcel.subject) != bool(key) or (key and key.subject != parcel.subject):
            return None
        address = Address(post.id, device, parcel.counter, parcel.subject)
        operation = decode(read_content(content(parcel.body, address, key.key if key else b""))[0])
    except (BadParcelError, DecodingError):
        return None
    right = (operation.dot.device, operation.dot.counter, operation.space) == (device, parcel.counter, post.space.id)
    return operation if right else None
