"""The last step of a join: the profile's own records move into the spaces it came into, and the old ones are dropped.

One transaction: until it ends, and after any crash, everything is where it was.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing, SyncRows
from bren_desktop.sync.engine.shelf import Shelf
from bren_desktop.sync.enrolment import asking, moving
from bren_desktop.sync.enrolment.asking import Asking, Promise
from bren_desktop.sync.enrolment.founding import Founding, found
from bren_desktop.sync.enrolment.moving import Way
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.segments import Seen


def is_reached(rows: SyncRows, post: Post, shelf: Shelf, promise: Promise) -> bool:
    """Whether what the inviter had seen is applied here, or does not stand any more.

    Then it lies beyond a cut, on a lost branch, or is by a device that does not count in the log that has grown since.
    """
    return post.membership.knows(promise.heads) and all(_is_applied(rows, post, shelf, seen) for seen in promise.seen)


def _is_applied(rows: SyncRows, post: Post, shelf: Shelf, seen: Seen) -> bool:
    cut = post.membership.cut(seen.device)
    if post.membership.card(seen.device) is None or (cut is not None and cut.seq < seen.seq):
        return True
    link = rows.link(post.space.id, seen.device, seen.seq)
    if link is None:
        return False
    return link.digest.startswith(seen.digest) or shelf.find(seen.device, seen.seq, seen.digest) is not None


def actor_of(post: Post) -> Actor:
    """The acting person as our signed card in a space has it, with the role and letters of today."""
    members, device = post.membership, post.space.device
    card, role = post.card, members.role(device)
    if card is None:
        raise RuntimeError("no member")
    region = next((term.extra["regio"] for term in vocabulary("teams") if term.code == card.team), "")
    return Actor(card.person, card.name, role or card.role, card.team, str(region), members.letters(device))


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a join comes to: who acts from now on, which way the records go, and the team that is founded with it."""

    actor: Actor
    way: Way
    homes: tuple[HeldSpace, ...]
    founding: Founding | None = None


def settlement(rows: SyncRows, join: Asking, posts: Mapping[str, Post]) -> Settlement:
    """How to settle `join`; its spaces are among `posts`."""
    joined = {posts[promise.space].space.kind: posts[promise.space] for promise in join.promises}
    sources = {space.kind: space for space in rows.spaces() if space.standing is Standing.ALONE}
    if join.to is InviteTo.NETWORK:
        return _own_team(join, joined[SpaceKind.NETWORK], sources)
    network, team = joined[SpaceKind.NETWORK].space, joined[SpaceKind.TEAM].space
    way = Way(_ids(sources.values()), network.id, team.id)
    return Settlement(actor_of(joined[SpaceKind.TEAM]), way, (network, team))


def _own_team(join: Asking, network: Post, sources: Mapping[SpaceKind, HeldSpace]) -> Settlement:
    """A team of one's own under the network. What lies in it stays, unless it was written in another role."""
    actor, own = actor_of(network), sources[SpaceKind.TEAM]
    stays = join.own_role is actor.role
    if not stays:
        own = replace(own, id=text_id(secrets.token_bytes(16)), device=secrets.token_bytes(16))
    named = replace(own, name=actor.team, home=True)
    founding = found(named, network.space.network, actor, network.at_ms, recovery=network.found.recovery)
    way = Way(_ids(sources.values()), network.space.id, "" if stays else own.id, renumbered=False)
    return Settlement(actor, way, (network.space,), founding)


def _ids(spaces: Iterable[HeldSpace]) -> frozenset[str]:
    return frozenset(space.id for space in spaces)


def settle(rows: SyncRows, plan: Settlement, day: date) -> None:
    """Move on `day`, and drop."""
    for space in _sources(rows, plan):
        rows.put_space(replace(space, home=False))
    if plan.founding:
        plan.founding.keep(rows)
    for space in plan.homes:
        rows.put_space(replace(space, home=True))
    moving.move(rows, plan.actor, plan.way, day)
    for space in _sources(rows, plan):
        rows.drop_space(space.id)
    asking.forget(rows)


def _sources(rows: SyncRows, plan: Settlement) -> Iterable[HeldSpace]:
    kept = plan.founding.space.id if plan.founding else ""
    return [space for space in rows.spaces() if space.id in plan.way.sources and space.id != kept]
