"""What an admin's laptop does for all at every sync: a key where there is none to write with, and boxes for all."""

from __future__ import annotations

from bren_desktop.sync.engine import access, outbox
from bren_desktop.sync.engine.pens import last_pen
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.entries import NewEpoch, entry_file
from bren_desktop.sync.format.epochs import KeyFile, key_file, new_epoch, unwrapped_heads
from bren_desktop.sync.format.pen import Pen


def do_chores(place: Place) -> None:
    """Publish what is needed; it counts here at once."""
    if not place.members.is_admin(place.device):
        return
    if place.members.epoch_to_write() is None:
        _start_epoch(place)
    _hand_over(place)


def _start_epoch(place: Place) -> None:
    """A new key, under an entry that all revocations come before."""
    pen = last_pen(place)
    if pen is None:
        return
    epoch, key = new_epoch(place.id)
    parents = place.members.heads
    n = place.members.next_n(parents)
    data = entry_file(pen, n, NewEpoch(epoch, epoch), parents, place.now_ms)
    with place.store.sync() as rows:
        rows.put_epoch_key(place.space.id, epoch, key)
        outbox.add(rows, {place.paths.entry(n, digest_of(data)): data})
    _publish(place)


def _hand_over(place: Place) -> None:
    """Box each key to the members who cannot come by it."""
    files = list(place.memo.key_files.values())
    for epoch in sorted(unwrapped_heads(place.keys, files)):
        boxed = {device for file in files if file.epoch == epoch for device in file.boxes}
        cards = [place.members.cards[device] for device in sorted(place.members.inside - boxed)]
        if not cards:
            continue
        pen = Pen(place.space.network, place.id, place.device, place.space.sign_seed, epoch, place.keys[epoch])
        wrapped = {before: place.keys[before] for before in _to_wrap(place, epoch, files)}
        found = place.members.found
        data = key_file(pen, wrapped, {card.device: card.box_key for card in cards}, found.recovery if found else None)
        with place.store.sync() as rows:
            outbox.add(rows, {place.paths.key_file(epoch, digest_of(data)): data})
        _publish(place)


def _to_wrap(place: Place, epoch: bytes, files: list[KeyFile]) -> frozenset[bytes]:
    """The epochs whose keys lie under no other: none where this one is wrapped itself by then."""
    return (
        unwrapped_heads(place.keys.keys() - {epoch}, files) if epoch == place.members.epoch_to_write() else frozenset()
    )


def _publish(place: Place) -> None:
    outbox.flush(place.store, place.mirror)
    access.open_space(place)
