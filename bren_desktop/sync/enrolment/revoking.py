"""Take a device out of a space: the cut, the reason and a new key for the others, in one act."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bren_desktop.services.share_door import Away
from bren_desktop.services.sync_ports import Link
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format.entries import Entry, NewEpoch, Revoke
from bren_desktop.sync.format.envelope import NO_DIGEST
from bren_desktop.sync.format.epochs import new_epoch

NOTHING = Link(0, NO_DIGEST, 0)


def revoke(post: Post, devices: Collection[bytes], last: dict[bytes, Link], why: Away) -> None:
    """Take `devices` out, each up to its last segment that we know, and write under a new key from here on.

    With a revocation what the device signed before may count after all: two renewals, of which neither did. Whoever
    would come in by that goes out too, and can read it.
    """
    out, pen = sorted(devices), post.pen()
    for device in out:
        before = post.membership.inside
        (epoch, key), link = new_epoch(post.id), last.get(device, NOTHING)
        post.write(Revoke(device, link.seq, link.digest, why, epoch, epoch), pen)
        post.add_key(epoch, key)
        out += sorted(post.membership.inside - before)
    _hand_over(post)


def report_lost(post: Post, device: bytes) -> bool:
    """Say of a device that is out already that it is lost; whether it can still read that.

    It reads nothing newer than what took it out, so just on top of that this is said, and under that key. That is
    possible for whoever signed nothing since: the entries of one device form a line.
    """
    for entry, act in _ways_out(post, device):
        if entry.epoch in post.keys and _is_last_of_ours(post, entry):
            _say_lost(post, entry, act)
            return True
    return False


def _say_lost(post: Post, entry: Entry, act: Revoke) -> None:
    now, (unused, _) = post.pen(), new_epoch(post.id)
    lost = replace(act, why=Away.LOST, epoch=unused, check=unused)
    post.write(lost, replace(now, epoch=entry.epoch, epoch_key=post.keys[entry.epoch]), (entry.digest,))
    epoch, key = new_epoch(post.id)
    post.write(NewEpoch(epoch, epoch), now)
    post.add_key(epoch, key)
    _hand_over(post)


def leave(post: Post, last: Link) -> None:
    """Take our own device out, up to its last segment. An admin's program makes the new key."""
    post.write(Revoke(post.space.device, last.seq, last.digest, Away.LEFT))


def _hand_over(post: Post) -> None:
    post.hand_over(card for card in post.membership.cards.values() if post.membership.cut(card.device) is None)


def _ways_out(post: Post, device: bytes) -> list[tuple[Entry, Revoke]]:
    """What took a device out, the newest first."""
    members = post.membership
    counting = [entry for entry in members.entries.values() if members.counts(entry.digest)]
    revocations = [(entry, entry.act) for entry in counting if isinstance(entry.act, Revoke)]
    return [(entry, act) for entry, act in reversed(revocations) if act.device == device]


def _is_last_of_ours(post: Post, entry: Entry) -> bool:
    """Whether we signed nothing beside or after an entry."""
    before = post.membership.ancestors((entry.digest,))
    return all(one.digest in before for one in post.membership.entries.values() if one.device == post.space.device)
