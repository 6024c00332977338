"""Whose our operations are: by the card of today when they are written, and sent under heads that give that role.

A role that changed while a laptop was away would else make every colleague refuse what was written before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import Address, BadParcelError
from bren_desktop.domain.changing import may_change
from bren_desktop.oplog.contents import read_content
from bren_desktop.oplog.operations import Author, Operation, decode
from bren_desktop.services.sync_ports import AUTHOR, Held, Parcel, SyncRows
from bren_desktop.sync.engine import settings
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format.entries import SetRole


def note_card(place: Place) -> None:
    """Let what is written from now on bear the name and role on our card, as far as we know the membership."""
    card, role = place.card, place.members.role(place.device)
    if card is None or role is None:
        return
    name, author = AUTHOR + place.space.id, json.dumps([card.person, card.name, role.value])
    if place.author == author:
        return
    own = place.chains.get(place.device)
    with place.store.sync() as rows:
        rows.set_local(name, author)
        if place.author and place.unsent and not place.setting(Setting.AGAIN):
            settings.write(rows, place.space.id, {Setting.AGAIN: str(own.seq if own else 0)})
    place.refresh()


def together(place: Place, rows: SyncRows, unsent: Sequence[Parcel]) -> tuple[Sequence[Parcel], tuple[bytes, ...]]:
    """The first of our unsent parcels that fit in one segment, and the heads that it names."""
    newest, role = place.members.heads, place.members.role(place.device)
    if not unsent or role is None or not _have_changed(place):
        return unsent, newest
    roles = [_role(place, rows, parcel) for parcel in unsent]
    written = next(filter(None, roles), role.value)
    same = list(takewhile(lambda each: each[1] in {"", written}, zip(unsent, roles, strict=True)))
    return [parcel for parcel, _ in same], next(_heads(place, written), newest)


def write_again(place: Place, rows: SyncRows, operations: Sequence[Operation]) -> None:
    """Write operations of ours again: in the role that they name while some heads give it, else in that of today.

    What that role may not write is held instead: everybody would refuse it.
    """
    card, today = place.card, place.members.role(place.device)
    if card is None or today is None:
        return
    author = Author(card.person, card.name, today.value)
    given = {role for role in {one.author.role for one in operations} if any(_heads(place, role))}
    right = [one if one.author.role in given else replace(one, author=author) for one in operations]
    rows.reissue([one for one in right if _may(one)])
    for one in right:
        if not _may(one):
            chain = place.paths.chain(place.device)
            rows.hold(Held(place.space.id, chain, one.dot.counter, "no-right", place.device, 0, place.now_ms))


def _may(operation: Operation) -> bool:
    return may_change(operation.author.role, operation.kind, (change.field for change in operation.changes))


def _have_changed(place: Place) -> bool:
    """Whether anybody here ever got another role."""
    return any(isinstance(entry.act, SetRole) for entry in place.members.entries.values())


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
