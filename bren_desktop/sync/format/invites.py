"""Invite and request (docs/share-format.md §7): both sealed under the one-time code, which travels another way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bren_desktop.crypto.derive import hkdf
from bren_desktop.crypto.seal import NONCE_BYTES, TAG_BYTES, box, new_nonce, seal, unbox, unseal
from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.sync.format.entries import line, member, person_id
from bren_desktop.sync.format.envelope import FORMAT, MAGIC, IncompleteError, TooNewError
from bren_desktop.sync.format.packing import FormatError, array, identity, number, pack, unpack
from bren_desktop.sync.format.segments import Seen, read_seen, seen_values

LARGEST_FILE = 1024 * 1024
MOST_SPACES = 100
_INVITE = MAGIC + b"I" + bytes([FORMAT])
_REQUEST = MAGIC + b"J" + bytes([FORMAT])
_ID_BYTES = 16


class WrongCodeError(FormatError):
    """Another code, or bytes that were tampered with: which of the two cannot be told."""


class InvitedSpace(NamedTuple):
    """A space to join, as the inviter knew it: nobody can serve a newcomer an older world."""

    space: bytes
    founding: bytes
    heads: tuple[bytes, ...]
    seen: tuple[Seen, ...]
    kind: SpaceKind


@dataclass(frozen=True, slots=True)
class InviteText:
    """What an invite file says. `place` is hostile until `places.checked`."""

    id: bytes
    network: bytes
    place: str
    spaces: tuple[InvitedSpace, ...]
    inviter: str
    role: Role
    to: InviteTo
    until_ms: int


class AskingDevice(NamedTuple):
    """The device that somebody would have in a space."""

    space: bytes
    device: bytes
    sign_key: bytes
    box_key: bytes


@dataclass(frozen=True, slots=True)
class RequestText:
    """What a request to join says; `invite_file` is the digest of the invite file that it answers."""

    id: bytes
    invite_file: bytes
    devices: tuple[AskingDevice, ...]
    person: str
    name: str
    team: str


def digest(file: bytes) -> bytes:
    """H(file)."""
    return hashlib.sha256(file).digest()


def request_key(code: bytes, invite: bytes) -> bytes:
    """The key that requests on an invite are sealed under; the code cannot be found from it."""
    return hkdf(code, salt=invite, info=b"bren/request/v1")


def boxed_for(key: bytes, box_keys: Sequence[tuple[bytes, bytes]]) -> tuple[tuple[bytes, bytes], ...]:
    """A request key for the admins' devices: (device, box key) in, (device, box) out."""
    return tuple((device, box(key, box_key)) for device, box_key in sorted(box_keys))


def unboxed(boxes: Sequence[tuple[bytes, bytes]], seeds: Mapping[bytes, bytes]) -> bytes | None:
    """The request key, where there is a box for one of these devices."""
    found = (unbox(boxed, seeds[device]) for device, boxed in boxes if device in seeds)
    return next((key for key in found if key is not None and len(key) == 32), None)


def invite_file(text: InviteText, code: bytes) -> bytes:
    """The invite under its code."""
    spaces = [
        [one.space, one.founding, sorted(one.heads), seen_values(one.seen), one.kind.value] for one in text.spaces
    ]
    packed = pack(
        [text.id, text.network, text.place, spaces, text.inviter, text.role.value, text.to.value, text.until_ms]
    )
    nonce = new_nonce()
    return b"".join((_INVITE, nonce, seal(packed, _invite_key(code), nonce=nonce, associated=_INVITE)))


def read_invite(file: bytes, code: bytes) -> InviteText:
    """What an invite says. Raises WrongCodeError, or another FormatError for what is no invite at all."""
    _check(file, _INVITE, len(_INVITE) + NONCE_BYTES)
    at = len(_INVITE)
    packed = unseal(file[at + NONCE_BYTES :], _invite_key(code), nonce=file[at : at + NONCE_BYTES], associated=_INVITE)
    if packed is None:
        raise WrongCodeError("does not open")
    return _invite(unpack(packed))


def request_file(text: RequestText, invite: bytes, key: bytes) -> bytes:
    """The request on an invite, under the request key."""
    packed = pack([text.id, text.invite_file, [list(one) for one in text.devices], text.person, text.name, text.team])
    start = _REQUEST + invite + new_nonce()
    return start + seal(packed, key, nonce=start[-NONCE_BYTES:], associated=start)


def requested_invite(file: bytes) -> bytes:
    """The id of the invite that a request says it answers. Raises FormatError, IncompleteError or TooNewError."""
    _check(file, _REQUEST, len(_REQUEST) + _ID_BYTES + NONCE_BYTES)
    return file[len(_REQUEST) : len(_REQUEST) + _ID_BYTES]


def read_request(file: bytes, key: bytes) -> RequestText:
    """What a request says. Raises WrongCodeError, or another FormatError for what is no request at all."""
    requested_invite(file)
    at = len(_REQUEST) + _ID_BYTES + NONCE_BYTES
    packed = unseal(file[at:], key, nonce=file[at - NONCE_BYTES : at], associated=file[:at])
    if packed is None:
        raise WrongCodeError("does not open")
    return _request(unpack(packed))


def _invite_key(code: bytes) -> bytes:
    return hkdf(code, salt=b"", info=b"bren/invite/v1")


def _check(file: bytes, start: bytes, body_at: int) -> None:
    if not file.startswith(start[: min(len(file), len(start) - 1)]) or len(file) > LARGEST_FILE:
        raise FormatError("another kind of file, or too large")
    if len(file) < body_at + TAG_BYTES:
        raise IncompleteError("no body")
    if file[len(start) - 1] != FORMAT:
        raise TooNewError("format")


def _invite(value: Any) -> InviteText:
    invite, network, place, spaces, inviter, role, to, until_ms = array(
        value, bytes, bytes, str, list, str, str, str, int
    )[:8]
    return InviteText(
        identity(invite),
        identity(network),
        place,
        tuple(_invited_space(space) for space in _few(spaces)),
        line(inviter),
        member(Role, role),
        member(InviteTo, to),
        number(until_ms),
    )


def _invited_space(value: Any) -> InvitedSpace:
    space, founding, heads, seen, kind = array(value, bytes, bytes, list, list, str)[:5]
    return InvitedSpace(
        identity(space),
        identity(founding, 32),
        tuple(identity(head, 32) for head in heads),
        read_seen(seen),
        member(SpaceKind, kind),
    )


def _request(value: Any) -> RequestText:
    request, file, devices, person, name, team = array(value, bytes, bytes, list, str, str, str)[:6]
    return RequestText(
        identity(request),
        identity(file, 32),
        tuple(_asking(device) for device in _few(devices)),
        person_id(person),
        line(name),
        line(team),
    )


def _asking(value: Any) -> AskingDevice:
    space, device, sign_key, box_key = array(value, bytes, bytes, bytes, bytes)[:4]
    return AskingDevice(identity(space), identity(device), identity(sign_key, 32), identity(box_key, 32))


def _few(value: list[Any]) -> list[Any]:
    if len(value) > MOST_SPACES:
        raise FormatError("too many")
    return value
