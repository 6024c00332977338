"""Membership is a function of the set of entries: the order of arrival does not matter, and some things only grow."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bren_desktop.domain.actors import Role
from bren_desktop.sync.format.entries import Entry, Erase, Invite
from bren_desktop.sync.membership.erasures import by_two
from bren_desktop.sync.membership.members import Membership
from tests.sync.members.spaces import Laptop, Space

PEOPLE = (
    Laptop("anna", Role.VOORZITTER, "AA"),
    Laptop("bram", Role.PLAATSVERVANGER, "AB"),
    Laptop("cato", Role.PRIVACY, "AB"),
    Laptop("dirk", Role.SECRETARIS, "AC"),
    Laptop("ella", Role.VOORZITTER, "AC"),
)
AGAIN = tuple(Laptop(f"{one.name} again", one.role, one.letters, person=one.name) for one in PEOPLE)
CASES = (b"first case......", b"second case.....")


def below(entries: Sequence[Entry], tops: Iterable[Entry]) -> set[bytes]:
    by_digest = {entry.digest: entry for entry in entries}
    found: set[bytes] = set()
    todo = [top.digest for top in tops]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += by_digest[one].parents
    return found


def tops(entries: Sequence[Entry]) -> list[Entry]:
    rested_on = {parent for entry in entries for parent in entry.parents}
    return [entry for entry in entries if entry.digest not in rested_on]


def step(draw: st.DrawFn, space: Space) -> None:
    """Anybody does anything, on top of any part of what there is; mostly of their own entries too."""
    by, whom = draw(st.sampled_from(PEOPLE + AGAIN[:2])), draw(st.sampled_from(PEOPLE))
    known = draw(st.lists(st.sampled_from(space.entries), min_size=1, max_size=3, unique_by=lambda one: one.digest))
    if draw(st.integers(0, 4)):
        known += [entry for entry in space.entries if entry.device == by.device]
    if draw(st.booleans()):
        known = list(space.entries)
    here = below(space.entries, known)
    on = tops([entry for entry in space.entries if entry.digest in here])
    invites = [entry for entry in space.entries if isinstance(entry.act, Invite)]
    acts: dict[str, Callable[[], object]] = {
        "admit": lambda: space.admit(by, whom, on),
        "again": lambda: space.admit_by(by, whom, draw(st.sampled_from(invites)), on) if invites else None,
        "role": lambda: space.set_role(by, whom, draw(st.sampled_from(Role)), on),
        "revoke": lambda: space.revoke(by, whom, on, seq=draw(st.integers(0, 3))),
        "leave": lambda: space.leave(by, on),
        "rotate": lambda: space.rotate(by, on),
        "renew": lambda: space.renew(by, AGAIN[PEOPLE.index(whom)], on),
        "erase": lambda: space.erase(by, draw(st.sampled_from(CASES)), on),
        "alone": lambda: space.erase(by, space.fresh("case"), on, witnessed=True),
    }
    acts[draw(st.sampled_from(sorted(acts)))]()


@st.composite
def spaces(draw: st.DrawFn) -> Space:
    """A space of up to four members in which anything happened."""
    space = Space()
    space.found(PEOPLE[0])
    for one in PEOPLE[1 : draw(st.integers(1, 4))]:
        space.admit(PEOPLE[0], one)
    for _ in range(draw(st.integers(1, 12))):
        step(draw, space)
    return space


def everything(members: Membership) -> object:
    """All that a membership says."""
    devices = sorted(members.cards)
    return (
        members.heads,
        dict(members.cards),
        [
            (
                members.role(one),
                members.letters(one),
                members.cut(one),
                members.ways_out(one),
                members.renewed_as(one),
                [members.role_at(one, [head]) for head in sorted(members.entries)],
            )
            for one in devices
        ],
        (members.epoch_to_write(), members.epochs),
        (members.erased, dict(members.erase_asked), dict(members.invites), members.used_invites),
        [digest for digest in members.entries if members.counts(digest)],
        sorted(entry.digest for entry in members.unplaced),
    )


@given(spaces(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_arrival_does_not_matter(space: Space, chance: random.Random) -> None:
    other = space.entries + chance.sample(space.entries, len(space.entries) // 2)
    chance.shuffle(other)
    assert everything(Membership.of(space.founding, other)) == everything(space.members)


@given(spaces(), st.data())
@settings(max_examples=40)
def test_what_an_entry_may_by_its_ancestors_is_never_taken_back(space: Space, data: st.DataObject) -> None:
    """Places, halves of erasures and keys to read by only grow as entries come in, part by part."""
    order = data.draw(st.permutations(space.entries))
    half = Membership.of(space.founding, order[: len(order) // 2])
    whole = space.members
    assert half.entries.keys() <= whole.entries.keys()
    assert {subject for subject, asked in half.halves.items() if by_two(asked)} <= whole.erased
    assert half.epochs <= whole.epochs
    for device, asked in half.erase_asked.items():
        assert asked <= whole.erase_asked[device]


@given(spaces())
@settings(max_examples=80)
def test_beside_a_witness_nobody_takes_a_case_from_a_colleague(space: Space) -> None:
    """Whatever the signer says to have known: who is in came in on top of it."""
    members = space.members
    came = {entry.card.device: entry for entry in space.entries if entry.card and members.counts(entry.digest)}
    for entry in space.entries:
        if isinstance(entry.act, Erase) and entry.act.subject in members.erased - set(CASES):
            for device in members.inside - {entry.device}:
                assert entry.digest in below(space.entries, [came[device]])


@given(spaces())
@settings(max_examples=60)
def test_what_hangs_in_the_air_changes_nothing(space: Space) -> None:
    for left_out in space.entries[1:3]:
        rest = [entry for entry in space.entries if entry is not left_out]
        members = Membership.of(space.founding, rest)
        placed = [entry for entry in rest if entry.digest in members.entries]
        again = Membership.of(space.founding, placed)
        assert (again.heads, dict(again.cards), again.inside) == (members.heads, dict(members.cards), members.inside)


@given(spaces())
@settings(max_examples=60)
def test_there_is_always_sense_in_it(space: Space) -> None:
    members = space.members
    assert members.knows(members.heads)
    letters = [members.letters(one) for one in members.cards if members.renewed_as(one) is None]
    assert len(letters) == len(set(letters))
    for device in members.cards:
        out = bool(members.ways_out(device))
        assert (members.role(device) is None) == out
        assert (members.cut(device) is not None) == out
    if members.epoch_to_write() is not None:
        assert members.epoch_to_write() in members.epochs


@given(spaces())
@settings(max_examples=60)
def test_who_has_never_been_an_admin_changes_nobody(space: Space) -> None:
    """Take away all that those did who never had the right, and the rest says the same."""
    members = space.members
    powerless = {
        one.device
        for one in PEOPLE + AGAIN
        if all(
            members.role_at(one.device, [head]) not in {Role.VOORZITTER, Role.PLAATSVERVANGER}
            for head in members.entries
        )
    }
    assume(powerless)
    for entry in space.entries:
        if entry.device in powerless and entry.digest in members.entries and members.counts(entry.digest):
            assert entry.act.__class__.__name__ in {"Erase", "Renew", "Revoke"}
