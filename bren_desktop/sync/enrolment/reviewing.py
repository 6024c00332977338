"""Take in what a revoked laptop still wrote: written again by somebody with the right, in his own name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from bren_desktop.crypto.parcels import Address, BadParcelError, content, key_id
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.changing import may_change
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.contents import BlobRef, read_content
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
    allowed = [one for one in waiting if _may_write(actor, one.operation)]
    for one in allowed:
        rows.remember_blobs(post.space.id, one.subject, one.attachments)
    rows.reissue([replace(one.operation, author=author(actor)) for one in allowed])
    if post.membership.cut(device) is not None:
        tray.mark_reviewed(rows, post.space.id, device, shelf.chain(device).newest)
    for item in rows.held():
        if (item.space, item.device) == (post.space.id, device) and lies_in_tray(item):
            rows.release(item.space, item.name, item.counter)
    return len(allowed)


class _Waiting(NamedTuple):
    """An operation in the tray, what it is about, and where the attachments lie that it names."""

    operation: Operation
    subject: bytes
    attachments: tuple[BlobRef, ...]


def _may_write(actor: Actor, operation: Operation) -> bool:
    fields = {change.field for change in operation.changes}
    return operation.kind in _KINDS and may_change(actor.role, operation.kind, fields)


def _refused(rows: SyncRows, post: Post, shelf: Shelf, device: bytes) -> Iterator[_Waiting]:
    """What was refused of a device for its role of then."""
    for item in rows.held():
        name = names.parse(item.name)
        if name and item.counter and (item.space, item.device) == (post.space.id, device) and lies_in_tray(item):
            for segment in _segments(post, shelf, device, [name.first]):
                yield from _operations(rows, post, device, segment, item.counter)


def _late(rows: SyncRows, post: Post, shelf: Shelf, device: bytes) -> Iterator[_Waiting]:
    """What a device wrote beyond its cut and nobody took in yet."""
    cut = post.membership.cut(device)
    if cut is not None:
        after = max(cut.seq, tray.reviewed(rows, post.space.id).get(text_id(device), 0))
        for segment in _segments(post, shelf, device, shelf.chain(device).from_seq(after + 1)):
            yield from _operations(rows, post, device, segment)


def _operations(
    rows: SyncRows, post: Post, device: bytes, segment: Segment, counter: int | None = None
) -> Iterator[_Waiting]:
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


def _opened(rows: SyncRows, post: Post, device: bytes, parcel: Parcel) -> _Waiting | None:
    """The operation in a parcel; None for one that does not open or says that it is another."""
    try:
        name = key_id(parcel.body)
        key = rows.case_key(name) if name else None
        if bool(parcel.subject) != bool(key) or (key and key.subject != parcel.subject):
            return None
        address = Address(post.id, device, parcel.counter, parcel.subject)
        data, refs = read_content(content(parcel.body, address, key.key if key else b""))
        operation = decode(data)
    except (BadParcelError, DecodingError):
        return None
    right = (operation.dot.device, operation.dot.counter, operation.space) == (device, parcel.counter, post.space.id)
    named = {change.value for change in operation.changes if isinstance(change.value, str)}
    attachments = tuple(ref for ref in refs if ref.digest.hex() in named)
    return _Waiting(operation, parcel.subject, attachments) if right else None
