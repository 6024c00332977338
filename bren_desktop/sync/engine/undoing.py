"""Take applied segments back where they no longer stand: beyond a cut, on a lost branch, or under another role."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
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
_UNKNOWN = "?"


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
    return sorted({*place.members.cards, *place.shelf.devices(), *place.chains} - {place.device})


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
    """
    kept = place.setting(Setting.STOOD)
    before = json.loads(kept or "{}")
    changed = [one for one, mark in stood.items() if mark != before.get(text_id(one), _UNKNOWN if kept else _PLAIN)]
    saw = _who_saw(place, {device: stays(place, device, found[device]) for device in changed})
    doubt_own(place, saw.pop(place.device, ENDLESS))
    if saw:
        take_back(place, saw)


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


def _who_saw(place: Place, stay: dict[bytes, int]) -> dict[bytes, int]:
    """Up to which seq a chain names, of those that `stay` up to some seq, only what does; where that is not all of it.

    Who names what is judged again for that is judged again as well: it may have to wait now.
    """
    found: dict[bytes, int] = {}
    sights = {writer: list(_sights(place, writer)) for writer in place.chains} if stay else {}
    moved = True
    while moved:
        moved = False
        for writer, named in sights.items():
            seq = next((seq for seq, seen in named if _is_doubtful(place, seen, stay)), ENDLESS)
            if seq <= found.get(writer, ENDLESS - 1):
                found[writer] = seq - 1
                stay[writer] = min(stay.get(writer, ENDLESS), seq - 1)
                moved = writer != place.device
    return found


def _is_doubtful(place: Place, seen: Seen, stay: Mapping[bytes, int]) -> bool:
    if seen.device not in stay:
        return False
    return seen.seq > stay[seen.device] or not place.digest(seen.device, seen.seq).startswith(seen.digest)


def _sights(place: Place, writer: bytes) -> Iterator[tuple[int, Seen]]:
    """What a chain says to have applied of others: each by the first segment that names it."""
    known: set[Seen] = set()
    for seq, link in sorted(place.links(writer).items()):
        for seen in _seen(place, writer, link):
            if seen not in known:
                known.add(seen)
                yield seq, seen


def _seen(place: Place, writer: bytes, link: Link) -> Sequence[Seen]:
    envelope = place.shelf.find(writer, link.seq, link.digest)
    key = place.keys.get(envelope.header.epoch) if envelope else None
    if envelope is None or key is None:
        return ()
    with suppress(FormatError):
        return read_segment(envelope, key).seen
    return ()
