"""Which cases lay on a laptop at its last sync: those of which its last segment names something as seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author
from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.sync.packing import FormatError
from bren_desktop.sync.posts import Post
from bren_desktop.sync.segments import read_segment
from bren_desktop.sync.shelf import Shelf

_NOBODY = Author("", "", "")
_ALL = 1_000_000


def cases_on(rows: SyncRows, post: Post, shelf: Shelf, device: bytes) -> Sequence[str]:
    """The entities of the cases in a space that the owner of `device` had; all where it never told what it had."""
    seen = _seen(rows, post, shelf, device)
    writer = rows.writer(_NOBODY)
    here = [entity for entity in writer.entities(Kind.CASE) if rows.space_of(Kind.CASE, entity) == post.space.id]
    if not seen:
        return here
    everything = {name: link.counter for name, link in rows.chains(post.space.id).items()}
    if all(seen.get(name, 0) >= counter for name, counter in everything.items()):
        return here
    return [
        entity
        for entity in here
        if any(one.dot.counter <= seen.get(one.dot.device, 0) for one in writer.history(entity, _ALL))
    ]


def _seen(rows: SyncRows, post: Post, shelf: Shelf, device: bytes) -> Mapping[bytes, int]:
    """How far its last segment had applied every device, as counters."""
    last = rows.chains(post.space.id).get(device)
    if last is None:
        return {}
    found = {device: last.counter}
    envelope = shelf.find(device, last.seq, last.digest)
    key = post.keys.get(envelope.header.epoch) if envelope else None
    if envelope and key:
        try:
            seen = read_segment(envelope, key).seen
        except FormatError:
            return found
        links = ((one.device, rows.link(post.space.id, one.device, one.seq)) for one in seen)
        found.update({name: link.counter for name, link in links if link})
    return found
