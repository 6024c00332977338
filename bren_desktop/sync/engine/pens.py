"""With which key we may write now: nothing is sealed before that is settled."""

from __future__ import annotations

from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format.entries import Entry, Found, NewEpoch, Revoke
from bren_desktop.sync.format.pen import Pen


def pen(place: Place) -> Pen | None:
    """What a member seals with; None while there is no key that all members, and only they, have."""
    epoch = place.members.epoch_to_write()
    key = place.keys.get(epoch) if epoch else None
    if epoch is None or key is None or not is_inside(place):
        return None
    return _with(place, epoch, key)


def is_inside(place: Place) -> bool:
    """Whether our device is a member, and its chain goes on."""
    return place.members.role(place.device) is not None and place.members.cut(place.device) is None


def last_pen(place: Place) -> Pen | None:
    """What somebody who is out can seal his last words with: the newest key he has."""
    for entry in reversed(list(place.members.entries.values())):
        epoch = _started(entry)
        if epoch in place.keys:
            return _with(place, epoch, place.keys[epoch])
    return None


def _with(place: Place, epoch: bytes, key: bytes) -> Pen:
    return Pen(place.space.network, place.id, place.device, place.space.sign_seed, epoch, key)


def _started(entry: Entry) -> bytes:
    match entry.act:
        case Found():
            return entry.epoch
        case NewEpoch(epoch=epoch) | Revoke(epoch=epoch):
            return epoch
    return b""
