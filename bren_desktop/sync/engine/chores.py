"""What an admin's laptop does for all at every sync: a key where there is none to write with, and boxes for all."""

from __future__ import annotations

from collections.abc import Iterator

from bren_desktop.sync.engine import access, outbox
from bren_desktop.sync.engine.pens import last_pen
from bren_desktop.sync.engine.place import Place
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
    file = entry_file(pen, n, NewEpoch(epoch, epoch), parents, place.now_ms)
    with place.store.sync() as rows:
        rows.put_epoch_key(place.space.id, epoch, key)
        outbox.add(rows, {place.paths.entry(n, file.digest): file.data})
    _publish(place)


def _hand_over(place: Place) -> None:
    """Box each key to the members who cannot come by it. The key that is written with leads to all others."""
    files = list(_of_admins(place))
    for epoch in sorted(unwrapped_heads(place.keys, files)):
        boxed = {device for file in files if file.epoch == epoch for device in file.boxes}
        cards = [place.members.cards[device] for device in sorted(place.members.inside - boxed)]
        if not cards:
            continue
        pen = Pen(place.space.network, place.id, place.device, place.space.sign_seed, epoch, place.keys[epoch])
        older = place.keys.keys() - {epoch} if epoch == place.members.epoch_to_write() else ()
        found = place.members.found
        wrapped, boxes = {one: place.keys[one] for one in older}, {card.device: card.box_key for card in cards}
        file = key_file(pen, wrapped, boxes, found.recovery if found else None)
        with place.store.sync() as rows:
            outbox.add(rows, {place.paths.key_file(epoch, file.digest): file.data})
        _publish(place)


def _of_admins(place: Place) -> Iterator[KeyFile]:
    """The K files by which members come by keys: what anybody else says that he wraps or boxes need not be so."""
    for envelope in place.memo.signed.values():
        file = place.memo.key_files.get(envelope.digest)
        if file and place.members.is_admin(file.device):
            yield file


def _publish(place: Place) -> None:
    outbox.flush(place.store, place.mirror)
    access.open_space(place)
