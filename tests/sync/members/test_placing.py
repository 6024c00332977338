"""Rule 1, first half: an entry counts with all its parents, at its depth, and truly signed (share-format §4)."""

from __future__ import annotations

from dataclasses import replace

from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import InviteTo
from bren_desktop.sync.format.entries import Admit, Entry, Invite, Unknown, entry_file, read_entry
from bren_desktop.sync.format.envelope import FileKind, parse
from bren_desktop.sync.format.packing import pack
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.membership.members import Membership
from tests.sync.members.spaces import WEEK_MS, Laptop, Space


def pen(of: Space, by: Laptop, **changed: bytes) -> Pen:
    made = Pen(of.network, of.id, by.device, by.sign_seed, of.epoch, of.epoch_key)
    return replace(made, **changed)


def written(space: Space, pen: Pen, n: int, parents: list[bytes], invite: bytes = bytes(16)) -> Entry:
    act = Invite(invite, (), InviteTo.TEAM, Role.LID, space.now_ms + WEEK_MS)
    return read_entry(parse(entry_file(pen, n, act, parents, space.now_ms).data), space.epoch_key)


def test_a_space_has_its_members(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    members = space.members
    assert [members.role(one.device) for one in (anna, bram, cato)] == [one.role for one in (anna, bram, cato)]
    assert members.inside == {anna.device, bram.device, cato.device}
    assert members.found is not None
    assert members.found.name == "Noord"
    assert members.card(cato.device) == cato.card()
    assert [members.is_admin(one.device) for one in (anna, bram, cato)] == [True, True, False]


def test_without_its_founding_there_is_nobody(space: Space, anna: Laptop) -> None:
    members = Membership.of(space.founding, space.entries[1:])
    assert (members.found, members.heads, members.role(anna.device)) == (None, (), None)
    assert len(members.unplaced) == len(space.entries) - 1


def test_another_founding_is_not_taken(space: Space, mallory: Laptop) -> None:
    other = Space(made=100)
    foreign = other.found(mallory)
    members = Membership.of(space.founding, [*space.entries, foreign])
    assert members.role(mallory.device) is None
    assert members.unplaced == (foreign,)


def test_an_entry_waits_for_its_parents(space: Space, cato: Laptop) -> None:
    *rest, invite, admission = space.entries
    members = space.of(*rest, admission)
    assert members.role(cato.device) is None
    assert members.unplaced == (admission,)
    assert not members.knows([admission.digest])
    assert space.of(*rest, admission, invite).role(cato.device) is Role.LID


def test_an_entry_at_another_depth_has_no_place(space: Space, anna: Laptop) -> None:
    top = space.entries[-1]
    for n in (top.n, top.n + 2):
        assert space.of(*space.entries, written(space, pen(space, anna), n, [top.digest])).unplaced


def test_an_entry_of_another_space_or_network_has_no_place(space: Space, anna: Laptop) -> None:
    top = space.entries[-1]
    for where in ("space", "network"):
        entry = written(space, pen(space, anna, **{where: b"x" * 16}), top.n + 1, [top.digest])
        assert space.of(*space.entries, entry).unplaced == (entry,)


def test_an_entry_signed_by_another_has_no_place(space: Space, anna: Laptop, cato: Laptop) -> None:
    top = space.entries[-1]
    forged = written(space, pen(space, anna, sign_seed=cato.sign_seed), top.n + 1, [top.digest])
    assert space.of(*space.entries, forged).unplaced == (forged,)


def test_a_card_of_ones_own_making_gives_no_voice(space: Space, mallory: Laptop) -> None:
    """Mallory admits itself: nobody who rests on that is heard."""
    mine = space.admit(mallory, mallory)
    space.rotate(mallory)
    assert space.members.role(mallory.device) is None
    assert len(space.members.unplaced) == 3
    assert mine in space.members.unplaced


def test_a_member_cannot_put_another_key_under_an_id(space: Space, anna: Laptop, cato: Laptop) -> None:
    """Cato, without the right, admits Anna's id with a key of its own, to split Anna's line: nothing comes of it."""
    false_anna = Laptop("anna", Role.VOORZITTER, "AA", salt="another key")
    before = space.set_role(anna, cato, Role.SECRETARIS)
    space.admit(cato, false_anna)
    space.rotate(false_anna)
    space.set_role(false_anna, cato, Role.VOORZITTER, on=[space.entries[-2]])
    members = space.members
    assert members.counts(before.digest)
    assert members.role(cato.device) is Role.SECRETARIS
    assert members.is_admin(anna.device)


def test_an_admin_cannot_take_over_an_id_either(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    false_anna = Laptop("anna", Role.VOORZITTER, "AA", salt="another key")
    admission = space.admit(bram, false_anna)
    space.set_role(false_anna, cato, Role.VOORZITTER)
    members = space.members
    assert not members.counts(admission.digest)
    assert members.card(anna.device) == anna.card()
    assert members.role(cato.device) is Role.LID


def test_what_a_later_version_does_is_kept_without_effect(space: Space, anna: Laptop, cato: Laptop) -> None:
    top = space.entries[-1]
    text = pack([[top.digest], space.now_ms, "threshold", [2, "anything"]])
    file = pen(space, anna).sealed(FileKind.AUTH, text, seq=top.n + 1).data
    later = read_entry(parse(file), space.epoch_key)
    space.entries.append(later)
    space.set_role(anna, cato, Role.SECRETARIS)
    members = space.members
    assert later.act == Unknown("threshold")
    assert later.digest in members.entries
    assert members.unplaced == ()
    assert not members.counts(later.digest)
    assert members.role(cato.device) is Role.SECRETARIS


def test_heads_ancestors_and_depth(space: Space, anna: Laptop, bram: Laptop) -> None:
    top = space.entries[-1]
    one, other = space.rotate(anna, on=[top]), space.rotate(bram, on=[top])
    members = space.members
    assert members.heads == tuple(sorted([one.digest, other.digest]))
    assert members.knows(members.heads)
    assert not members.knows([b"x" * 32])
    assert members.ancestors([one.digest]) == {entry.digest for entry in space.entries} - {other.digest}
    assert members.next_n(members.heads) == one.n + 1


def test_the_same_entry_twice_is_one(space: Space) -> None:
    assert Membership.of(space.founding, [*space.entries, *space.entries]).heads == space.members.heads


def test_only_who_was_let_in_is_admitted(space: Space, cato: Laptop, mallory: Laptop) -> None:
    """A member without the right admits; the entry stands in the log, and does nothing."""
    admission = space.admit(cato, mallory)
    theirs = space.rotate(mallory)
    members = space.members
    assert members.unplaced == (theirs,)
    assert isinstance(admission.act, Admit)
    assert admission.digest in members.entries
    assert members.role(mallory.device) is None
    assert mallory.device not in members.cards
