"""Invites and admissions: once, with the role of the invite, in time; letters that clash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.sync.format.entries import Admit, Invite
from tests.sync.members.spaces import Laptop, Space


@pytest.fixture
def dirk() -> Laptop:
    return Laptop("dirk", Role.LID, "AD")


@pytest.fixture
def ella() -> Laptop:
    return Laptop("ella", Role.LID, "AE")


def test_invites_are_known_used_or_not(space: Space, anna: Laptop, dirk: Laptop) -> None:
    used, open_one = space.invite(anna, Role.LID), space.invite(anna, Role.SECRETARIS)
    space.admit_by(anna, dirk, used)
    members = space.members
    assert isinstance(used.act, Invite)
    assert isinstance(open_one.act, Invite)
    assert members.invites[open_one.act.id] == open_one.act
    assert used.act.id in members.used_invites
    assert open_one.act.id not in members.used_invites


def test_an_invite_is_for_one(space: Space, anna: Laptop, dirk: Laptop, ella: Laptop) -> None:
    invite = space.invite(anna, Role.LID)
    space.admit_by(anna, dirk, invite)
    space.admit_by(anna, ella, invite)
    members = space.members
    assert members.role(dirk.device) is Role.LID
    assert members.role(ella.device) is None


def test_of_two_admissions_by_one_invite_at_once_one_stands(
    space: Space, anna: Laptop, bram: Laptop, dirk: Laptop, ella: Laptop
) -> None:
    invite = space.invite(anna, Role.LID)
    both = [space.admit_by(anna, dirk, invite, on=[invite]), space.admit_by(bram, ella, invite, on=[invite])]
    members = space.members
    first = min(both, key=lambda entry: entry.digest)
    assert [members.counts(entry.digest) for entry in both] == [entry is first for entry in both]
    assert members.inside & {dirk.device, ella.device} == {first.card.device if first.card else b""}


def test_what_rests_on_the_admission_that_lost_keeps_its_place(
    space: Space, anna: Laptop, bram: Laptop, dirk: Laptop, ella: Laptop
) -> None:
    invite = space.invite(anna, Role.LID)
    both = [space.admit_by(anna, dirk, invite, on=[invite]), space.admit_by(bram, ella, invite, on=[invite])]
    space.leave(dirk, on=[both[0]])
    space.leave(ella, on=[both[1]])
    after = space.rotate(anna)
    members = space.members
    assert members.unplaced == ()
    assert members.counts(after.digest)


def test_two_admins_who_approve_the_same_at_once_are_one(
    space: Space, anna: Laptop, bram: Laptop, dirk: Laptop
) -> None:
    """The newcomer may have seen either of the two when it wrote its first segment."""
    invite = space.invite(anna, Role.LID)
    both = [space.admit_by(anna, dirk, invite, on=[invite]), space.admit_by(bram, dirk, invite, on=[invite])]
    members = space.members
    assert all(members.counts(entry.digest) for entry in both)
    assert [members.role_at(dirk.device, [entry.digest]) for entry in both] == [Role.LID, Role.LID]
    space.set_role(anna, dirk, Role.SECRETARIS, on=[both[0]])
    assert space.members.role(dirk.device) is Role.SECRETARIS


def test_an_invite_gives_its_own_role_only(space: Space, anna: Laptop, dirk: Laptop) -> None:
    invite = space.invite(anna, Role.LID)
    space.admit_by(anna, dirk, invite, role=Role.VOORZITTER)
    assert space.members.role(dirk.device) is None


def test_an_invite_that_is_over_lets_nobody_in(space: Space, anna: Laptop, dirk: Laptop, ella: Laptop) -> None:
    early = space.invite(anna, Role.LID, until_ms=space.now_ms)
    late = space.invite(anna, Role.LID, until_ms=space.now_ms)
    space.admit_by(anna, dirk, early, at_ms=space.now_ms)
    space.admit_by(anna, ella, late, at_ms=space.now_ms + 1)
    assert space.members.role(dirk.device) is Role.LID
    assert space.members.role(ella.device) is None


def test_without_an_invite_nobody_is_let_in(space: Space, anna: Laptop, dirk: Laptop) -> None:
    space.write(anna, Admit(dirk.card(), b"no such invite.."))
    assert space.members.role(dirk.device) is None


def test_an_invite_by_who_may_not_invite_is_none(space: Space, anna: Laptop, cato: Laptop, dirk: Laptop) -> None:
    invite = space.invite(cato, Role.LID)
    space.admit_by(anna, dirk, invite)
    assert space.members.role(dirk.device) is None
    assert space.members.invites.keys() == {
        entry.act.id for entry in space.entries[:4] if isinstance(entry.act, Invite)
    }


def test_an_invite_beside_an_admission_is_none(space: Space, anna: Laptop, bram: Laptop, dirk: Laptop) -> None:
    """The invite must be among the ancestors of the admission."""
    known = space.entries[-1]
    invite = space.invite(anna, Role.LID, on=[known])
    space.admit_by(bram, dirk, invite, on=[known])
    assert space.members.role(dirk.device) is None


def test_a_second_invite_of_the_same_id_is_none(space: Space, anna: Laptop, dirk: Laptop) -> None:
    first = space.invite(anna, Role.LID)
    assert isinstance(first.act, Invite)
    space.write(anna, replace(first.act, role=Role.VOORZITTER))
    space.admit_by(anna, dirk, first, role=Role.VOORZITTER)
    assert space.members.role(dirk.device) is None
    assert space.members.invites[first.act.id].role is Role.LID


def test_a_member_is_not_let_in_again(space: Space, anna: Laptop, cato: Laptop) -> None:
    again = space.admit(anna, cato, role=Role.VOORZITTER)
    assert not space.members.counts(again.digest)
    assert space.members.role(cato.device) is Role.LID


def test_who_is_out_does_not_come_back_under_the_same_id(space: Space, anna: Laptop, cato: Laptop) -> None:
    space.revoke(anna, cato)
    space.admit(anna, cato)
    assert space.members.role(cato.device) is None


def test_of_two_keys_under_one_id_only_one_is_heard(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    """Two admins let in the same id at once, each with another key; the one who lost does nothing in its name."""
    both = [Laptop("dirk", Role.VOORZITTER, "AD"), Laptop("dirk", Role.VOORZITTER, "AD", salt="another key")]
    known = space.entries[-1]
    admissions = [space.admit(anna, both[0], on=[known]), space.admit(bram, both[1], on=[known])]
    acts = [space.set_role(one, cato, Role.PRIVACY, on=admissions) for one in both]
    members = space.members
    first = min(admissions, key=lambda entry: (entry.n, entry.digest))
    assert [members.counts(entry.digest) for entry in admissions] == [entry is first for entry in admissions]
    assert [members.counts(entry.digest) for entry in acts] == [entry is first for entry in admissions]
    assert members.card(both[0].device) == first.card


def test_letters_that_were_given_go_to_nobody_else(space: Space, anna: Laptop) -> None:
    dirk, ella = Laptop("dirk", Role.LID, "AB"), Laptop("ella", Role.LID, "QQ")
    space.admit(anna, dirk)
    space.admit(anna, ella)
    members = space.members
    assert [members.letters(one.device) for one in (anna, dirk, ella)] == ["AA", "AD", "QQ"]
    assert members.letters(b"x" * 16) == ""


def test_letters_that_clash_go_to_the_first_in_the_order(space: Space, anna: Laptop, bram: Laptop) -> None:
    dirk, ella = Laptop("dirk", Role.LID, "AD"), Laptop("ella", Role.LID, "AD")
    invites = [space.invite(anna, Role.LID), space.invite(anna, Role.LID)]
    both = [
        space.admit_by(anna, dirk, invites[0], on=invites[1:]),
        space.admit_by(bram, ella, invites[1], on=invites[1:]),
    ]
    members = space.members
    given = {entry.digest: members.letters(entry.card.device) for entry in both if entry.card}
    assert given == dict(zip(sorted(given), ["AD", "AE"], strict=True))


def test_letters_of_who_is_out_stay_taken(space: Space, anna: Laptop, cato: Laptop) -> None:
    space.revoke(anna, cato)
    dirk = Laptop("dirk", Role.LID, "AC")
    space.admit(anna, dirk)
    assert space.members.letters(dirk.device) == "AD"
