"""Let somebody in: a request is read with the key that its invite gave to admins, and answered with card and keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bren_desktop.domain.actors import Actor
from bren_desktop.errors import NotAllowedError, UserFacingError
from bren_desktop.services.share_door import InviteTo, Request
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format import invites
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.entries import Admit, Card, Invite
from bren_desktop.sync.format.invites import RequestText
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.membership.letters import FIRST, next_letters
from bren_desktop.sync.membership.standing import ADMINS


class NotAdminError(NotAllowedError):
    """Only an admin may do this: approving a laptop hands over keys."""

    def __init__(self) -> None:
        super().__init__(
            "Alleen een voorzitter of plaatsvervanger mag laptops toelaten, uitnodigen of eruit zetten. "
            "Er is niets veranderd. Vraag een van hen."
        )


class InviteOverError(UserFacingError):
    """The request came too late."""

    def __init__(self) -> None:
        super().__init__(
            "De uitnodiging bij dit verzoek is verlopen. Er is niemand toegelaten. Maak een nieuwe uitnodiging."
        )


class InviteUsedError(UserFacingError):
    """Somebody was let in on this invite already."""

    def __init__(self) -> None:
        super().__init__(
            "Op deze uitnodiging is al een laptop toegelaten; elke uitnodiging geldt één keer. Er is niets veranderd. "
            "Vertrouwt u dit niet, bel dan uw collega en maak een nieuwe uitnodiging."
        )


class AlreadyInError(UserFacingError):
    """The laptop was let in on another request of its user."""

    def __init__(self) -> None:
        super().__init__("Deze laptop is al toegelaten. Er is niets veranderd.")


class OddRequestError(UserFacingError):
    """A request that asks for something else than its invite offers, or under somebody else's name."""

    def __init__(self) -> None:
        super().__init__(
            "Dit verzoek past niet bij de uitnodiging of bij wie erom vraagt. Er is niemand toegelaten. "
            "Bel uw collega en maak een nieuwe uitnodiging."
        )


def require_admin(actor: Actor) -> None:
    """Raise NotAdminError unless the role of `actor` is that of an admin. The signed card decides besides."""
    if actor.role not in ADMINS:
        raise NotAdminError


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was made with a code of ours."""

    text: RequestText
    invite: Invite
    key: bytes
    file: bytes

    @property
    def id(self) -> str:
        """By which it is approved: of just the bytes that the words are of, whatever id they claim."""
        return text_id(digest_of(self.file)[:16])

    def shown(self, words: tuple[str, ...]) -> Request:
        """As lists show it."""
        text = self.text
        return Request(self.id, text.name, text.team, self.invite.role, self.invite.to, words)


def read(file: bytes, posts: Sequence[Post]) -> Asked | None:
    """The request in a file of the share; None for one that no invite of these spaces opens."""
    try:
        name = invites.requested_invite(file)
        for post in posts:
            invite = post.membership.invites.get(name)
            key = invites.unboxed(invite.boxes, post.box_seeds) if invite else None
            if invite and key:
                return Asked(invites.read_request(file, key), invite, key, file)
    except FormatError:
        return None
    return None


def is_open(asked: Asked, posts: Sequence[Post], now_ms: int) -> bool:
    """Whether the request waits for an answer."""
    return asked.invite.until_ms >= now_ms and not _is_used(asked, posts) and not _is_in(asked, posts)


def approve(asked: Asked, posts: Sequence[Post], now_ms: int) -> None:
    """Let a laptop into every space that its invite leads to. Raises where one of them must not."""
    concerned = [post for post in posts if asked.invite.id in post.membership.invites]
    if not concerned or not all(post.is_admin for post in concerned):
        raise NotAdminError
    if _is_in(asked, concerned):
        raise AlreadyInError
    if _is_used(asked, concerned):
        raise InviteUsedError
    if asked.invite.until_ms < now_ms:
        raise InviteOverError
    devices = {device.space: device for device in asked.text.devices}
    entered = [post for post in concerned if post.id in devices]
    _check(asked, concerned, entered)
    wish = next((card.letters for post in concerned for card in _of_person(post, asked)), "")
    letters = next_letters([FIRST, *(letters for post in entered for letters in _taken(post))], wish)
    team = next((post.space.name for post in concerned if post.space.kind is SpaceKind.TEAM), asked.text.team)
    for post in entered:
        device = devices[post.id]
        text, role = asked.text, asked.invite.role
        card = Card(device.device, device.sign_key, device.box_key, text.person, text.name, role, team, letters)
        post.write(Admit(card, asked.invite.id))
        post.hand_over([card])


def _check(asked: Asked, concerned: Sequence[Post], entered: Sequence[Post]) -> None:
    """Who leaves a space out is in it already, and nobody takes another's device or person.

    A person whose laptops are all out may come in anew, under the same name.
    """
    outside = [post for post in concerned if post not in entered]
    known = [card for post in concerned for card in _of_person(post, asked)]
    roles = {post.membership.role(card.device) for post in concerned for card in _of_person(post, asked)} - {None}
    if (
        not entered
        or not all(_is_inside(post, asked) for post in outside)
        or any(card.name != asked.text.name for card in known)
        or not roles <= {asked.invite.role}
        or (roles and not outside)
        or any(device.device in post.membership.cards for post in entered for device in asked.text.devices)
        or (asked.invite.to is InviteTo.TEAM and all(post.space.kind is SpaceKind.NETWORK for post in entered))
    ):
        raise OddRequestError


def _is_inside(post: Post, asked: Asked) -> bool:
    return any(card.device in post.membership.inside for card in _of_person(post, asked))


def _of_person(post: Post, asked: Asked) -> Iterable[Card]:
    return (card for card in post.membership.cards.values() if card.person == asked.text.person)


def _taken(post: Post) -> Iterable[str]:
    return (post.membership.letters(device) for device in post.membership.cards)


def _is_in(asked: Asked, posts: Iterable[Post]) -> bool:
    """Whether just the devices that it names were let in before."""
    wanted = {(one.space, one.device, one.sign_key, one.box_key) for one in asked.text.devices}
    known = ((post.id, card) for post in posts for card in post.membership.cards.values())
    return any((space, card.device, card.sign_key, card.box_key) in wanted for space, card in known)


def _is_used(asked: Asked, posts: Iterable[Post]) -> bool:
    return any(asked.invite.id in post.membership.used_invites for post in posts)
