"""What admins and members do to laptops: list them, give another role, take out, leave; and erase a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import NotAllowedError, NotFoundError, UserFacingError
from bren_desktop.services.share_door import Away, Device, Erasing
from bren_desktop.services.sync_ports import SpaceKind, Standing, SyncRows
from bren_desktop.sync.engine import peers, settings
from bren_desktop.sync.engine.renewing import RESTORED
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.engine.shelf import Shelf
from bren_desktop.sync.enrolment import laptops, lying, reviewing, revoking
from bren_desktop.sync.enrolment.approving import NotAdminError
from bren_desktop.sync.enrolment.desk import Desk, NoNetworkError, ShareAwayError
from bren_desktop.sync.enrolment.laptops import Laptop
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format.entries import Erase, SetRole
from bren_desktop.sync.format.names import Paths, byte_id, text_id
from bren_desktop.sync.membership.standing import ADMINS, ERASERS

_HALVES = ERASERS | {Role.PRIVACY}


class UnknownLaptopError(NotFoundError):
    """No laptop by that id."""

    def __init__(self) -> None:
        super().__init__(
            "Er is geen laptop met dit kenmerk. Er is niets veranderd. Bekijk de lijst met «bren device list»."
        )


class LastAdminError(UserFacingError):
    """Somebody must be left who can let others in."""

    def __init__(self) -> None:
        super().__init__(
            "Dit is de enige laptop van een voorzitter of plaatsvervanger. Er is niets veranderd. "
            "Geef eerst een collega die rol, anders kan niemand meer laptops toelaten of eruit zetten."
        )


class LastMemberError(UserFacingError):
    """Nobody is left who has the keys."""

    def __init__(self) -> None:
        super().__init__(
            "U bent de laatste van een team. Na uw vertrek kan niemand de casussen nog openen, ook niet op de gedeelde "
            "map. Er is niets veranderd. Maak eerst een reservekopie of een export, of laat een collega toe. "
            "Wilt u toch weg, gebruik dan «bren device leave --last»."
        )


class OwnLaptopError(UserFacingError):
    """This is for other laptops."""

    def __init__(self) -> None:
        super().__init__(
            "Dit is de laptop waar u nu op werkt. Er is niets veranderd. Gebruik «bren device leave» om te vertrekken."
        )


class AlreadyOutError(UserFacingError):
    """Nothing can be done to a laptop that is out."""

    def __init__(self) -> None:
        super().__init__("Deze laptop is er al uit. Er is niets veranderd.")


class OutOfReachError(UserFacingError):
    """A laptop that is out reads nothing that was written since, so it cannot be told that it is lost."""

    def __init__(self) -> None:
        super().__init__(
            "Deze laptop is er al uit en kan niet meer lezen dat hij verloren is: na het intrekken hebt u al andere "
            "dingen gewijzigd. Er is niets veranderd. Laat een andere voorzitter of plaatsvervanger hem als verloren "
            "melden, en ga ervan uit dat wat erop stond nog te openen is voor wie het wachtwoord heeft."
        )


class OtherTeamError(NotAllowedError):
    """A role holds in all spaces of a laptop, so whoever gives it is an admin in all of them."""

    def __init__(self) -> None:
        super().__init__(
            "Deze laptop hoort bij een ander team. Er is niets veranderd. "
            "Vraag een voorzitter of plaatsvervanger van dat team om de rol te wijzigen."
        )


class CannotEraseError(NotAllowedError):
    """The role on the card gives no half of an erasure."""

    def __init__(self) -> None:
        super().__init__(
            "Wissen gebeurt door twee mensen samen: de privacyfunctionaris en een voorzitter, plaatsvervanger, "
            "secretaris of procesregisseur. Met uw rol kan het niet. Er is niets veranderd."
        )


def devices(desk: Desk) -> Sequence[Device]:
    """The laptops of our spaces, those in the network first, in the order of their ids."""
    with desk.looking() as (rows, posts):
        by_space = {post.space.id: post for post in posts}
        news = {post.space.id: peers.peers(rows, post.space.id) for post in posts}
        found = laptops.laptops(posts)
        return sorted(
            (laptops.described(one, by_space, _news(one, news)) for one in found), key=lambda device: device.id
        )


def _news(laptop: Laptop, news: Mapping[str, Mapping[bytes, peers.Peer]]) -> int:
    known = (news[space].get(card.device) for space, card in laptop.cards.items())
    return max((peer.news_ms for peer in known if peer), default=0)


def _laptop(posts: Sequence[Post], name: str) -> Laptop:
    if not posts:
        raise NoNetworkError
    found = next((one for one in laptops.laptops(posts) if one.has(name)), None)
    if found is None:
        raise UnknownLaptopError
    return found


def _inside(posts: Sequence[Post], laptop: Laptop) -> Sequence[Post]:
    """The spaces in which a laptop is a member now."""
    return [
        post
        for post in posts
        if post.space.id in laptop.cards and laptop.cards[post.space.id].device in post.membership.inside
    ]


def set_role(desk: Desk, name: str, role: Role) -> None:
    """Give the user of a laptop another role, in all its spaces."""
    with desk.acting() as (_, posts):
        laptop = _laptop(posts, name)
        inside = _inside(posts, laptop)
        if not any(post.is_admin for post in posts if post.space.id in laptop.cards):
            raise NotAdminError
        if not inside:
            raise AlreadyOutError
        team = next(iter(laptop.cards.values())).team
        seen = any(post.space.kind is SpaceKind.TEAM and post.space.name == team for post in inside)
        if not seen or not all(post.is_admin for post in inside):
            raise OtherTeamError
        for post in inside:
            device = laptop.cards[post.space.id].device
            if role not in ADMINS and _is_last_admin(post, device):
                raise LastAdminError
            if post.membership.role(device) is not role:
                post.write(SetRole(device, role))


def _is_last_admin(post: Post, device: bytes) -> bool:
    members = post.membership
    return not any(members.is_admin(other) for other in members.inside - {device})


def revoke(desk: Desk, name: str, why: Away) -> Sequence[str]:
    """Take a laptop out wherever we are an admin; the entities of the cases that lay on it."""
    with desk.acting() as (rows, posts):
        laptop = _laptop(posts, name)
        if _is_mine(laptop, posts):
            raise OwnLaptopError
        led = [post for post in posts if post.space.id in laptop.cards and post.is_admin]
        if not led:
            raise NotAdminError
        inside = [post for post in _inside(posts, laptop) if post.is_admin]
        cases = [entity for post in inside or led for entity in _cases_on(desk, rows, post, laptop)]
        for post in inside:
            revoking.revoke(post, [laptop.cards[post.space.id].device], dict(rows.chains(post.space.id)), why)
        if not inside:
            _report_lost(led, laptop, why)
        return sorted(cases)


def require_not_restored(desk: Desk) -> None:
    """Raise ShareAwayError where this profile was restored, and has not been on the share since."""
    with desk.store.look() as rows:
        if rows.local(RESTORED):
            raise ShareAwayError


def _report_lost(led: Sequence[Post], laptop: Laptop, why: Away) -> None:
    """Say of a laptop that is out that it is lost, in every space where it can still read that."""
    devices = {post.space.id: laptop.cards[post.space.id].device for post in led}
    said = {way for post in led for way in post.membership.ways_out(devices[post.space.id])}
    if why is not Away.LOST or Away.LOST in said:
        raise AlreadyOutError
    told = [revoking.report_lost(post, devices[post.space.id]) for post in led]
    if not any(told):
        raise OutOfReachError


def _cases_on(desk: Desk, rows: SyncRows, post: Post, laptop: Laptop) -> Sequence[str]:
    if post.space.kind is SpaceKind.NETWORK:
        return ()
    return lying.cases_on(rows, post, Shelf(desk.mirror, post.id), laptop.cards[post.space.id].device)


def _is_mine(laptop: Laptop, posts: Sequence[Post]) -> bool:
    return any(laptop.has(text_id(post.space.device)) for post in posts)


def is_inside(desk: Desk) -> bool:
    """Whether there is anything to leave: who is out, or only asked, has nobody to tell. Raises NoNetworkError."""
    with desk.store.look() as rows:
        standings = {space.standing for space in rows.spaces()}
    if standings == {Standing.ALONE}:
        raise NoNetworkError
    return Standing.MEMBER in standings


def leave(desk: Desk, *, last: bool) -> None:
    """Sign that this laptop leaves all its spaces. Its last edits are on the share by now."""
    with desk.acting() as (rows, posts):
        inside = [post for post in posts if post.space.device in post.membership.inside]
        if not last and any(post.membership.inside == {post.space.device} for post in inside):
            raise LastMemberError
        for post in inside:
            others = post.membership.inside - {post.space.device}
            if others and post.is_admin and _is_last_admin(post, post.space.device):
                raise LastAdminError
            revoking.leave(post, rows.chains(post.space.id).get(post.space.device, revoking.NOTHING))


def is_copy(desk: Desk, case: str) -> bool:
    """Whether we only hold a copy of a case any more: what becomes of it is our own affair."""
    with desk.store.look() as rows:
        return _is_copy(rows, case)


def _is_copy(rows: SyncRows, case: str) -> bool:
    space = rows.space_of(Kind.CASE, case)
    return any(one.id == space for one in rows.spaces() if one.standing is Standing.OUT)


def erase(desk: Desk, actor: Actor, case: str, *, witnessed: bool) -> Erasing:
    """Sign our half of an erasure; all of it where nobody else is in the space and somebody looked on.

    What we only hold a copy of any more is gone at once. So is what lies in no network, beside a witness.
    """
    if actor.role not in _HALVES:
        raise CannotEraseError
    subject = byte_id(case)
    with desk.acting() as (rows, posts):
        if subject in rows.erased():
            return Erasing.DONE
        if _is_copy(rows, case):
            _erase_copy(desk, rows, case)
            return Erasing.DONE
        space = rows.space_of(Kind.CASE, case)
        post = next((one for one in posts if one.space.id == space), None)
        if post is None and witnessed and not posts:
            rows.erase(subject)
            return Erasing.DONE
        if post is None:
            raise NoNetworkError
        if post.membership.role(post.space.device) not in _HALVES:
            raise CannotEraseError
        if witnessed or post.space.device not in post.membership.erase_asked.get(subject, ()):
            post.write(Erase(subject, witnessed))
        return Erasing.DONE if subject in post.membership.erased else Erasing.ASKED


def _erase_copy(desk: Desk, rows: SyncRows, case: str) -> None:
    """Destroy a case of a team that we are out of: only our copy of it, for which nobody else need be asked.

    Nothing reads the raw bundles of that team any more; one of them holds the key of this case. Who turns out to be in
    after all stays out with such a copy: it is not what the others have.
    """
    space = str(rows.space_of(Kind.CASE, case))
    folder = Paths(byte_id(space)).bundles
    for name in tuple(desk.mirror.files(folder)):
        desk.mirror.drop(f"{folder}/{name}")
    rows.erase(byte_id(case), space)
    settings.write(rows, space, {Setting.ERASED: "1"})


def take_from_tray(desk: Desk, actor: Actor, name: str) -> int:
    """Write what a laptop wrote after it was out again, in the actor's own name."""
    with desk.acting() as (rows, posts):
        laptop = _laptop(posts, name)
        if not any(post.is_admin for post in posts if post.space.id in laptop.cards):
            raise NotAdminError
        return sum(
            reviewing.take_in(rows, post, Shelf(desk.mirror, post.id), device, actor)
            for post in posts
            for device in post.membership.cards
            if post.is_admin and laptop.goes_by(post, device)
        )
