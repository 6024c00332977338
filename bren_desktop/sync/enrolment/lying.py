"""Which cases lay on a laptop at its last sync: what it says it had seen, and what it may have had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.operations import Author, Operation
from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.sync.engine.sealing import ANSWER_MS
from bren_desktop.sync.engine.shelf import Shelf
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.format.segments import read_segment

_NOBODY = Author("", "", "")
_ALL = 1_000_000


def cases_on(rows: SyncRows, post: Post, shelf: Shelf, device: bytes) -> Sequence[str]:
    """The entities of the cases in a space that the owner of `device` had, or may have had.

    Its last segment names what it had seen. What came within the hour after, in which nobody has to answer, it may
    have fetched without a word; a laptop that never told anything may have fetched all.
    """
    writer = rows.writer(_NOBODY)
    here = rows.entities_in({post.space.id}, Kind.CASE)
    last = _last(rows, post, shelf, device)
    if last is None or all(last.seen.get(name, 0) >= one.counter for name, one in rows.chains(post.space.id).items()):
        return here
    sent = rows.chains(post.space.id).get(post.space.device)
    unsent = post.space.device, sent.counter if sent else 0
    return [entity for entity in here if any(_was_there(one, last, unsent) for one in writer.history(entity, _ALL))]


class _Last(NamedTuple):
    """The last sign of a device: how far it had applied every device, as counters, and when."""

    seen: Mapping[bytes, int]
    until_ms: int


def _was_there(operation: Operation, last: _Last, unsent: tuple[bytes, int]) -> bool:
    device, counter = operation.dot
    if counter <= last.seen.get(device, 0):
        return True
    is_sent = device != unsent[0] or counter <= unsent[1]
    return is_sent and milliseconds(operation.clock) <= last.until_ms


def _last(rows: SyncRows, post: Post, shelf: Shelf, device: bytes) -> _Last | None:
    last = rows.chains(post.space.id).get(device)
    envelope = shelf.find(device, last.seq, last.digest) if last else None
    key = post.keys.get(envelope.header.epoch) if envelope else None
    if last is None or envelope is None or key is None:
        return None
    try:
        segment = read_segment(envelope, key)
    except FormatError:
        return None
    links = {one.device: rows.link(post.space.id, one.device, one.seq) for one in segment.seen}
    seen = {name: link.counter for name, link in links.items() if link}
    return _Last({**seen, device: last.counter}, milliseconds(segment.clock_last) + ANSWER_MS)
