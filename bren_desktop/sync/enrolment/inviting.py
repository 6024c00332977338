"""Invite somebody into spaces: an entry in each log, and one file that opens with a code that travels another way."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence

from bren_desktop.crypto import codes
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.sync_ports import Link, SyncRows
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format import invites
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.entries import Invite
from bren_desktop.sync.format.invites import InvitedSpace, InviteText
from bren_desktop.sync.format.segments import SEEN_DIGEST_BYTES, Seen

DAYS = 7
_DAY_MS = 24 * 60 * 60 * 1000
_LOCAL = "sync/invites"

Chains = Mapping[bytes, Link]


def invite(
    posts: Sequence[tuple[Post, Chains]], place: str, actor: Actor, to: InviteTo, role: Role
) -> tuple[InviteText, bytes, bytes]:
    """What is promised, the invite file and its code. The spaces of `posts` each get an entry."""
    code, name = codes.new_code(), secrets.token_bytes(16)
    key = invites.request_key(code, name)
    for post, _ in posts:
        members = post.membership
        admins = [(card.device, card.box_key) for card in members.cards.values() if members.is_admin(card.device)]
        until_ms = post.at_ms + DAYS * _DAY_MS
        post.write(Invite(name, invites.boxed_for(key, admins), to, role, until_ms))
    first = posts[0][0]
    spaces = tuple(_invited(post, chains) for post, chains in posts)
    until_ms = first.at_ms + DAYS * _DAY_MS
    text = InviteText(name, first.space.network, place, spaces, actor.name, role, to, until_ms)
    return text, invites.invite_file(text, code), code


def remember(rows: SyncRows, name: bytes, file: bytes) -> None:
    """Know the invite file again: a request that answers another one was not made with it."""
    rows.set_local(_LOCAL, json.dumps({**_made(rows), name.hex(): digest_of(file).hex()}))


def is_of(rows: SyncRows, name: bytes, digest: bytes) -> bool:
    """Whether the invite file may have this digest; what another admin made, only he knows."""
    return _made(rows).get(name.hex(), digest.hex()) == digest.hex()


def _made(rows: SyncRows) -> dict[str, str]:
    made: dict[str, str] = json.loads(rows.local(_LOCAL) or "{}")
    return made


def _invited(post: Post, chains: Chains) -> InvitedSpace:
    seen = (Seen(device, link.seq, link.digest[:SEEN_DIGEST_BYTES]) for device, link in chains.items() if link.seq)
    return InvitedSpace(post.id, post.space.founding, post.membership.heads, tuple(sorted(seen)), post.space.kind)
