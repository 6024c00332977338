"""A laptop restored from an image, or cloned, goes on as a new device; what it had not sent is written again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bren_desktop.crypto.seal import new_key, public_box_key, public_sign_key
from bren_desktop.oplog.operations import Author, Operation
from bren_desktop.services.sync_ports import HeldSpace, Standing, SyncRows
from bren_desktop.sync.engine import access, outbox, settings
from bren_desktop.sync.engine.judge import Bench, RefusedParcelError, key_of
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format.entries import Card, Renew, entry_file
from bren_desktop.sync.format.envelope import NO_DIGEST, Envelope
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.format.segments import read_segment

PATIENCE_MS = 60 * 60 * 1000
"""How long nothing is sealed while what we lack of our own chain may come back to the share."""
RESTORED = "restored"
"""The setting that a restored backup leaves behind."""


def is_outdated(place: Place) -> bool:
    """Whether our chain cannot go on: somebody else did in our name, this is a backup, or a part of it is lost."""
    own = place.chains.get(place.device)
    newest = own.seq if own else 0
    chain = place.shelf.chain(place.device)
    if chain.newest > newest or any(_is_twofold(place, seq) for seq in chain.doubtful):
        return True
    if _has_lost(place) and not _is_fresh(place, Setting.LOST, holds=True):
        return True
    return place.restored and not place.setting(Setting.RENEWED)


def must_wait(place: Place) -> bool:
    """Whether a segment of ours may be on its way back to the share: we have lost it, or only a colleague knows it.

    Only its bytes prove it. After a while we go on: whoever lies must not keep us from sending.
    """
    lost = _has_lost(place)
    if lost:
        place.notes.say("lost", place.paths.chain(place.device), place.device)
    return _is_fresh(place, Setting.LOST, holds=lost) or _is_fresh(place, Setting.OVERTAKEN, holds=place.overtaken)


def _has_lost(place: Place) -> bool:
    """Whether no file holds some segment that we sealed."""
    own = place.chains.get(place.device)
    return own is not None and place.shelf.chain(place.device).whole < own.seq


def _is_fresh(place: Place, which: Setting, *, holds: bool) -> bool:
    """Whether something holds, and did not for long; since when is remembered."""
    since = int(place.setting(which) or 0) or place.now_ms
    place.keep(which, str(since) if holds else "")
    return holds and 0 <= place.now_ms - since < PATIENCE_MS


def _is_twofold(place: Place, seq: int) -> bool:
    return any(one.digest != place.digest(place.device, seq) for one in place.shelf.at(place.device, seq))


def renew(place: Place, pen: Pen, fresh: HeldSpace | None = None) -> None:
    """Go on as a new device, in one transaction. What is written again bears the only role that the device ever had.

    `fresh` is the space under that device; without it the device is made by chance.
    """
    shared = list(_shared(place))
    common = min(_common(place, shared), int(place.setting(Setting.AGAIN) or len(shared)))
    last = shared[-1] if shared else None
    space = fresh or _fresh(place.space)
    old, card = place.device, _card(place, space)
    act = Renew(last.header.seq if last else 0, last.digest if last else NO_DIGEST, card)
    parents = place.members.heads
    n = place.members.next_n(parents)
    file = entry_file(pen, n, act, parents, place.now_ms)
    former = settings.as_former(place.box_seeds)
    with place.store.sync() as rows:
        known = dict(_known(place, rows, shared[common:]))
        unsent = [op for op in rows.take_back(place.space.id, place.device, common) if known.get(op.dot.counter) != op]
        rows.put_space(space)
        author = Author(card.person, card.name, card.role.value)
        rows.reissue([replace(op, author=author) for op in unsent])
        outbox.add(rows, {place.paths.entry(n, file.digest): file.data})
        settings.write(
            rows,
            place.space.id,
            {
                Setting.RENEWED: rows.local(RESTORED) or "",
                Setting.SEALED: "",
                Setting.AGAIN: "",
                Setting.FORMER: former,
            },
        )
        touched = rows.changes.touched
    place.notes.touched |= touched
    place.become(space)
    outbox.flush(place.store, place.mirror)
    _drop_after(place, old, act.seq)
    access.open_space(place)


def _fresh(space: HeldSpace) -> HeldSpace:
    return replace(space, device=secrets.token_bytes(16), sign_seed=new_key(), box_seed=new_key())


def _card(place: Place, space: HeldSpace) -> Card:
    """The card of a new device of ours."""
    old = place.members.cards[place.device]
    return old._replace(
        device=space.device,
        sign_key=public_sign_key(space.sign_seed),
        box_key=public_box_key(space.box_seed),
        role=place.members.role(place.device) or old.role,
        letters=place.members.letters(place.device),
    )


def _drop_after(place: Place, device: bytes, seq: int) -> None:
    """Keep what was sealed after the end of the old chain from travelling still: all of it was written again."""
    for number, paths in tuple(place.shelf.chain(device).loose.items()):
        for path in paths if number > seq else ():
            place.mirror.drop(path)


def all_renewed(rows: SyncRows) -> bool:
    """Whether this profile was restored, and is a new device in every space by now."""
    spaces = [space for space in rows.spaces() if space.standing is Standing.MEMBER]
    return bool(rows.local(RESTORED)) and all(settings.read(rows, space.id)[Setting.RENEWED] for space in spaces)


def forget_restored(rows: SyncRows) -> None:
    """Be a profile like any other again."""
    rows.set_local(RESTORED, "")
    for space in rows.spaces():
        settings.write(rows, space.id, {Setting.RENEWED: ""})


def _shared(place: Place) -> Iterator[Envelope]:
    """Our chain as the share has it: at a fork the lower hash."""
    digest, seq = NO_DIGEST, 1
    while True:
        following = [one for one in place.shelf.at(place.device, seq) if one.header.prev == digest]
        if not following:
            return
        yield following[0]
        digest, seq = following[0].digest, seq + 1


def _common(place: Place, shared: Sequence[Envelope]) -> int:
    """Up to which seq the store has the same chain."""
    common = 0
    for envelope in shared:
        if place.digest(place.device, envelope.header.seq) != envelope.digest:
            break
        common = envelope.header.seq
    return common


def _known(place: Place, rows: SyncRows, envelopes: Sequence[Envelope]) -> Iterator[tuple[int, Operation]]:
    """Our operations that the share has already, by counter: those need not be written again."""
    for envelope in envelopes:
        key = place.keys.get(envelope.header.epoch)
        if key is None:
            return
        try:
            segment = read_segment(envelope, key)
        except FormatError:
            return
        bench = Bench(place.id, place.space.kind, place.members.cards[place.device], None, segment.schema, {})
        for parcel in segment.parcels:
            try:
                yield parcel.counter, bench.opened(parcel, key_of(rows, parcel))[0]
            except RefusedParcelError:
                continue
