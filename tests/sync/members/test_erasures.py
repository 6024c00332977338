"""An erasure takes two people in two capacities, and nothing later undoes it."""

from __future__ import annotations

import pytest

from bren_desktop.domain.actors import Role
from tests.sync.members.spaces import Laptop, Space

CASE = b"a case, 16 bytes"


@pytest.fixture
def petra(space: Space, anna: Laptop) -> Laptop:
    """The privacy officer."""
    made = Laptop("petra", Role.PRIVACY, "AP")
    space.admit(anna, made)
    return made


def test_it_takes_two(space: Space, anna: Laptop, petra: Laptop) -> None:
    space.erase(petra, CASE)
    members = space.members
    assert members.erased == frozenset()
    assert members.erase_asked == {CASE: {petra.device}}
    space.erase(anna, CASE)
    members = space.members
    assert members.erased == {CASE}
    assert members.erase_asked == {CASE: {petra.device, anna.device}}


@pytest.mark.parametrize("role", [Role.LID, Role.PROJECTLEIDER, Role.IT])
def test_other_roles_have_no_half(space: Space, anna: Laptop, petra: Laptop, role: Role) -> None:
    dirk = Laptop("dirk", role, "AD")
    space.admit(anna, dirk)
    space.erase(petra, CASE)
    space.erase(dirk, CASE)
    assert space.members.erased == frozenset()


@pytest.mark.parametrize("role", [Role.SECRETARIS, Role.PROCESREGISSEUR, Role.PLAATSVERVANGER, Role.VOORZITTER])
def test_these_roles_have_the_other_half(space: Space, anna: Laptop, petra: Laptop, role: Role) -> None:
    dirk = Laptop("dirk", role, "AD")
    space.admit(anna, dirk)
    space.erase(dirk, CASE)
    space.erase(petra, CASE)
    assert space.members.erased == {CASE}


def test_two_without_the_privacy_officer_are_no_two(space: Space, anna: Laptop, bram: Laptop) -> None:
    space.erase(anna, CASE)
    space.erase(bram, CASE)
    assert space.members.erased == frozenset()


def test_two_halves_by_one_person_are_one(space: Space, anna: Laptop, petra: Laptop) -> None:
    """Petra has a second laptop, on which she is secretaris."""
    second = Laptop("petra two", Role.SECRETARIS, "AQ", person="petra")
    space.admit(anna, second)
    space.erase(petra, CASE)
    space.erase(second, CASE)
    assert space.members.erased == frozenset()


def test_one_person_in_two_roles_after_each_other_is_one(space: Space, anna: Laptop, petra: Laptop) -> None:
    space.erase(petra, CASE)
    space.set_role(anna, petra, Role.SECRETARIS)
    space.erase(petra, CASE)
    assert space.members.erased == frozenset()


def test_halves_for_two_cases_are_halves(space: Space, anna: Laptop, petra: Laptop) -> None:
    space.erase(petra, CASE)
    space.erase(anna, CASE[::-1])
    assert space.members.erased == frozenset()


def test_no_later_revocation_undoes_it(space: Space, anna: Laptop, petra: Laptop) -> None:
    known = space.entries[-1]
    half = space.erase(petra, CASE, on=[known])
    space.erase(anna, CASE, on=[half])
    space.revoke(anna, petra)
    assert space.members.erased == {CASE}


def test_no_concurrent_revocation_undoes_it(space: Space, anna: Laptop, bram: Laptop, petra: Laptop) -> None:
    known = space.entries[-1]
    space.erase(petra, CASE, on=[known])
    space.erase(bram, CASE, on=[known])
    assert space.members.erased == {CASE}
    space.revoke(anna, petra, on=[known])
    assert space.members.erased == {CASE}


def test_a_split_line_does_not_undo_it(space: Space, anna: Laptop, petra: Laptop) -> None:
    known = space.entries[-1]
    half = space.erase(petra, CASE, on=[known])
    space.erase(anna, CASE, on=[half])
    space.leave(petra, on=[known])
    assert space.members.erased == {CASE}


def test_who_was_revoked_and_knows_it_has_no_half(space: Space, anna: Laptop, petra: Laptop) -> None:
    space.revoke(anna, petra)
    space.erase(petra, CASE)
    space.erase(anna, CASE)
    assert space.members.erased == frozenset()
    assert space.members.erase_asked == {CASE: {anna.device}}


def test_the_role_is_that_of_the_moment(space: Space, anna: Laptop, petra: Laptop) -> None:
    space.erase(petra, CASE)
    space.set_role(anna, petra, Role.LID)
    space.erase(anna, CASE)
    assert space.members.erased == {CASE}


def test_a_witness_will_do_for_who_is_alone_by_all_that_it_knew(anna: Laptop) -> None:
    space, petra = Space(), Laptop("petra", Role.PRIVACY, "AP")
    founding = space.found(anna)
    space.erase(anna, CASE, witnessed=True)
    assert space.members.erased == {CASE}
    space.admit(anna, petra)
    assert space.members.erased == {CASE}, "who comes later undoes nothing"
    space.erase(anna, CASE[::-1], witnessed=True)
    assert space.members.erased == {CASE}
    space.erase(anna, CASE[::-1], on=[founding], witnessed=True)
    assert space.members.inside == {anna.device}, "who leaves out whom she let in, takes back that she did"


@pytest.mark.parametrize("role", [Role.LID, Role.PROJECTLEIDER, Role.IT])
def test_a_witness_gives_no_role(anna: Laptop, role: Role) -> None:
    """Who is left alone, and may not ask it, may not beside a witness."""
    space, dirk = Space(), Laptop("dirk", role, "AD")
    space.found(anna)
    space.admit(anna, dirk)
    space.leave(anna)
    space.erase(dirk, CASE, witnessed=True)
    assert space.members.erase_asked == {}


def test_a_witness_will_do_for_who_is_left(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    space.leave(bram)
    space.erase(anna, CASE[::-1], witnessed=True)
    space.revoke(anna, cato)
    space.erase(anna, CASE, witnessed=True)
    assert space.members.erased == {CASE}


def test_nobody_is_alone_in_the_past_by_another_device(space: Space, anna: Laptop, bram: Laptop) -> None:
    """Anna renewed hers back then, in secret, and signs by the new one: it has no entry beside its own."""
    spare = Laptop("anna spare", Role.VOORZITTER, "AA", person="anna")
    past = space.renew(anna, spare, on=space.entries[:1])
    space.erase(spare, CASE, on=[past], witnessed=True)
    space.revoke(bram, anna, on=[space.entries[4]])
    assert space.members.inside >= {bram.device}
    assert space.members.erased == frozenset()


def test_nobody_is_alone_by_revocations_that_do_not_count(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    known = space.entries[-1]
    put_out = space.revoke(bram, cato, on=[space.revoke(bram, anna, on=[known])])
    space.erase(bram, CASE, on=[put_out], witnessed=True)
    assert space.members.erased == {CASE}, "by all that there is, nobody else is in"
    space.revoke(anna, bram, on=[known])
    assert space.members.inside == {anna.device, cato.device}
    assert space.members.erased == frozenset()


def test_a_laptop_that_went_on_as_another_is_alone_still(anna: Laptop) -> None:
    space, again = Space(), Laptop("anna again", Role.VOORZITTER, "AA", person="anna")
    space.found(anna)
    space.renew(anna, again)
    space.erase(again, CASE, witnessed=True)
    assert space.members.erased == {CASE}


def test_who_was_put_out_cannot_undo_it_by_letting_somebody_in_back_then(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    known = space.entries[-1]
    for other in (bram, cato):
        space.revoke(anna, other)
    space.erase(anna, CASE, witnessed=True)
    space.admit(bram, Laptop("mallory", Role.SECRETARIS, "AM"), on=[known])
    assert space.members.erased == {CASE}
