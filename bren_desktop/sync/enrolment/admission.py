"""Invite, ask and approve, as commands ask for it: each act in one transaction, on a share that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.errors import NotAllowedError, NotFoundError
from bren_desktop.services.share_door import InviteTo, Request
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing, SyncRows
from bren_desktop.sync.engine.mirror import put_somewhere
from bren_desktop.sync.enrolment import approving, asking, inviting, joining, moving
from bren_desktop.sync.enrolment.approving import Asked, NotAdminError
from bren_desktop.sync.enrolment.desk import Desk, NoNetworkError, folder_of, members, needed, put_folder
from bren_desktop.sync.enrolment.moving import Way
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format import invites, names, words
from bren_desktop.sync.membership.standing import ADMINS
from bren_desktop.sync.transport.share import AbsentError, BusyError, Entry, Share

_LARGEST_REQUEST = 16 * 1024
_MOST_REQUESTS = 2_000


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
    return file, invites.format_code(code)


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
    with needed():
        share = desk.open_share(place)
        share.list("")
    with desk.store.sync() as rows:
        held = rows.spaces()
        request, fresh = joining.asked(file, code, text, held, actor)
        if any(moving.forbidden(rows, _as(actor, text.role), _way(held, text.to))):
            raise CannotBringError(text.role)
        for space in held:
            if space.standing is Standing.ASKING:
                rows.drop_space(space.id)
        for space in fresh:
            rows.put_space(space)
        put_folder(rows, place)
        request.keep(rows)
    with needed():
        leave_request(share, request)
    return request.words


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


def leave_request(share: Share, join: asking.Asking) -> str:
    """Have our request on the share; the path where other bytes lie, or empty."""
    path = names.request_path(join.request)
    where, _ = put_somewhere(share, path, join.file)
    return path if where != path else ""


def open_requests(desk: Desk, rows: SyncRows, posts: Sequence[Post]) -> Iterator[Asked]:
    """The requests that wait for an answer and that we may give it."""
    now = desk.clock.now_ms()
    admin = [post for post in posts if post.is_admin]
    for asked in _requests(desk, rows, admin):
        if approving.is_open(asked, admin, now):
            yield asked


def _requests(desk: Desk, rows: SyncRows, posts: Sequence[Post]) -> Iterator[Asked]:
    """The requests that our invites open. One that did is not read again while its name and size are the same."""
    with needed():
        share = desk.share()
        for entry in _listed(share):
            file = desk.requests.get(entry) or _read(share, entry)
            asked = approving.read(file, posts)
            if asked and inviting.is_of(rows, asked.invite.id, asked.text.invite_file):
                desk.requests[entry] = file
                yield asked


def _listed(share: Share) -> Sequence[Entry]:
    try:
        return share.list(names.JOIN).files[:_MOST_REQUESTS]
    except AbsentError:
        return ()


def _read(share: Share, entry: Entry) -> bytes:
    """A file that may be a request; nothing where it cannot be read, or is too large."""
    with suppress(AbsentError, BusyError):
        file = share.read(f"{names.JOIN}/{entry.name}", _LARGEST_REQUEST + 1)
        return file if len(file) <= _LARGEST_REQUEST else b""
    return b""


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
    with desk.acting() as (rows, posts):
        if not any(post.is_admin for post in posts):
            raise NotAdminError if posts else NoNetworkError
        asked = next((one for one in _requests(desk, rows, posts) if one.id == name), None)
        if asked is None:
            raise UnknownRequestError
        approving.approve(asked, posts, desk.clock.now_ms())
