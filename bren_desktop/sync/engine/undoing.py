"""Take applied segments back where they no longer stand: beyond a cut, on a lost branch, or under another role."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress

from bren_desktop.services.sync_ports import Link, SyncRows
from bren_desktop.sync.engine import authored
from bren_desktop.sync.engine.branch import ENDLESS, Branch
from bren_desktop.sync.engine.branches import branch, stays
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.format.segments import Seen, read_segment

_PLAIN = ""
"""The mark of a chain without end or fork, as our own is to us."""


def settle(place: Place) -> dict[bytes, Branch]:
    """Take back what does not stand (any more); what stands of each chain of others."""
    judged = place.setting(Setting.JUDGED)
    stamp = json.dumps([head.hex() for head in place.members.heads])
    if stamp != judged:
        doubt_own(place, _same_role(place, place.device))
    found = {device: branch(place, device) for device in _others(place)}
    stood = {device: _mark(place, device, stands) for device, stands in found.items()}
    _undo_whoever_saw_another(place, found, stood)
    for device, stands in found.items():
        _undo_what_fell(place, device, stands, new_roles=stamp != judged)
    place.keep(Setting.JUDGED, stamp)
    place.keep(Setting.STOOD, json.dumps({text_id(one): by for one, by in {**stood, place.device: _PLAIN}.items()}))
    authored.note_card(place)
    return found


def _others(place: Place) -> Sequence[bytes]:
    """All devices but ours of which a segment may be named."""
    return sorted({*place.members.let_in, *place.shelf.devices(), *place.chains} - {place.device})


def doubt_own(place: Place, seq: int) -> None:
    """Have our own chain judged again from after `seq` (`own_chain.py`), if anything of it comes after."""
    own = place.chains.get(place.device)
    noted = place.setting(Setting.AGAIN)
    if own and seq < own.seq:
        place.keep(Setting.AGAIN, str(min(seq, int(noted or seq))))


def take_back(place: Place, stay: Mapping[bytes, int]) -> None:
    """Undo what was applied of chains after some seq of each, all or nothing."""
    with place.store.sync() as rows:
        for device, seq in stay.items():
            rows.take_back(place.space.id, device, seq)
            release(place, rows, device, seq)
        touched = rows.changes.touched
    place.notes.touched |= touched
    place.refresh()


def _mark(place: Place, device: bytes, stands: Branch) -> str:
    """What decides how far a colleague who names a segment of this chain has seen it."""
    if stands == Branch():
        return _PLAIN
    beside = place.shelf.chain(device).files_from(stands.fork) if stands.fork else ()
    mark = [stands.digests.get(stands.last, b"").hex(), str(stands.last), *beside]
    return digest_of("\n".join(mark).encode()).hex()


def _undo_whoever_saw_another(place: Place, found: Mapping[bytes, Branch], stood: Mapping[bytes, str]) -> None:
    """Take the chains back that named what lies beyond a branch or an end which is another one now.

    What they replaced there may be something else. That goes first: where it is broken off, it is done again.
    Who is let in only now was named by nobody yet.
    """
    kept = place.setting(Setting.STOOD)
    before = json.loads(kept or "{}")
    was = {device: before.get(text_id(device), mark if kept else _PLAIN) for device, mark in stood.items()}
    changed = [device for device, mark in stood.items() if mark != was[device]]
    beyond = [device for device in changed if was[device] or _lies_beyond(place, device, found[device])]
    saw = _who_saw(place, {device: stays(place, device, found[device]) for device in beyond})
    doubt_own(place, saw.pop(place.device, ENDLESS))
    if saw:
        take_back(place, saw)


def _lies_beyond(place: Place, device: bytes, stands: Branch) -> bool:
    """Whether of a chain that was without end there is more than stays: only that may somebody have seen."""
    applied = place.chains.get(device)
    newest = applied.seq if applied else 0
    return bool(stands.fork) or max(newest, place.shelf.chain(device).newest) > stays(place, device, stands)


def _undo_what_fell(place: Place, device: bytes, stands: Branch, *, new_roles: bool) -> None:
    applied = place.chains.get(device)
    if applied is None:
        return
    stay = stays(place, device, stands)
    if new_roles:
        stay = min(stay, _same_role(place, device))
    if stay < applied.seq:
        take_back(place, {device: stay})


def release(place: Place, rows: SyncRows, device: bytes, seq: int) -> None:
    """Forget the refusals in what is undone."""
    link = rows.link(place.space.id, device, seq) if seq else None
    counter = link.counter if link else 0
    for item in rows.held():
        if item.space == place.space.id and item.device == device and item.counter > counter:
            rows.release(item.space, item.name, item.counter)


def _same_role(place: Place, device: bytes) -> int:
    """Up to which seq a chain was judged under the roles that its writer has by today's log."""
    links = place.links(device)
    for seq in sorted(links):
        if links[seq].role != (place.members.role_at(device, links[seq].heads) or ""):
            return seq - 1
    return max(links, default=0)


def _who_saw(place: Place, stay: Mapping[bytes, int]) -> dict[bytes, int]:
    """Up to which seq a chain names, of those that `stay` up to some seq, only what does; where that is not all of it.

    Who names what is judged again for that is judged again as well: it may have to wait now.
    """
    found: dict[bytes, int] = {}
    doubtful = stay
    while doubtful:
        seqs = {writer: _first_naming(place, writer, doubtful, found.get(writer, ENDLESS)) for writer in place.chains}
        lower = {writer: seq - 1 for writer, seq in seqs.items() if seq}
        found |= lower
        doubtful = {writer: seq for writer, seq in lower.items() if writer != place.device}
    return found


def _first_naming(place: Place, writer: bytes, stay: Mapping[bytes, int], last: int) -> int:
    """The first segment of a chain up to `last` that names what does not stay; 0 where none does."""
    for seq, link in sorted(place.links(writer).items()):
        if seq > last:
            break
        if any(_falls(place, seen, stay) for seen in _seen(place, writer, link)):
            return seq
    return 0


def _falls(place: Place, seen: Seen, stay: Mapping[bytes, int]) -> bool:
    if seen.device not in stay:
        return False
    return seen.seq > stay[seen.device] or not place.digest(seen.device, seen.seq).startswith(seen.digest)


def _seen(place: Place, writer: bytes, link: Link) -> Sequence[Seen]:
    envelope = place.shelf.find(writer, link.seq, link.digest)
    key = place.keys.get(envelope.header.epoch) if envelope else None
    if envelope is None or key is None:
        return ()
    with suppress(FormatError):
        return read_segment(envelope, key).seen
    return ()
