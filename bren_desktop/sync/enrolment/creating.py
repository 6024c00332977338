"""Found a network: its own space and that of this profile's team, on a share that holds none yet."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from bren_desktop.domain.actors import Actor
from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.services.sync_ports import SpaceKind, Standing
from bren_desktop.sync.engine import top
from bren_desktop.sync.enrolment import recovering
from bren_desktop.sync.enrolment.approving import require_admin
from bren_desktop.sync.enrolment.desk import Desk, needed, put_folder
from bren_desktop.sync.enrolment.founding import found
from bren_desktop.sync.format import names
from bren_desktop.sync.format.entries import line
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.transport.share import Share, TakenError

_LARGEST = 4096
_INTENT = "sync/network"
_LONGEST = 80


class ShareInUseError(UserFacingError):
    """There is a share in this folder already, or remains of one."""

    def __init__(self) -> None:
        super().__init__(
            "In deze map staat al een share van BREN Desktop. Er is niets veranderd. "
            "Kies een lege map, of sluit aan met een uitnodiging van een collega."
        )


class HasNetworkError(UserFacingError):
    """A profile founds one network at most, and none beside one that it is or was in."""

    def __init__(self) -> None:
        super().__init__(
            "Dit profiel doet al mee aan een netwerk, deed dat eerder of vroeg erom. Er is niets gemaakt. "
            "Maak voor een ander netwerk een nieuw profiel met «bren init»."
        )


class TooLateError(UserFacingError):
    """The recovery keys of a network are laid down when it is founded."""

    def __init__(self) -> None:
        super().__init__(
            "De herstelsleutels worden vastgelegd bij het stichten van het netwerk, en dat is al gebeurd. "
            "Er is niets veranderd. Maak ze voortaan vóór «bren share create»."
        )


def create(desk: Desk, actor: Actor, folder: str, network: str) -> None:
    """Found everything, or nothing. A founding that was broken off goes on where it was."""
    require_admin(actor)
    name = _checked_name(network)
    with desk.store.look() as rows:
        if any(space.standing is not Standing.ALONE for space in rows.spaces()):
            raise HasNetworkError
    desk.require_suitable(folder)
    identity = _intended(desk)
    with needed():
        _claim(desk.open_share(folder), identity)
    _found(desk, actor, folder, name, identity)
    desk.flush()


def make_recovery(desk: Desk, actor: Actor, write: Callable[[bytes, bytes], object]) -> None:
    """Two key files that open the keys of the network together, once both are written; only before it is founded."""
    require_admin(actor)
    with desk.store.look() as rows:
        if any(space.standing is not Standing.ALONE for space in rows.spaces()):
            raise TooLateError
    it, coordinator = (recovering.new_recovery_key(holder) for holder in recovering.Holder)
    write(it.file, coordinator.file)
    with desk.store.sync() as rows:
        recovering.keep_recipient(rows, it.public, coordinator.public)


def _checked_name(network: str) -> str:
    name = " ".join(network.split())
    try:
        line(name)
    except FormatError as error:
        raise InvalidInputError("Geef het netwerk een naam. Er is niets veranderd.", field="netwerk") from error
    if len(name) > _LONGEST:
        raise InvalidInputError(
            "De naam van het netwerk is te lang; gebruik ten hoogste {longest} tekens. Er is niets veranderd.",
            field="netwerk",
            longest=_LONGEST,
        )
    return name


def _intended(desk: Desk) -> bytes:
    """The id that the network will have: minted once, so that a second attempt knows its own traces."""
    with desk.store.sync() as rows:
        kept = rows.local(_INTENT)
        identity = names.byte_id(kept) if kept else secrets.token_bytes(16)
        rows.set_local(_INTENT, text_id(identity))
        return identity


def _claim(share: Share, identity: bytes) -> None:
    """Put the hint that tells other programs what this folder is. Raises ShareInUseError."""
    if {names.JOIN, names.SPACES} & set(share.list("").folders):
        raise ShareInUseError
    try:
        share.put_new(names.NETWORK, top.hint(identity))
    except TakenError as error:
        if share.read(names.NETWORK, _LARGEST) != top.hint(identity):
            raise ShareInUseError from error


def _found(desk: Desk, actor: Actor, folder: str, name: str, identity: bytes) -> None:
    now = desk.clock.now_ms()
    with desk.store.sync() as rows:
        recipient = recovering.kept_recipient(rows)
        for space in rows.spaces():
            named = replace(space, name=name if space.kind is SpaceKind.NETWORK else actor.team)
            found(named, identity, actor, now, recovery=recipient).keep(rows)
        put_folder(rows, folder)
        rows.set_local(_INTENT, "")
