"""Invite, ask and approve, as commands ask for it: each act in one transaction, on a share that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bren_desktop.crypto import codes
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.errors import NotAllowedError, NotFoundError
from bren_desktop.services.share_door import InviteTo, Request
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing, SyncRows
from bren_desktop.sync.enrolment import approving, asking, inviting, joining, moving, requested
from bren_desktop.sync.enrolment.approving import Asked, NotAdminError
from bren_desktop.sync.enrolment.asking import Asking
from bren_desktop.sync.enrolment.desk import Desk, NoNetworkError, folder_of, members, needed, put_folder
from bren_desktop.sync.enrolment.joining import UsedInviteError
from bren_desktop.sync.enrolment.moving import Way
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format import invites, words
from bren_desktop.sync.format.invites import InviteText
from bren_desktop.sync.membership.standing import ADMINS
from bren_desktop.sync.transport.share import Share


class UnknownRequestError(NotFoundError):
    """No request by that id that our invites open."""

    def __init__(self) -> None:
        super().__init__(
            "Er is geen verzoek met dit kenmerk dat bij een van uw uitnodigingen hoort. Er is niemand toegelaten. "
            "Bekijk de lijst met «bren share approve»."
        )


class UnknownTeamError(NotFoundError):
    """We are in no team of that code."""

    def __init__(self) -> None:
        super().__init__("U zit niet in dit team. Er is niets veranderd. Kies een team waar u wel in zit.")


class CannotFoundError(NotAllowedError):
    """A team without anybody who can let others in."""

    def __init__(self) -> None:
        super().__init__(
            "Wie met een eigen team bij het netwerk komt, moet daar laptops kunnen toelaten. Er is niets gemaakt. "
            "Nodig uit als voorzitter of plaatsvervanger, of nodig uit voor uw eigen team."
        )


class CannotBringError(NotAllowedError):
    """The profile holds records that the offered role may not write."""

    def __init__(self, role: Role) -> None:
        super().__init__(
            "Dit profiel bevat gegevens die u met de rol {role} uit de uitnodiging niet mag vastleggen. Er is niets "
            "verstuurd. Vraag een uitnodiging met een andere rol, of sluit aan met een leeg profiel.",
            role=role.value,
        )


def invite(desk: Desk, actor: Actor, to: InviteTo, role: Role, team: str) -> tuple[bytes, str]:
    """An invite file and its code."""
    if to is InviteTo.NETWORK and role not in ADMINS:
        raise CannotFoundError
    place = desk.folder()
    if not place:
        raise NoNetworkError
    with desk.acting() as (rows, posts):
        led_to = [(post, rows.chains(post.space.id)) for post in _spaces_of(posts, to, team)]
        if not all(post.is_admin for post, _ in led_to):
            raise NotAdminError
        text, file, code = inviting.invite(led_to, place, actor, to, role)
        inviting.remember(rows, text.id, file)
    return file, codes.format_code(code)


def _spaces_of(posts: Sequence[Post], to: InviteTo, team: str) -> Sequence[Post]:
    network = [post for post in posts if post.space.kind is SpaceKind.NETWORK]
    if not network:
        raise NoNetworkError
    if to is InviteTo.NETWORK:
        return network
    teams = [post for post in posts if post.space.kind is SpaceKind.TEAM]
    wanted = [post for post in teams if (post.space.name == team if team else post.space.home)]
    if not wanted:
        raise UnknownTeamError
    return [*network, wanted[0]]


def join(desk: Desk, actor: Actor, file: bytes, code: str) -> tuple[str, ...]:
    """Leave a request; the words that the other screen must show too."""
    text = joining.opened(file, code, desk.clock.now_ms())
    place = _place(desk, text.place)
    desk.require_suitable(place)
    with needed():
        share = desk.open_share(place)
        share.list("")
        _require_unused(desk, share, text, code)
    with desk.store.sync() as rows:
        request = _asked_before(rows, text) or _ask(rows, actor, file, code, text)
        put_folder(rows, place)
        request.keep(rows)
    with needed():
        requested.leave(share, request)
    return request.words


def _require_unused(desk: Desk, share: Share, text: InviteText, code: str) -> None:
    with desk.store.look() as rows:
        own = {space.device for space in rows.spaces()}
    if requested.is_used(share, text.id, invites.request_key(codes.parse_code(code), text.id), own):
        raise UsedInviteError


def _asked_before(rows: SyncRows, text: InviteText) -> Asking | None:
    """The request that we left on the same invite and that waits for its answer."""
    join = asking.kept(rows)
    waiting = {space.id for space in rows.spaces() if space.standing is Standing.ASKING}
    return join if join and join.invite == text.id and waiting & {one.space for one in join.promises} else None


def _ask(rows: SyncRows, actor: Actor, file: bytes, code: str, text: InviteText) -> Asking:
    """A new request, in the place of an earlier one."""
    held = rows.spaces()
    request, fresh = joining.asked(file, code, text, held, actor)
    if any(moving.forbidden(rows, _as(actor, text.role), _way(held, text.to))):
        raise CannotBringError(text.role)
    for space in held:
        if space.standing is Standing.ASKING:
            rows.drop_space(space.id)
    for space in fresh:
        rows.put_space(space)
    return request


def _place(desk: Desk, invited: str) -> str:
    """Where to ask: whoever is in already asks on the share of that network, wherever an invite may point."""
    with desk.store.look() as rows:
        return folder_of(rows) if members(rows) else invited


def _as(actor: Actor, role: Role) -> Actor:
    return Actor(actor.person, actor.name, role, actor.team, actor.region, actor.device)


def _way(held: Sequence[HeldSpace], to: InviteTo) -> Way:
    """Which records would move: those of a profile that is alone, to a team's space only where there is one."""
    alone = {space.kind: space.id for space in held if space.standing is Standing.ALONE}
    team = alone.get(SpaceKind.TEAM, "") if to is InviteTo.TEAM else ""
    return Way(frozenset(alone.values()), alone.get(SpaceKind.NETWORK, ""), team)


def open_requests(desk: Desk, rows: SyncRows, posts: Sequence[Post]) -> Iterator[Asked]:
    """The requests that wait for an answer and that we may give it."""
    now = desk.clock.now_ms()
    admin = [post for post in posts if post.is_admin]
    for asked in requested.on_our_invites(desk, rows, admin):
        if approving.is_open(asked, admin, now):
            yield asked


def requests(desk: Desk, said: Callable[[Asked], tuple[str, ...]]) -> Sequence[Request]:
    """Who asks to join. `said` gives the words of a request."""
    with desk.looking() as (rows, posts):
        if not any(post.is_admin for post in posts):
            raise NotAdminError if posts else NoNetworkError
        found = {asked.id: asked for asked in open_requests(desk, rows, posts)}
    return [asked.shown(said(asked)) for _, asked in sorted(found.items())]


def said_words(asked: Asked) -> tuple[str, ...]:
    """The words of a request; slow on purpose."""
    return words.words(asked.file, asked.key)


def approve(desk: Desk, name: str) -> None:
    """Let in who asks by the request `name`."""
    with desk.looking() as (rows, posts):
        if not any(post.is_admin for post in posts):
            raise NotAdminError if posts else NoNetworkError
        asked = next((one for one in requested.on_our_invites(desk, rows, posts) if one.id == name), None)
    if asked is None:
        raise UnknownRequestError
    with desk.acting() as (_, posts):
        approving.approve(asked, posts, desk.clock.now_ms())
