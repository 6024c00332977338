"""A protected case: a space of its own with named members (decision 12), and the case moved into it (decision 19)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from bren_desktop.crypto.seal import box, new_key, public_box_key, public_sign_key
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import NotFoundError, UserFacingError
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, SyncRows
from bren_desktop.sync.enrolment import laptops, transferring
from bren_desktop.sync.enrolment.approving import NotAdminError
from bren_desktop.sync.enrolment.desk import Desk
from bren_desktop.sync.enrolment.founding import Founding, found
from bren_desktop.sync.enrolment.posts import Log, Post
from bren_desktop.sync.enrolment.settling import actor_of
from bren_desktop.sync.format.entries import Admit, Card, Invite, Open, read_entry
from bren_desktop.sync.format.envelope import FileKind, parse
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.packing import pack

NAME = "beschermde casus"
_DAY_MS = 24 * 60 * 60 * 1000


class AlreadyProtectedError(UserFacingError):
    """Only a case of a team moves."""

    def __init__(self) -> None:
        super().__init__("Deze casus staat al in een ruimte van zichzelf. Er is niets veranderd.")


class NotInTeamError(NotFoundError):
    """Somebody who is named is no member of the team."""

    def __init__(self) -> None:
        super().__init__(
            "Een van de gekozen laptops hoort niet (meer) bij dit team. Er is niets veranderd. "
            "Kies uit de lijst met «bren device list»."
        )


class _Key(NamedTuple):
    """What a member gets to come in with, until it makes keys of its own."""

    device: bytes
    sign_seed: bytes
    box_seed: bytes


def protect(desk: Desk, case: str, names: Sequence[str]) -> str:
    """Move a case into a space with the laptops `names` and ours; its entity there."""
    with desk.acting() as (rows, posts):
        team = _team(rows, posts, case)
        members = [_card(team, name, posts) for name in names]
        founding = _founded(desk, rows, team)
        own = _post(founding, desk.clock.now_ms())
        others = [_let_in(own, card) for card in members if card.device != team.space.device]
        team.write(Open((_ours(own, team), *others)))
        if own.files:
            own.hand_over(card for card in own.membership.cards.values() if card.device != own.space.device)
            own.keep(rows)
        return transferring.transfer(rows, actor_of(team), case, team.space, founding.space)


def _team(rows: SyncRows, posts: Sequence[Post], case: str) -> Post:
    space = rows.space_of(Kind.CASE, case)
    post = next((one for one in posts if one.space.id == space), None)
    if post is None:
        raise NotFoundError("Deze casus staat niet in een team dat meedoet aan een netwerk. Er is niets veranderd.")
    if post.space.kind is not SpaceKind.TEAM:
        raise AlreadyProtectedError
    if not post.is_admin:
        raise NotAdminError
    return post


def _card(team: Post, name: str, posts: Sequence[Post]) -> Card:
    """The card in the team of a laptop, with the role and letters of today."""
    laptop = next((one for one in laptops.laptops(posts) if one.has(name)), None)
    card = laptop.cards.get(team.space.id) if laptop else None
    if card is None or card.device not in team.membership.inside:
        raise NotInTeamError
    members = team.membership
    return card._replace(role=members.role(card.device) or card.role, letters=members.letters(card.device))


def _founded(desk: Desk, rows: SyncRows, team: Post) -> Founding:
    blank = HeldSpace(
        text_id(secrets.token_bytes(16)), SpaceKind.CASE, NAME, secrets.token_bytes(16), new_key(), home=False
    )
    actor, now = actor_of(team), desk.clock.now_ms()
    founding = found(blank, team.space.network, actor, now, recovery=team.found.recovery)
    founding.keep(rows)
    return founding


def _post(founding: Founding, at_ms: int) -> Post:
    """The space as its founder writes on in it."""
    envelopes = [parse(data) for data in founding.files.values()]
    entries = [read_entry(one, founding.epoch_key) for one in envelopes if one.header.kind is FileKind.AUTH]
    log, seeds = Log.of(founding.space, entries), {founding.space.device: founding.space.box_seed}
    return Post(founding.space, log, {founding.epoch: founding.epoch_key}, at_ms, seeds)


def _let_in(post: Post, team_card: Card) -> tuple[bytes, bytes]:
    """Admit a member of the team to the new space; the box that tells it so."""
    key, invite = _Key(secrets.token_bytes(16), new_key(), new_key()), secrets.token_bytes(16)
    card = team_card._replace(
        device=key.device, sign_key=public_sign_key(key.sign_seed), box_key=public_box_key(key.box_seed)
    )
    post.write(Invite(invite, (), InviteTo.TEAM, card.role, post.at_ms + _DAY_MS))
    post.write(Admit(card, invite))
    return team_card.device, _box(post, key, team_card)


def _ours(post: Post, team: Post) -> tuple[bytes, bytes]:
    """The box for our own laptop, where an old backup makes it forget the space."""
    key = _Key(post.space.device, post.space.sign_seed, post.space.box_seed)
    return team.space.device, _box(post, key, team.membership.cards[team.space.device])


def _box(post: Post, key: _Key, card: Card) -> bytes:
    return box(pack([post.id, post.space.founding, *key]), card.box_key)
