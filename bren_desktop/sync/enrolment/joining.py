"""Ask to join a network with an invite and its code, and come in once the answer lies on the share."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from bren_desktop.crypto import codes
from bren_desktop.crypto.seal import new_key, public_box_key, public_sign_key
from bren_desktop.domain.actors import Actor
from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing
from bren_desktop.sync.engine import access
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.enrolment.asking import Asking, Promise
from bren_desktop.sync.format import invites, words
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.invites import AskingDevice, InviteText, RequestText, WrongCodeError
from bren_desktop.sync.format.names import byte_id, text_id
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.transport.places import checked


class NoInviteError(UserFacingError):
    """A file that is no invite, or of a later version."""

    def __init__(self) -> None:
        super().__init__(
            "Dit bestand is geen uitnodiging van BREN Desktop, of van een nieuwere versie. Er is niets verstuurd. "
            "Kies het bestand dat uw collega u stuurde."
        )


class InviteTooOldError(UserFacingError):
    """The seven days are over."""

    def __init__(self) -> None:
        super().__init__(
            "Deze uitnodiging is verlopen. Er is niets verstuurd. Vraag uw collega om een nieuwe uitnodiging."
        )


class UsedInviteError(UserFacingError):
    """Somebody else came in on it."""

    def __init__(self) -> None:
        super().__init__(
            "Deze uitnodiging is al gebruikt voor een andere laptop; elke uitnodiging geldt één keer. Er is niets "
            "verstuurd. Vraag uw collega om een nieuwe uitnodiging."
        )


class AlreadyJoinedError(UserFacingError):
    """This profile is in, or belongs elsewhere."""

    def __init__(self) -> None:
        super().__init__(
            "Dit profiel doet al mee aan een netwerk en kan deze uitnodiging niet gebruiken. Er is niets veranderd. "
            "Maak voor een ander netwerk een nieuw profiel."
        )


class OutError(UserFacingError):
    """This profile was in, and is out."""

    def __init__(self) -> None:
        super().__init__(
            "Dit profiel deed mee aan een netwerk en is daar uit. Er is niets verstuurd. "
            "Maak een nieuw profiel met «bren init» en sluit daarmee aan."
        )


def opened(file: bytes, code: str, now_ms: int) -> InviteText:
    """What an invite offers. Raises a UserFacingError for a wrong code, another file, one too late, an odd folder."""
    try:
        text = invites.read_invite(file, codes.parse_code(code))
    except WrongCodeError as error:
        raise InvalidInputError(
            "De code past niet bij deze uitnodiging. Er is niets verstuurd. Controleer code en bestand met uw collega.",
            field=codes.CODE_FIELD,
        ) from error
    except FormatError as error:
        raise NoInviteError from error
    kinds = [one.kind for one in text.spaces]
    if kinds.count(SpaceKind.NETWORK) != 1 or len({one.space for one in text.spaces}) != len(kinds):
        raise NoInviteError
    if text.until_ms < now_ms:
        raise InviteTooOldError
    checked(text.place)
    return text


def asked(
    file: bytes, code: str, text: InviteText, held: Sequence[HeldSpace], actor: Actor
) -> tuple[Asking, Sequence[HeldSpace]]:
    """The request, and how the spaces are held until it is answered. Raises AlreadyJoinedError, OutError.

    Whoever asks again asks for the same devices: it does not matter which of the requests is answered.
    """
    if any(space.standing is Standing.OUT for space in held):
        raise OutError
    known = {space.id for space in held if space.standing is not Standing.ASKING}
    fresh = [_asking_space(text, at, held) for at, one in enumerate(text.spaces) if text_id(one.space) not in known]
    if not fresh or not _may_join(text, held):
        raise AlreadyJoinedError
    name, key = secrets.token_bytes(16), invites.request_key(codes.parse_code(code), text.id)
    devices = tuple(_device(space) for space in fresh)
    request = RequestText(name, digest_of(file), devices, actor.person, actor.name, actor.team)
    data = invites.request_file(request, text.id, key)
    promises = tuple(Promise(text_id(one.space), one.heads, one.seen) for one in text.spaces)
    said = words.words(data, key)
    asking = Asking(text.id, name, data, key, text.until_ms, said, text.to, text.role, actor.role, promises)
    return asking, fresh


def _may_join(text: InviteText, held: Sequence[HeldSpace]) -> bool:
    """Whether this profile is alone, or in just this network: the same founding, whatever the invite calls it."""
    invited = {text_id(one.space): one.founding for one in text.spaces}
    ours = [space for space in held if space.standing is Standing.MEMBER and space.kind is SpaceKind.NETWORK]
    if any(invited.get(space.id) != space.founding for space in ours):
        return False
    return not any(space.standing is Standing.ALONE and space.id in invited for space in held)


def _asking_space(text: InviteText, at: int, held: Sequence[HeldSpace]) -> HeldSpace:
    one = text.spaces[at]
    asked = Standing.ASKING, text_id(one.space), one.kind, text.network, one.founding
    before = (space for space in held if (space.standing, space.id, space.kind, space.network, space.founding) == asked)
    return next(before, None) or HeldSpace(
        text_id(one.space),
        one.kind,
        "",
        secrets.token_bytes(16),
        b"",
        Standing.ASKING,
        text.network,
        one.founding,
        new_key(),
        new_key(),
        home=False,
    )


def _device(space: HeldSpace) -> AskingDevice:
    return AskingDevice(
        byte_id(space.id), space.device, public_sign_key(space.sign_seed), public_box_key(space.box_seed)
    )


def arrived(place: Place, promise: Promise) -> HeldSpace | None:
    """The space as a member holds it, once we have a card and the key that is written with; None until then.

    Raises nothing for a share that shows less than was promised: it is waited for.
    """
    access.open_space(place)
    members, space = place.members, place.space
    card, found = members.card(space.device), members.found
    if card is None or found is None or members.role(space.device) is None or not members.knows(promise.heads):
        return None
    ours = (public_sign_key(space.sign_seed), public_box_key(space.box_seed))
    if (card.sign_key, card.box_key) != ours or found.kind is not space.kind:
        return None
    if members.epoch_to_write() not in place.keys:
        return None
    return replace(space, name=found.name, name_key=found.name_key, standing=Standing.MEMBER)
