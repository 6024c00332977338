"""Random histories of a space's membership, honest and patched, as files: what `Log` and the program both judge."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st

from tests.sync.independent import forge
from tests.sync.independent.forge import Pen
from tests.sync.independent.reader import Entry

NETWORK, SPACE, KEY = b"n" * 16, b"s" * 16, bytes(32)
EPOCH = forge.epoch_check(SPACE, KEY)
ROLES = ("voorzitter", "plaatsvervanger", "secretaris", "lid", "privacy")
ACTIONS = ("invite", "admit", "admit", "role", "revoke", "revoke", "epoch", "renew", "erase", "later")


def made(number: int, length: int, of: str) -> bytes:
    return hashlib.shake_256(f"{of} {number}".encode()).digest(length)


class History:
    """Entries that are there so far, by hash; each with its file."""

    def __init__(self) -> None:
        self.pens: list[Pen] = []
        self.entries: dict[bytes, Entry] = {}
        self.files: dict[bytes, bytes] = {}
        self.invites: list[tuple[bytes, str]] = []

    def __repr__(self) -> str:
        """One line an entry: number, depth, start of the hash, who, on what, what."""
        names = {pen.device: f"d{i}" for i, pen in enumerate(self.pens)}
        at = {h: i for i, h in enumerate(self.entries)}
        said = []
        for e in self.entries.values():
            on = sorted(at[parent] for parent in e.parents)
            what = [_said(value, names) for value in e.values]
            said.append(
                f"{at[e.hash]}: n{e.n} {e.hash.hex()[:4]} by {names[e.device]} on {on} at {e.at} {e.action} {what}"
            )
        return "\n" + "\n".join(said)

    @property
    def founding(self) -> bytes:
        return next(iter(self.entries))

    def pen(self, role: str, person: int | None = None) -> Pen:
        n = len(self.pens)
        device, sign, box = made(n, 16, "device"), made(n, 32, "sign"), made(n, 32, "box")
        who = n if person is None else person
        pen = Pen(NETWORK, SPACE, device, sign, box, forge.base32(made(who, 16, "person")), f"N{who}", role)
        self.pens.append(pen)
        return pen

    def add(self, pen: Pen, parents: list[bytes], at: int, action: str, values: list[Any]) -> None:
        n = 1 + max((self.entries[parent].n for parent in parents), default=-1)
        data = pen.entry(EPOCH, KEY, n, parents, at, action, values, made(len(self.entries), 24, "nonce"))
        self.files[forge.sha(data)] = data
        self.entries[forge.sha(data)] = Entry(
            forge.sha(data), n, pen.device, EPOCH, sorted(parents), at, action, values
        )

    def found(self) -> None:
        pen = self.pen("voorzitter")
        self.add(pen, [], 0, "found", ["team", "HGL", bytes(32), 1, [pen.sign_key], pen.card(), EPOCH, []])

    def under(self, parents: list[bytes]) -> set[bytes]:
        return set(parents).union(*(self.under(self.entries[parent].parents) for parent in parents))


def _said(value: Any, names: dict[bytes, str]) -> Any:
    if isinstance(value, list | tuple):
        return [_said(part, names) for part in value]
    if isinstance(value, bytes):
        return names.get(value, value.hex()[:4])
    return value


@st.composite
def histories(draw: st.DrawFn, most: int = 14, *, in_line: bool = False) -> History:
    """A founding and some entries by anybody, on whatever they chose to know; `in_line`: of their own entries all."""
    history = History()
    history.found()
    for role in draw(st.lists(st.sampled_from(ROLES), max_size=4)):
        welcome(history, role)
    for _ in range(draw(st.integers(1, most))):
        _step(draw, history, honest=in_line)
    return history


def welcome(history: History, role: str) -> None:
    """The founder lets somebody in, as it should be."""
    founder, number = history.pens[0], len(history.entries)
    invite, last = made(number, 16, "invite"), [*history.entries][-1]
    history.invites.append((invite, role))
    history.add(founder, [last], 1, "invite", [invite, [], "team", role, 3])
    history.add(founder, [[*history.entries][-1]], 1, "admit", [history.pen(role).card(), invite])


def _step(draw: st.DrawFn, history: History, *, honest: bool) -> None:
    pen = draw(st.sampled_from(history.pens))
    action = draw(st.sampled_from(ACTIONS))
    parents = _parents(draw, history, pen, honest=honest)
    at = draw(st.integers(0, 3))
    values = _values(draw, history, pen, action)
    history.add(pen, parents, at, action, values)


def _parents(draw: st.DrawFn, history: History, pen: Pen, *, honest: bool) -> list[bytes]:
    """Heads of some part of the log; mostly with the signer's own entries in it."""
    known = list(history.entries)
    some = set(draw(st.lists(st.sampled_from(known), min_size=1, max_size=3)))
    if honest or draw(st.integers(0, 5)):
        some |= {h for h in known if history.entries[h].device == pen.device}
    if draw(st.booleans()):
        some = set(known)
    heads = set(some)
    for one in some:
        heads -= history.under(history.entries[one].parents)
    return sorted(heads)


def _values(draw: st.DrawFn, history: History, pen: Pen, action: str) -> list[Any]:
    other = draw(st.sampled_from(history.pens))
    role = draw(st.sampled_from(ROLES))
    number = len(history.entries)
    epoch = made(number, 16, "epoch")
    if action == "invite":
        invite = made(number, 16, "invite")
        history.invites.append((invite, role))
        return [invite, [], "team", role, draw(st.integers(1, 3))]
    if action == "admit":
        invite, asked = draw(st.sampled_from([(bytes(16), role), *history.invites[::-1]]))
        new = history.pen(asked if draw(st.integers(0, 5)) else role, draw(st.none() | st.integers(0, 2)))
        return [new.card(), invite]
    if action == "renew":
        history.pens.append(replace(pen, device=made(number, 16, "again"), sign_seed=made(number, 32, "again")))
        return [draw(st.integers(0, 3)), made(number, 32, "last"), history.pens[-1].card()]
    left: dict[str, list[Any]] = {
        "role": [other.device, role],
        "revoke": [
            other.device,
            draw(st.integers(0, 3)),
            made(number, 32, "last"),
            *draw(st.sampled_from([("revoked", epoch, epoch), ("left", b"", b"")])),
        ],
        "epoch": [epoch, draw(st.sampled_from([epoch, epoch, EPOCH]))],
        "erase": [made(draw(st.integers(0, 1)), 16, "case"), True][: draw(st.integers(1, 2))],
        "later": ["?"],
    }
    return left[action]
