"""Whose our operations are: by the card of today when they are written, and sent under heads that give that role.

A role that changed while a laptop was away would else make every colleague refuse what was written before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import takewhile

from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import Address, BadParcelError
from bren_desktop.oplog.contents import read_content
from bren_desktop.oplog.operations import decode
from bren_desktop.services.sync_ports import AUTHOR, Parcel, SyncRows
from bren_desktop.sync.engine.place import Place


def note_card(place: Place) -> None:
    """Let what is written from now on bear the name and role on our card, as far as we know the membership."""
    card, role = place.card, place.members.role(place.device)
    if card is None or role is None:
        return
    name, author = AUTHOR + place.space.id, json.dumps([card.person, card.name, role.value])
    if place.author != author:
        with place.store.sync() as rows:
            rows.set_local(name, author)


def together(place: Place, rows: SyncRows, unsent: Sequence[Parcel]) -> tuple[Sequence[Parcel], tuple[bytes, ...]]:
    """The first of our unsent parcels that fit in one segment, and the heads that it names."""
    newest, own = place.members.heads, place.chains.get(place.device)
    before = own.role if own and own.seq else place.card.role if place.card else ""
    role = place.members.role(place.device)
    if not unsent or role is None or role == before:
        return unsent, newest
    roles = [_role(place, rows, parcel) for parcel in unsent]
    written = next(filter(None, roles), before)
    same = list(takewhile(lambda each: each[1] in {"", written}, zip(unsent, roles, strict=True)))
    return [parcel for parcel, _ in same], next(_heads(place, written), newest)


def _heads(place: Place, role: str) -> Iterator[tuple[bytes, ...]]:
    """Heads that give our device this role and do not go back, the newest first."""
    members, own = place.members, place.chains.get(place.device)
    known = frozenset(own.heads) if own else frozenset()
    entries = sorted(members.entries.values(), key=lambda entry: (entry.n, entry.digest), reverse=True)
    for heads in (members.heads, *((entry.digest,) for entry in entries), own.heads if own else ()):
        if members.role_at(place.device, heads) == role and members.ancestors(heads) >= known:
            yield heads


def _role(place: Place, rows: SyncRows, parcel: Parcel) -> str:
    """The role in which an operation of ours was written; empty for one whose case is erased."""
    address = Address(place.id, place.device, parcel.counter, parcel.subject)
    try:
        key_id = parcels.key_id(parcel.body)
        key = rows.case_key(key_id) if key_id else None
        encoded, _ = read_content(parcels.content(parcel.body, address, key.key if key else b""))
    except BadParcelError:
        return ""
    return decode(encoded).author.role
