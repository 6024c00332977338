"""A team of which a test writes every file, the same bytes each time: a scene that was found can be run again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nacl.public import PrivateKey

from tests.sync.independent import forge
from tests.sync.independent.forge import Pen
from tests.sync.independent.histories import made

NETWORK, SPACE = made(0, 16, "network"), made(0, 16, "space")
ENTITY = forge.base32(made(0, 16, "entity"))
NONE = bytes(32)
ROLES = {
    "noor": "voorzitter",
    "ali": "plaatsvervanger",
    "bo": "secretaris",
    "cas": "secretaris",
    "pia": "privacy",
    "eye": "lid",
}
"""Who is in since the founding; `eye` is the laptop that only looks."""

Dot = tuple[bytes, int]


class Epoch(NamedTuple):
    """An epoch with its key."""

    id: bytes
    key: bytes

    @classmethod
    def of(cls, name: str) -> Epoch:
        key = made(0, 32, f"epoch {name}")
        return cls(forge.epoch_check(SPACE, key), key)


FIRST = Epoch.of("first")


def box_seed(name: str) -> bytes:
    return made(0, 32, f"box of {name}")


def pen_of(name: str) -> Pen:
    """A number behind a name is another device of the same person."""
    person = name.rstrip("2")
    number = [*ROLES].index(person)
    secrets = made(0, 16, f"device {name}"), made(0, 32, f"sign {name}"), bytes(PrivateKey.from_seed(box_seed(name)))
    id16 = forge.base32(made(number, 16, "person"))
    return Pen(NETWORK, SPACE, *secrets, id16, person.title(), ROLES[person], "HGL", f"A{chr(65 + number)}")


PENS = {name: pen_of(name) for name in [*ROLES, "ali2", "bo2", "cas2"]}
NAMES = {pen.device: name for name, pen in PENS.items()}


class Piece(NamedTuple):
    """A file, and of a segment where it lies and the dots of its parcels."""

    data: bytes
    hash: bytes
    device: bytes = b""
    seq: int = 0
    dots: tuple[Dot, ...] = ()
    next: int = 1

    @property
    def seen(self) -> list[Any]:
        """How others name this segment."""
        return [self.device, self.seq, self.hash[:8]]


class Change(NamedTuple):
    """One field written in place of the versions with these dots: of the team's settings, or about a case."""

    value: str
    replaces: tuple[Dot, ...] = ()
    field: str = "naam"
    kind: str = "team"
    entity: str = ENTITY
    subject: bytes = b""


@dataclass
class Log:
    """The entries of the membership log, one after the other."""

    files: list[bytes] = field(default_factory=list)
    depths: dict[bytes, int] = field(default_factory=dict)

    def enter(self, name: str, parents: Sequence[bytes], action: str, *values: Any) -> Piece:
        n = 1 + max((self.depths[parent] for parent in parents), default=-1)
        nonce = forge.sha(forge.pack([name, sorted(parents), action, list(values)]))[:24]
        data = PENS[name].entry(*FIRST, n, parents, 1, action, list(values), nonce)
        self.files.append(data)
        self.depths[forge.sha(data)] = n
        return Piece(data, forge.sha(data))

    def revoke(
        self, name: str, parents: Sequence[bytes], of: str, seq: int, last: bytes, why: str = "revoked"
    ) -> Piece:
        """Take a device out after its segment `last`; the key of the new epoch is never told."""
        check = b"" if why == "left" else Epoch.of(f"{name} {of} {seq} {last.hex()}").id
        return self.enter(name, parents, "revoke", PENS[of].device, seq, last, why, check, check)


def founded() -> tuple[Log, Piece]:
    """The log with everybody in, and its last entry."""
    log, noor = Log(), PENS["noor"]
    values = ["team", "HGL", bytes(32), 1, [noor.sign_key], noor.card(), FIRST.id, []]
    last = log.enter("noor", [], "found", *values)
    for name in [*ROLES][1:]:
        invite = made(0, 16, f"invite {name}")
        asked = log.enter("noor", [last.hash], "invite", invite, [], "team", ROLES[name], 9)
        last = log.enter("noor", [asked.hash], "admit", PENS[name].card(), invite)
    return log, last


_LOG, LAST = founded()
FOUNDING = forge.sha(_LOG.files[0])
HEADS = (LAST.hash,)
"""What every segment names that was written before anything else was entered."""


def team_log() -> Log:
    """The log with everybody in, to go on with."""
    return Log(list(_LOG.files), dict(_LOG.depths))


def key_file(epoch: Epoch, name: str = "noor") -> Piece:
    """The boxes with an epoch's key; no two calls give the same bytes."""
    data = PENS[name].key_file(*epoch, [(pen.device, pen.box_key) for pen in PENS.values()])
    return Piece(data, forge.sha(data))


def case_key(subject: bytes) -> bytes:
    return forge.sha(subject)


def bundle(*subjects: bytes) -> Piece:
    """The keys of these cases."""
    sealed = forge.pack([[subject, case_key(subject)] for subject in subjects])
    data = PENS["noor"].sealed(b"C", sealed, *FIRST, nonce=made(0, 24, sealed.hex()))
    return Piece(data, forge.sha(data))


def segment(  # noqa: PLR0913  each of them can be made wrong
    name: str,
    changes: Sequence[Change] = (),
    *,
    after: Piece | None = None,
    seen: Sequence[Piece | list[Any]] = (),
    heads: Sequence[bytes] = HEADS,
    gap: int = 0,
    below: bytes = b"\xff" * 32,
    salt: int = 0,
    role: str = "",
    epoch: Epoch = FIRST,
    **more: Any,
) -> Piece:
    """A segment after another one, with a hash below that one; `gap` is how far its counters leap."""
    pen = PENS[name]
    seq, prev, first = (after.seq + 1, after.hash, after.next + gap) if after else (1, NONE, 1 + gap)
    parcels = [_parcel(pen, number, change, role or pen.role) for number, change in enumerate(changes, first)]
    more["seen"] = sorted(one.seen if isinstance(one, Piece) else one for one in seen)
    while True:
        nonce = made(salt, 24, f"nonce {name} {seq} {prev.hex()}")
        data = pen.segment(*epoch, seq, prev, parcels, first=first, heads=heads, nonce=nonce, **more)
        if forge.sha(data) < below:
            own = tuple((pen.device, first + number) for number in range(len(parcels)))
            return Piece(data, forge.sha(data), pen.device, seq, own, first + len(parcels))
        salt += 1


def _parcel(pen: Pen, counter: int, change: Change, role: str) -> tuple[bytes, bytes]:
    row = [change.field, "", change.value, [list(dot) for dot in change.replaces]]
    author = [pen.person, pen.name, role]
    operation = pen.operation(counter, change.kind, change.entity, [row], clock=counter, author=author)
    more: Mapping[str, Any] = {}
    if change.subject:
        more = {"case_key": case_key(change.subject), "nonce": made(counter, 24, f"parcel {pen.name} {change}")}
    return pen.parcel(counter, change.subject, operation, **more)
