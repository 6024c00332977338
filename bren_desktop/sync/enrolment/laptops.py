"""Which devices of different spaces are one laptop: a device has a key of its own in every space."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bren_desktop.services.share_door import Away, Device, Trouble
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format.entries import Card
from bren_desktop.sync.format.names import text_id


@dataclass(slots=True)
class Laptop:
    """A laptop, by the spaces it is in: for each the card of its device there."""

    cards: dict[str, Card] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """How commands name it: by its device in the first space, which is the network where we see that."""
        return text_id(next(iter(self.cards.values())).device)

    @property
    def person(self) -> str:
        return next(iter(self.cards.values())).person

    def has(self, name: str) -> bool:
        """Whether `name` is the id of one of its devices."""
        return any(text_id(card.device) == name for card in self.cards.values())

    def goes_by(self, post: Post, device: bytes) -> bool:
        """Whether it goes by a device of a space, or did before that was renewed."""
        while (later := post.membership.renewed_as(device)) is not None:
            device = later
        return post.space.id in self.cards and self.cards[post.space.id].device == device


def laptops(posts: Sequence[Post]) -> Sequence[Laptop]:
    """All laptops that can be seen in these spaces, the network first among them."""
    found: list[Laptop] = []
    mine = Laptop()
    for post in posts:
        for card in _cards(post):
            laptop = mine if card.device == post.space.device else _same(found, post, card)
            if laptop is None or laptop not in found:
                found.append(laptop := laptop or Laptop())
            laptop.cards[post.space.id] = card
    return found


def _cards(post: Post) -> Iterator[Card]:
    """The cards that still stand for a laptop: not those under which it no longer goes."""
    membership = post.membership
    return (card for card in membership.cards.values() if membership.renewed_as(card.device) is None)


def _same(found: Sequence[Laptop], post: Post, card: Card) -> Laptop | None:
    """The laptop seen in an earlier space that goes by this card: of that person, by its letters where he has two."""
    candidates = [laptop for laptop in found if laptop.person == card.person and post.space.id not in laptop.cards]
    letters = post.membership.letters(card.device)
    alike = [one for one in candidates if any(other.letters == letters for other in one.cards.values())]
    if len(alike) == 1:
        return alike[0]
    return candidates[0] if len(candidates) == 1 else None


def described(laptop: Laptop, posts: Mapping[str, Post], news_ms: int) -> Device:
    """A laptop as lists show it: role, team and letters as in the team where we see it, else in the network."""
    seen = [posts[space] for space in laptop.cards]
    main = min(seen, key=_rank)
    card, membership = laptop.cards[main.space.id], main.membership
    return Device(
        id=laptop.id,
        name=card.name,
        role=membership.role(card.device) or card.role,
        team=card.team,
        letters=membership.letters(card.device),
        spaces=tuple(post.space.name if post.space.kind is SpaceKind.TEAM else post.space.kind.value for post in seen),
        mine=any(laptop.cards[post.space.id].device == post.space.device for post in seen),
        admin=membership.is_admin(card.device),
        away=_away(laptop, seen),
        news_ms=news_ms,
        person=card.person,
    )


def by_laptop(posts: Sequence[Post], troubles: Sequence[Trouble]) -> tuple[Trouble, ...]:
    """Troubles that name a device name its laptop instead, as lists do; what is said of it in two spaces, once."""
    names = {text_id(card.device): one.id for one in laptops(posts) for card in one.cards.values()}
    named: dict[tuple[str, ...], Trouble] = {}
    for trouble in troubles:
        where, device = names.get(trouble.where, trouble.where), names.get(trouble.device, trouble.device)
        named.setdefault((trouble.reason, where, device, trouble.record), trouble._replace(where=where, device=device))
    return tuple(named.values())


def _rank(post: Post) -> tuple[bool, bool]:
    return post.space.kind is not SpaceKind.TEAM, not post.space.home


def _away(laptop: Laptop, seen: Sequence[Post]) -> Away | None:
    """Why it is out; None where it is still in one of these spaces. Lost says more than any other reason."""
    devices = [(post.membership, laptop.cards[post.space.id].device) for post in seen]
    cuts = [members.cut(device) for members, device in devices]
    if cuts[0] is None or not all(cuts):
        return None
    is_lost = any(Away.LOST in members.ways_out(device) for members, device in devices)
    return Away.LOST if is_lost else Away(cuts[0].why)
