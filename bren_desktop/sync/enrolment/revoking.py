"""Take a device out of a space: the cut, the reason and a new key for the others, in one act."""

from __future__ import annotations

from collections.abc import Collection

from bren_desktop.services.share_door import Away
from bren_desktop.services.sync_ports import Link
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format.entries import Revoke
from bren_desktop.sync.format.envelope import NO_DIGEST
from bren_desktop.sync.format.epochs import new_epoch

NOTHING = Link(0, NO_DIGEST, 0)


def revoke(post: Post, devices: Collection[bytes], last: dict[bytes, Link], why: Away) -> None:
    """Take `devices` out, each up to its last segment that we know, and write under a new key from here on."""
    for device in sorted(devices):
        (epoch, key), link = new_epoch(post.id), last.get(device, NOTHING)
        post.write(Revoke(device, link.seq, link.digest, why, epoch, epoch))
        post.add_key(epoch, key)
    post.hand_over(card for card in post.membership.cards.values() if post.membership.cut(card.device) is None)


def leave(post: Post, last: Link) -> None:
    """Take our own device out, up to its last segment. An admin's program makes the new key."""
    post.write(Revoke(post.space.device, last.seq, last.digest, Away.LEFT))
