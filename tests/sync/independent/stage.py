"""A team of which a test writes every file, the same bytes each time: a scene that was found can be run again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nacl.public import PrivateKey

from tests.sync.independent import forge
from tests.sync.independent.forge import Pen
from tests.sync.independent.histories import made

NETWORK, SPACE, KEY = made(0, 16, "network"), made(0, 16, "space"), made(0, 32, "epoch key")
EPOCH = forge.epoch_check(SPACE, KEY)
ENTITY = forge.base32(made(0, 16, "entity"))
NONE = bytes(32)
ROLES = {"noor": "voorzitter", "ali": "plaatsvervanger", "bo": "secretaris", "cas": "secretaris", "eye": "lid"}
"""Who is in; `eye` is the laptop that only looks."""

Dot = tuple[bytes, int]


def box_seed(name: str) -> bytes:
    return made([*ROLES].index(name), 32, "box")


def pen_of(name: str) -> Pen:
    number = [*ROLES].index(name)
    private = bytes(PrivateKey.from_seed(box_seed(name)))
    secrets = made(number, 16, "device"), made(number, 32, "sign"), private
    person = forge.base32(made(number, 16, "person"))
    return Pen(NETWORK, SPACE, *secrets, person, name.title(), ROLES[name], "HGL", f"A{chr(65 + number)}")


PENS = {name: pen_of(name) for name in ROLES}


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
    """One field of the team's settings written, in place of the versions with these dots."""

    value: str
    replaces: tuple[Dot, ...] = ()
    field: str = "naam"


@dataclass
class Log:
    """The entries of the membership log, one after the other."""

    files: list[bytes] = field(default_factory=list)
    depths: dict[bytes, int] = field(default_factory=dict)

    def enter(self, name: str, parents: Sequence[bytes], action: str, *values: Any) -> Piece:
        n = 1 + max((self.depths[parent] for parent in parents), default=-1)
        said = forge.pack([name, sorted(parents), action, list(values)])
        nonce = forge.sha(said)[:24]
        data = PENS[name].entry(EPOCH, KEY, n, parents, 1, action, list(values), nonce)
        self.files.append(data)
        self.depths[forge.sha(data)] = n
        return Piece(data, forge.sha(data))

    def revoke(
        self, name: str, parents: Sequence[bytes], of: str, seq: int, last: bytes, why: str = "revoked"
    ) -> Piece:
        """Take a device out after its segment `last`; the new epoch's key is never told."""
        check = b"" if why == "left" else forge.epoch_check(SPACE, forge.sha(forge.pack([name, of, seq, last])))
        return self.enter(name, parents, "revoke", PENS[of].device, seq, last, why, check, check)


def founded() -> tuple[Log, Piece]:
    """The log with everybody in, and its last entry."""
    log, noor = Log(), PENS["noor"]
    values = ["team", "HGL", bytes(32), 1, [noor.sign_key], noor.card(), EPOCH, []]
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


def key_file() -> bytes:
    """The boxes with the epoch's key; no two calls give the same bytes."""
    boxes = [(pen.device, pen.box_key) for pen in PENS.values()]
    return PENS["noor"].key_file(EPOCH, KEY, boxes)


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
    **more: Any,
) -> Piece:
    """A segment after another one, with a hash below that one; `gap` is how far its counters leap."""
    pen = PENS[name]
    seq, prev, first = (after.seq + 1, after.hash, after.next + gap) if after else (1, NONE, 1 + gap)
    author = [pen.person, pen.name, role or pen.role]
    parcels = []
    for counter, change in enumerate(changes, first):
        row = [change.field, "", change.value, [list(dot) for dot in change.replaces]]
        operation = pen.operation(counter, "team", ENTITY, [row], clock=counter, author=author)
        parcels.append(pen.parcel(counter, b"", operation))
    named = sorted(one.seen if isinstance(one, Piece) else one for one in seen)
    while True:
        nonce = made(salt, 24, f"nonce {name} {seq} {prev.hex()}")
        data = pen.segment(EPOCH, KEY, seq, prev, parcels, first=first, seen=named, heads=heads, nonce=nonce, **more)
        if forge.sha(data) < below:
            dots = tuple((pen.device, first + number) for number in range(len(parcels)))
            return Piece(data, forge.sha(data), pen.device, seq, dots, first + len(parcels))
        salt += 1
