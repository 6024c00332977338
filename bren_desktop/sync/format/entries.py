"""The entries of the membership log (docs/share-format.md §4), written and read. Nothing is judged here."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple, TypeVar

from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import Away, InviteTo
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.sync.format import names
from bren_desktop.sync.format.envelope import NO_DIGEST, Envelope, FileKind, SignedFile
from bren_desktop.sync.format.packing import FormatError, array, identity, number, pack, unpack
from bren_desktop.sync.format.pen import Pen

LONGEST_NAME = 500
THRESHOLD = 1
LARGEST_DEPTH = 999_999
CHECK_BYTES = 16
_LETTERS = re.compile("[A-Z]{2}")
Word = TypeVar("Word", bound=StrEnum)


class Action(StrEnum):
    """What an entry does."""

    FOUND = "found"
    INVITE = "invite"
    ADMIT = "admit"
    ROLE = "role"
    REVOKE = "revoke"
    EPOCH = "epoch"
    RENEW = "renew"
    ERASE = "erase"
    OPEN = "open"


class Card(NamedTuple):
    """A device and the person who works on it. Ids have 16 bytes, keys 32; `person` is 26 characters."""

    device: bytes
    sign_key: bytes
    box_key: bytes
    person: str
    name: str
    role: Role
    team: str
    letters: str

    def values(self) -> list[Any]:
        return [*self[:5], self.role.value, self.team, self.letters]


@dataclass(frozen=True, slots=True)
class Found:
    """The first entry of a space: its founder admits itself."""

    action: ClassVar[Action] = Action.FOUND
    kind: SpaceKind
    name: str
    name_key: bytes = field(repr=False)
    root_key: bytes
    card: Card
    check: bytes
    recovery: tuple[bytes, bytes] | None = None
    """The box keys of IT and of the coördinator."""

    def values(self) -> list[Any]:
        start = [self.kind.value, self.name, self.name_key, THRESHOLD, [self.root_key]]
        return [*start, self.card.values(), self.check, list(self.recovery or ())]


@dataclass(frozen=True, slots=True)
class Invite:
    """Somebody may ask to join, once; `boxes` are the request key for each admin's device."""

    action: ClassVar[Action] = Action.INVITE
    id: bytes
    boxes: tuple[tuple[bytes, bytes], ...]
    to: InviteTo
    role: Role
    until_ms: int

    def values(self) -> list[Any]:
        return [self.id, [list(box) for box in self.boxes], self.to.value, self.role.value, self.until_ms]


@dataclass(frozen=True, slots=True)
class Admit:
    """A device becomes a member."""

    action: ClassVar[Action] = Action.ADMIT
    card: Card
    invite: bytes

    def values(self) -> list[Any]:
        return [self.card.values(), self.invite]


@dataclass(frozen=True, slots=True)
class SetRole:
    """A device gets another role."""

    action: ClassVar[Action] = Action.ROLE
    device: bytes
    role: Role

    def values(self) -> list[Any]:
        return [self.device, self.role.value]


@dataclass(frozen=True, slots=True)
class Revoke:
    """A device is out; its chain stands up to `seq`, whose digest is given. Who leaves by itself names no epoch."""

    action: ClassVar[Action] = Action.REVOKE
    device: bytes
    seq: int
    digest: bytes
    why: Away
    epoch: bytes = b""
    check: bytes = b""

    def values(self) -> list[Any]:
        return [self.device, self.seq, self.digest, self.why.value, self.epoch, self.check]


@dataclass(frozen=True, slots=True)
class NewEpoch:
    """Another key from here on."""

    action: ClassVar[Action] = Action.EPOCH
    epoch: bytes
    check: bytes

    def values(self) -> list[Any]:
        return [self.epoch, self.check]


@dataclass(frozen=True, slots=True)
class Renew:
    """A restored or cloned laptop goes on as a new device; the chain of the old one stands up to `seq`."""

    action: ClassVar[Action] = Action.RENEW
    seq: int
    digest: bytes
    card: Card

    def values(self) -> list[Any]:
        return [self.seq, self.digest, self.card.values()]


@dataclass(frozen=True, slots=True)
class Erase:
    """One of the two who must ask for a case to be erased; `witnessed`, who asks it alone beside a witness."""

    action: ClassVar[Action] = Action.ERASE
    subject: bytes
    witnessed: bool = False

    def values(self) -> list[Any]:
        return [self.subject, True] if self.witnessed else [self.subject]


@dataclass(frozen=True, slots=True)
class Open:
    """Members are let into another space: for the device of each a box with what it needs there."""

    action: ClassVar[Action] = Action.OPEN
    boxes: tuple[tuple[bytes, bytes], ...]

    def values(self) -> list[Any]:
        return [[list(box) for box in self.boxes]]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something of a later version: kept, without effect."""

    action: str


Known = Found | Invite | Admit | SetRole | Revoke | NewEpoch | Renew | Erase | Open
Act = Known | Unknown


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its file says. `digest` is H(file), `n` its depth, `epoch` the one it is enveloped under."""

    digest: bytes
    n: int
    device: bytes
    epoch: bytes
    parents: tuple[bytes, ...]
    at_ms: int
    act: Act
    envelope: Envelope = field(repr=False)

    @property
    def card(self) -> Card | None:
        """The card of the device that this entry would let in."""
        return self.act.card if isinstance(self.act, Found | Admit | Renew) else None


def entry_file(pen: Pen, n: int, act: Known, parents: Sequence[bytes], at_ms: int) -> SignedFile:
    """The file of an entry at depth `n` = `next_n(parents)`."""
    text = pack([sorted(parents), at_ms, act.action.value, act.values()])
    return pen.sealed(FileKind.AUTH, text, seq=n)


def read_entry(envelope: Envelope, epoch_key: bytes) -> Entry:
    """What an auth file says; its signature is judged by the log. Raises FormatError."""
    header = envelope.header
    if header.kind is not FileKind.AUTH or header.prev != NO_DIGEST or header.seq > LARGEST_DEPTH:
        raise FormatError("not an auth entry")
    parents, at_ms, action, values = array(unpack(envelope.opened(epoch_key)), list, int, str, list)[:4]
    return Entry(
        envelope.digest,
        header.seq,
        header.device,
        header.epoch,
        _parents(parents, header.seq),
        number(at_ms),
        _act(action, values),
        envelope,
    )


def _parents(value: list[Any], n: int) -> tuple[bytes, ...]:
    parents = tuple(identity(parent, 32) for parent in value)
    if any(one >= other for one, other in itertools.pairwise(parents)) or bool(parents) != bool(n):
        raise FormatError("parents")
    return parents


def _act(action: str, values: list[Any]) -> Act:
    reader = _READERS.get(action)
    return reader(values) if reader else Unknown(action)


def _found(values: list[Any]) -> Found:
    kind, name, name_key, threshold, roots, card, check, recovery = array(
        values, str, str, bytes, int, list, list, bytes, list
    )[:8]
    if threshold != THRESHOLD:
        raise FormatError("threshold")
    return Found(
        member(SpaceKind, kind),
        line(name),
        identity(name_key, 32),
        identity(array(roots, bytes)[0], 32),
        read_card(card),
        identity(check, CHECK_BYTES),
        _recovery(recovery),
    )


def _recovery(value: list[Any]) -> tuple[bytes, bytes] | None:
    if not value:
        return None
    first, second = array(value, bytes, bytes)[:2]
    return identity(first, 32), identity(second, 32)


def _invite(values: list[Any]) -> Invite:
    invite, boxes, to, role, until_ms = array(values, bytes, list, str, str, int)[:5]
    return Invite(identity(invite), _boxes(boxes), member(InviteTo, to), member(Role, role), number(until_ms))


def _boxes(value: list[Any]) -> tuple[tuple[bytes, bytes], ...]:
    pairs = [array(pair, bytes, bytes)[:2] for pair in value]
    return tuple((identity(device), box) for device, box in pairs)


def _admit(values: list[Any]) -> Admit:
    card, invite = array(values, list, bytes)[:2]
    return Admit(read_card(card), identity(invite))


def _role(values: list[Any]) -> SetRole:
    device, role = array(values, bytes, str)[:2]
    return SetRole(identity(device), member(Role, role))


def _revoke(values: list[Any]) -> Revoke:
    device, seq, digest, why, epoch, check = array(values, bytes, int, bytes, str, bytes, bytes)[:6]
    if epoch or check:
        identity(epoch), identity(check, CHECK_BYTES)
    return Revoke(identity(device), number(seq), identity(digest, 32), member(Away, why), epoch, check)


def _epoch(values: list[Any]) -> NewEpoch:
    epoch, check = array(values, bytes, bytes)[:2]
    return NewEpoch(identity(epoch), identity(check, CHECK_BYTES))


def _renew(values: list[Any]) -> Renew:
    seq, digest, card = array(values, int, bytes, list)[:3]
    return Renew(number(seq), identity(digest, 32), read_card(card))


def _erase(values: list[Any]) -> Erase:
    return Erase(identity(array(values, bytes)[0]), len(values) > 1 and values[1] is True)


def _open(values: list[Any]) -> Open:
    return Open(_boxes(array(values, list)[0]))


_READERS: Mapping[str, Callable[[list[Any]], Act]] = {
    Action.FOUND: _found,
    Action.INVITE: _invite,
    Action.ADMIT: _admit,
    Action.ROLE: _role,
    Action.REVOKE: _revoke,
    Action.EPOCH: _epoch,
    Action.RENEW: _renew,
    Action.ERASE: _erase,
    Action.OPEN: _open,
}


def read_card(value: list[Any]) -> Card:
    """The card in an array. Raises FormatError."""
    device, sign_key, box_key, person, name, role, team, letters = array(
        value, bytes, bytes, bytes, str, str, str, str, str
    )[:8]
    if not _LETTERS.fullmatch(letters):
        raise FormatError("letters")
    return Card(
        identity(device),
        identity(sign_key, 32),
        identity(box_key, 32),
        person_id(person),
        line(name),
        member(Role, role),
        line(team),
        letters,
    )


def person_id(value: str) -> str:
    """`value` as the id of a person. Raises FormatError."""
    try:
        names.byte_id(value)
    except ValueError as error:
        raise FormatError("not an id") from error
    return value


def line(value: str) -> str:
    """`value` as a name: one short line without anything that cannot be seen. Raises FormatError."""
    if not value or len(value) > LONGEST_NAME or not value.isprintable() or value != value.strip():
        raise FormatError("not a name")
    return value


def member(kinds: type[Word], value: str) -> Word:
    """`value` as one of `kinds`. Raises FormatError."""
    try:
        return kinds(value)
    except ValueError as error:
        raise FormatError("unknown word") from error
