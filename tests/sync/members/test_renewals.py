"""A restored or cloned laptop goes on as a new device: once, as the same person, in the same role."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.sync.format.entries import Card
from tests.sync.members.spaces import Laptop, Space, digest


@pytest.fixture
def new_bram(bram: Laptop) -> Laptop:
    return replace(bram, name="bram again", person="bram")


def test_the_new_device_goes_on_for_the_old(space: Space, bram: Laptop, new_bram: Laptop, cato: Laptop) -> None:
    space.renew(bram, new_bram)
    space.set_role(new_bram, cato, Role.SECRETARIS)
    members = space.members
    assert members.role(new_bram.device) is Role.PLAATSVERVANGER
    assert members.role(bram.device) is None
    assert members.renewed_as(bram.device) == new_bram.device
    assert members.renewed_as(cato.device) is None
    assert members.role(cato.device) is Role.SECRETARIS
    cut = members.cut(bram.device)
    assert cut is not None
    assert (cut.seq, cut.digest, cut.why, cut.by) == (5, digest("segment 5"), "renewed", bram.device)


def test_it_keeps_its_letters(space: Space, bram: Laptop, new_bram: Laptop) -> None:
    space.renew(bram, replace(new_bram, letters="ZZ"))
    assert space.members.letters(new_bram.device) == "AB"


def test_it_keeps_its_seniority(space: Space, anna: Laptop, bram: Laptop, new_bram: Laptop, cato: Laptop) -> None:
    space.set_role(anna, cato, Role.VOORZITTER)
    known = space.renew(bram, new_bram)
    space.revoke(cato, new_bram, on=[known])
    space.revoke(new_bram, cato, on=[known])
    assert space.members.role(new_bram.device) is Role.PLAATSVERVANGER
    assert space.members.role(cato.device) is None


def test_letters_on_its_card_stay_free(space: Space, anna: Laptop, bram: Laptop, new_bram: Laptop) -> None:
    dirk = Laptop("dirk", Role.LID, "ZZ")
    space.renew(bram, replace(new_bram, letters="ZZ"))
    space.admit(anna, dirk)
    assert space.members.letters(dirk.device) == "ZZ"


def test_a_device_renews_once(space: Space, bram: Laptop, new_bram: Laptop) -> None:
    other = replace(new_bram, name="bram once more")
    space.renew(bram, new_bram)
    space.renew(bram, other)
    assert space.members.role(other.device) is None
    assert space.members.renewed_as(bram.device) == new_bram.device


def test_two_renewals_side_by_side_are_a_split_line(space: Space, bram: Laptop, new_bram: Laptop) -> None:
    other = replace(new_bram, name="bram once more")
    known = space.entries[-1]
    space.renew(bram, new_bram, on=[known])
    space.renew(bram, other, on=[known])
    members = space.members
    assert members.role(bram.device) is Role.PLAATSVERVANGER
    assert members.inside.isdisjoint({new_bram.device, other.device})


def test_a_renewed_device_may_be_renewed(space: Space, bram: Laptop, new_bram: Laptop, cato: Laptop) -> None:
    third = replace(new_bram, name="bram once more")
    space.renew(bram, new_bram)
    space.renew(new_bram, third)
    space.set_role(third, cato, Role.SECRETARIS)
    members = space.members
    assert members.role(third.device) is Role.PLAATSVERVANGER
    assert members.role(cato.device) is Role.SECRETARIS
    assert members.letters(third.device) == "AB"


@pytest.mark.parametrize("changed", [{"person": "a" * 26}, {"name": "Somebody else"}, {"team": "ZH"}])
def test_it_is_the_same_person(space: Space, bram: Laptop, new_bram: Laptop, changed: dict[str, object]) -> None:
    card: Card = new_bram.card()._replace(**changed)  # type: ignore[arg-type]
    space.renew(bram, new_bram, card=card)
    assert space.members.role(new_bram.device) is None
    assert space.members.role(bram.device) is Role.PLAATSVERVANGER


def test_a_role_on_its_card_is_not_given(space: Space, bram: Laptop, new_bram: Laptop) -> None:
    space.renew(bram, new_bram, card=new_bram.card(Role.VOORZITTER))
    assert space.members.role(new_bram.device) is Role.PLAATSVERVANGER


def test_it_stands_where_the_role_in_which_it_was_signed_falls(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    again, known = replace(cato, name="cato again", person="cato", role=Role.VOORZITTER), space.entries[-1]
    given = space.set_role(bram, cato, Role.VOORZITTER, on=[known])
    space.renew(cato, again, on=[given])
    space.revoke(anna, bram, on=[known])
    assert space.members.role(again.device) is Role.LID
    assert space.members.renewed_as(cato.device) == again.device


def test_it_takes_nobody_elses_id(space: Space, anna: Laptop, bram: Laptop) -> None:
    space.renew(bram, bram, card=bram.card()._replace(device=anna.device))
    assert space.members.card(anna.device) == anna.card()
    assert space.members.role(bram.device) is Role.PLAATSVERVANGER


def test_renewing_is_no_way_round_a_demotion(space: Space, anna: Laptop, bram: Laptop, new_bram: Laptop) -> None:
    known = space.entries[-1]
    space.set_role(anna, bram, Role.LID, on=[known])
    idle = space.rotate(bram, on=[known])
    space.renew(bram, new_bram, on=[idle])
    assert space.members.role(new_bram.device) is Role.LID


def test_renewing_is_no_way_round_a_revocation(space: Space, anna: Laptop, bram: Laptop, new_bram: Laptop) -> None:
    known = space.entries[-1]
    space.revoke(anna, bram, on=[known])
    space.renew(bram, new_bram, on=[known])
    assert space.members.role(new_bram.device) is None


def test_after_its_renewal_the_old_device_has_no_rights(
    space: Space, bram: Laptop, new_bram: Laptop, cato: Laptop
) -> None:
    space.renew(bram, new_bram)
    space.set_role(bram, cato, Role.VOORZITTER)
    assert space.members.role(cato.device) is Role.LID


def test_where_the_old_one_wrote_the_role_holds(space: Space, bram: Laptop, new_bram: Laptop) -> None:
    before = space.entries[-1]
    renewal = space.renew(bram, new_bram)
    members = space.members
    assert members.role_at(bram.device, [before.digest]) is Role.PLAATSVERVANGER
    assert members.role_at(new_bram.device, [before.digest]) is None
    assert members.role_at(bram.device, [renewal.digest]) is None
    assert members.role_at(new_bram.device, [renewal.digest]) is Role.PLAATSVERVANGER
