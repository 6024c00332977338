"""Take applied segments back where they no longer stand: beyond a cut, on a lost branch, or under another role."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.sync.engine import authored
from bren_desktop.sync.engine.branch import ENDLESS, Branch
from bren_desktop.sync.engine.branches import branch, stays
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.format.segments import read_segment

Stood = tuple[int, str]
"""The newest seq of a chain that is the same on every branch that may stand, and a mark of what stands beyond it."""
_PLAIN: Stood = ENDLESS, ""
"""Of a chain without end or fork, as our own is to us."""


def settle(place: Place) -> dict[bytes, Branch]:
    """Take back what does not stand (any more); what stands of each chain of others."""
    judged = place.setting(Setting.JUDGED)
    stamp = json.dumps([head.hex() for head in place.members.heads])
    if stamp != judged:
        doubt_own(place, _same_role(place, place.device))
    found = {device: branch(place, device) for device in _others(place)}
    stood = {device: _judged_by(place, device, stands) for device, stands in found.items()}
    _undo_whoever_saw_another(place, stood)
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


def take_back(place: Place, device: bytes, seq: int) -> None:
    """Undo what was applied of a chain after `seq`."""
    with place.store.sync() as rows:
        rows.take_back(place.space.id, device, seq)
        release(place, rows, device, seq)
        touched = rows.changes.touched
    place.notes.touched |= touched
    place.refresh()


def _judged_by(place: Place, device: bytes, stands: Branch) -> Stood:
    """What decides how far a colleague who names a segment of this chain has seen it."""
    if not stands.fork:
        return stands.last, stands.digests.get(stands.last, b"").hex()
    chain = place.shelf.chain(device)
    beside = [stands.digests.get(stands.last, b"").hex(), str(stands.last), *chain.files_from(stands.fork)]
    return min(stands.last, stands.fork - 1), digest_of("\n".join(beside).encode()).hex()


def _undo_whoever_saw_another(place: Place, stood: Mapping[bytes, Stood]) -> None:
    """Take the chains back that named what lies beyond a branch or an end which is another one now.

    What they replaced there may be something else. That goes first: where it is broken off, it is done again.
    """
    kept = place.setting(Setting.STOOD)
    before = json.loads(kept or "{}")
    for device, (last, mark) in stood.items():
        old_last, old_mark = before.get(text_id(device), (0, "") if kept else _PLAIN)
        if (last, mark) != (old_last, old_mark):
            _undo_whoever_saw(place, device, min(last, old_last))


def _undo_what_fell(place: Place, device: bytes, stands: Branch, *, new_roles: bool) -> None:
    applied = place.chains.get(device)
    if applied is None:
        return
    stay = stays(place, device, stands)
    if new_roles:
        stay = min(stay, _same_role(place, device))
    if stay < applied.seq:
        take_back(place, device, stay)


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


def _undo_whoever_saw(place: Place, device: bytes, seq: int) -> None:
    """Take the chains back that rest on what comes after `seq` of the chain of `device`."""
    for other in sorted(set(place.chains) - {device}):
        stay = newest = place.chains[other].seq
        while stay and _saw(place, other, stay, device) > seq:
            stay -= 1
        if other == place.device:
            doubt_own(place, stay)
        elif stay < newest:
            take_back(place, other, stay)


def _saw(place: Place, writer: bytes, seq: int, device: bytes) -> int:
    """The newest segment of `device` that the writer of a segment says to have applied."""
    envelope = place.shelf.find(writer, seq, place.digest(writer, seq))
    key = place.keys.get(envelope.header.epoch) if envelope else None
    if envelope is None or key is None:
        return 0
    try:
        seen = read_segment(envelope, key).seen
    except FormatError:
        return 0
    return next((one.seq for one in seen if one.device == device), 0)
