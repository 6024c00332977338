"""Rule 4: each entry is judged by its own counting ancestors; the role that held where a segment was written."""

from __future__ import annotations

from bren_desktop.domain.actors import Role
from tests.sync.members.spaces import Laptop, Space


def test_a_role_holds_from_its_entry_on(space: Space, anna: Laptop, cato: Laptop) -> None:
    before = space.entries[-1]
    after = space.set_role(anna, cato, Role.SECRETARIS)
    members = space.members
    assert members.role_at(cato.device, [before.digest]) is Role.LID
    assert members.role_at(cato.device, [after.digest]) is Role.SECRETARIS
    assert members.role(cato.device) is Role.SECRETARIS


def test_before_its_admission_a_device_has_no_role(space: Space, cato: Laptop) -> None:
    assert space.members.role_at(cato.device, [space.founding]) is None
    assert space.members.role_at(cato.device, []) is None


def test_by_heads_that_are_not_here_there_is_no_role(space: Space, anna: Laptop) -> None:
    assert space.members.role_at(anna.device, [space.founding, b"x" * 32]) is None


def test_by_heads_that_hold_the_revocation_there_is_no_role(space: Space, anna: Laptop, cato: Laptop) -> None:
    before = space.entries[-1]
    out = space.revoke(anna, cato)
    assert space.members.role_at(cato.device, [before.digest]) is Role.LID
    assert space.members.role_at(cato.device, [out.digest]) is None


def test_a_voided_promotion_is_void_where_it_was_believed(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    """Cato wrote as secretaris, by a promotion that Bram put beside its own revocation: judged again as lid."""
    known = space.entries[-1]
    promotion = space.set_role(bram, cato, Role.SECRETARIS, on=[known])
    assert space.members.role_at(cato.device, [promotion.digest]) is Role.SECRETARIS
    space.revoke(anna, bram, on=[known])
    assert space.members.role_at(cato.device, [promotion.digest]) is Role.LID


def test_a_demotion_that_was_not_known_does_not_reach_back(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    known = space.entries[-1]
    space.set_role(anna, bram, Role.LID, on=[known])
    beside = space.set_role(bram, cato, Role.SECRETARIS, on=[known])
    members = space.members
    assert members.counts(beside.digest)
    assert members.role(bram.device) is Role.LID
    assert members.role(cato.device) is Role.SECRETARIS


def test_who_knows_its_demotion_has_no_right_left(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    space.set_role(anna, bram, Role.LID)
    late = space.set_role(bram, cato, Role.SECRETARIS)
    assert not space.members.counts(late.digest)


def test_what_rests_on_a_demotion_that_fell_away_counts_again(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    """Anna, demoted by Bram, may not revoke Bram; once the founder's own second admin has, Anna is admin again."""
    space.set_role(anna, cato, Role.PLAATSVERVANGER)
    known = space.entries[-1]
    space.set_role(bram, anna, Role.LID, on=[known])
    space.revoke(cato, bram, on=[known])
    dirk = Laptop("dirk", Role.LID, "AD")
    space.admit(anna, dirk)
    space.revoke(anna, dirk)
    members = space.members
    assert members.role(anna.device) is Role.VOORZITTER
    assert members.cut(dirk.device) is not None


def test_a_role_for_nobody_has_no_effect(space: Space, anna: Laptop, cato: Laptop, mallory: Laptop) -> None:
    assert not space.members.counts(space.set_role(anna, mallory, Role.LID).digest)
    space.revoke(anna, cato)
    assert not space.members.counts(space.set_role(anna, cato, Role.SECRETARIS).digest)


def test_of_two_roles_at_once_the_last_in_the_order_holds(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    known = space.entries[-1]
    both = [
        space.set_role(anna, cato, Role.SECRETARIS, on=[known]),
        space.set_role(bram, cato, Role.PRIVACY, on=[known]),
    ]
    last = max(both, key=lambda entry: entry.digest)
    assert space.members.role(cato.device) == (Role.SECRETARIS if last is both[0] else Role.PRIVACY)


def test_a_long_exchange_of_roles_exhausts_nothing(space: Space, anna: Laptop, bram: Laptop) -> None:
    """Each right rests on the entry before it, a thousand deep, and a revocation makes all be judged anew."""
    for at in range(300):
        space.set_role(anna, bram, Role.VOORZITTER if at % 2 else Role.PLAATSVERVANGER)
        space.set_role(bram, anna, Role.PLAATSVERVANGER if at % 2 else Role.VOORZITTER)
    known = space.entries[-1]
    space.revoke(anna, bram, on=[known])
    space.revoke(bram, anna, on=[known])
    members = space.members
    assert (members.role(anna.device), members.role(bram.device)) == (Role.PLAATSVERVANGER, None)


def test_a_long_line_of_admissions_exhausts_nothing(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    """Each let in the next one; at the bottom lies what a revocation takes away, so that all is asked for again."""
    dirk = Laptop("dirk", Role.VOORZITTER, "AD")
    known = space.admit(anna, dirk)
    space.revoke(anna, bram, on=[known])
    top, last = space.rotate(bram, on=[known]), dirk
    for at in range(250):
        newcomer = Laptop(f"laptop {at}", Role.VOORZITTER)
        top = space.admit(last, newcomer, on=[top])
        last = newcomer
    space.revoke(last, cato, on=[top])
    members = space.members
    assert [members.role(one.device) for one in (bram, cato, last)] == [None, None, Role.VOORZITTER]
