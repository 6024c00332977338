"""Who is named in a protected case comes into its space, and back into it after a backup from before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from bren_desktop.crypto.derive import hkdf
from bren_desktop.crypto.seal import unbox
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing
from bren_desktop.sync.engine import fetch, pens, renewing, settings
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.enrolment import joining
from bren_desktop.sync.enrolment.asking import Promise
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.packing import FormatError, array, identity, unpack


class Named(NamedTuple):
    """A space that we are let into, under the device that was made for us, and what the one of our own is made from."""

    space: HeldSpace
    secret: bytes


def let_into(post: Post) -> Iterator[Named]:
    """The spaces that admins of this one let us into, to come in with what was in the box."""
    for act in post.membership.opened:
        for device, boxed in act.boxes:
            seed = post.box_seeds.get(device)
            text = unbox(boxed, seed) if seed else None
            if seed and text is not None:
                yield from _held(post, text, seed)


def _held(post: Post, text: bytes, seed: bytes) -> Iterator[Named]:
    try:
        space, founding, *key = array(unpack(text), bytes, bytes, bytes, bytes, bytes)[:5]
        identity(space), identity(founding, 32), identity(key[0]), identity(key[1], 32), identity(key[2], 32)
    except FormatError:
        return
    held = HeldSpace(
        text_id(space),
        SpaceKind.CASE,
        "",
        key[0],
        b"",
        Standing.ASKING,
        post.space.network,
        founding,
        key[1],
        key[2],
        home=False,
    )
    yield Named(held, hkdf(seed, salt=space + key[0], info=b"bren/named/v1"))


def come_in(place: Place) -> bool:
    """Hold the space as a member under keys of our own; whether we could."""
    place.refresh()
    arrived = _arrived(place)
    if arrived is None and _was_in(place):
        arrived = _arrived(place)
    if arrived is None or (_is_back(place) and not _has_our_chain(place)):
        return False
    own = None if _is_back(place) else _own(arrived, place)
    place.become(arrived)
    pen = pens.pen(place)
    if pen is not None:
        renewing.renew(place, pen, own)
    return pen is not None


def _arrived(place: Place) -> HeldSpace | None:
    return joining.arrived(place, Promise(place.space.id, (), ()))


def _own(space: HeldSpace, place: Place) -> HeldSpace | None:
    """The space under a device that nobody else can make, and that we can make again; None without the secret."""
    secret = bytes.fromhex(place.setting(Setting.NAMED))
    if not secret:
        return None
    made = hkdf(secret, salt=place.id, info=b"bren/named-device/v1", length=80)
    return replace(space, device=made[:16], sign_seed=made[16:48], box_seed=made[48:])


def _was_in(place: Place) -> bool:
    """Hold the space under our own device where that came in before; whether it did."""
    own = _own(place.space, place)
    if own is None or place.members.renewed_as(place.device) != own.device:
        return False
    with place.store.sync() as rows:
        rows.put_space(own)
        settings.write(rows, own.id, {Setting.FORMER: settings.as_former(place.box_seeds)})
    place.become(own)
    place.memo.stamp = None
    return True


def _is_back(place: Place) -> bool:
    """Whether this device wrote here before: our own, or the one that founded the space."""
    found = place.members.found
    return bool(place.setting(Setting.FORMER)) or (found is not None and found.card.device == place.device)


def _has_our_chain(place: Place) -> bool:
    """Whether all that we wrote here is in hand, as far as can be seen: what is not would be cut off."""
    fetch.fetch_segments(place)
    chain = place.shelf.chain(place.device)
    return 0 < chain.newest == chain.whole
