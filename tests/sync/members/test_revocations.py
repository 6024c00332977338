"""Rules 2 and 3: whose revocation counts, what a revoked device wrote, and where its chain is cut."""

from __future__ import annotations

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import Away
from bren_desktop.sync.format.entries import NewEpoch, Revoke
from tests.sync.members.spaces import Laptop, Space, digest


def test_a_revoked_device_is_out(space: Space, anna: Laptop, cato: Laptop) -> None:
    space.revoke(anna, cato, why=Away.LOST, seq=4)
    members = space.members
    assert members.role(cato.device) is None
    assert cato.device not in members.inside
    assert members.card(cato.device) == cato.card()
    cut = members.cut(cato.device)
    assert cut is not None
    assert (cut.seq, cut.digest, cut.why, cut.by) == (4, digest("segment 4"), "lost", anna.device)
    assert members.ways_out(cato.device) == {"lost"}


def test_who_goes_on_has_no_cut(space: Space, cato: Laptop) -> None:
    assert space.members.cut(cato.device) is None
    assert space.members.ways_out(cato.device) == frozenset()


def test_who_is_no_admin_revokes_nobody(space: Space, anna: Laptop, cato: Laptop) -> None:
    space.revoke(cato, anna)
    assert space.members.role(anna.device) is Role.VOORZITTER


def test_a_member_may_leave(space: Space, cato: Laptop) -> None:
    space.leave(cato, seq=3)
    cut = space.members.cut(cato.device)
    assert cut is not None
    assert (cut.seq, cut.why, cut.by) == (3, "left", cato.device)


@pytest.mark.parametrize(
    "act",
    [
        Revoke(Laptop("bram").device, 1, digest("x"), Away.LEFT, b"e" * 16, b"c" * 16),
        Revoke(Laptop("bram").device, 1, digest("x"), Away.LOST),
    ],
)
def test_who_leaves_neither_names_a_key_nor_another_reason(space: Space, bram: Laptop, act: Revoke) -> None:
    space.write(bram, act)
    assert space.members.role(bram.device) is Role.PLAATSVERVANGER
    assert space.members.epoch_to_write() == space.epoch


def test_mutual_revocation_the_longer_admin_stands(space: Space, anna: Laptop, bram: Laptop) -> None:
    known = space.entries[-1]
    space.revoke(bram, anna, on=[known])
    space.revoke(anna, bram, on=[known])
    members = space.members
    assert members.role(anna.device) is Role.VOORZITTER
    assert members.role(bram.device) is None


def test_after_a_mutual_revocation_the_one_who_stands_goes_on(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    """Both revocations are ancestors of all that follows; the one that does not count takes no right away."""
    known = space.entries[-1]
    space.revoke(bram, anna, on=[known])
    space.revoke(anna, bram, on=[known])
    space.set_role(anna, cato, Role.PLAATSVERVANGER)
    space.revoke(cato, bram)
    dirk = Laptop("dirk", Role.LID, "AD")
    space.admit(anna, dirk)
    space.set_role(dirk, cato, Role.LID)
    members = space.members
    assert members.role(cato.device) is Role.PLAATSVERVANGER
    assert members.role(dirk.device) is Role.LID
    assert members.unplaced == ()


def test_who_knows_that_it_is_revoked_does_not_revoke_back(space: Space, anna: Laptop, bram: Laptop) -> None:
    space.revoke(bram, anna)
    space.revoke(anna, bram)
    assert space.members.role(bram.device) is Role.PLAATSVERVANGER
    assert space.members.role(anna.device) is None


def test_a_backdated_revocation_by_a_revoked_junior_does_not_count(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    known = space.entries[-1]
    space.revoke(anna, bram)
    space.set_role(anna, cato, Role.SECRETARIS)
    space.revoke(bram, anna, on=[known])
    members = space.members
    assert members.role(anna.device) is Role.VOORZITTER
    assert members.role(cato.device) is Role.SECRETARIS


def test_a_stolen_junior_key_cannot_lean_on_a_senior_member(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    """Cato has been a member for longer than Dirk has been admin; Bram, revoked by Dirk, promotes Cato back in time.

    By seniority since admission Cato's revocation of Dirk would come before Dirk's of Bram.
    """
    dirk = Laptop("dirk", Role.VOORZITTER, "AD")
    ella = Laptop("ella", Role.PLAATSVERVANGER, "AE")
    space.admit(anna, dirk)
    space.admit(anna, ella)
    known = space.entries[-1]
    space.revoke(dirk, ella, on=[known])
    promotion = space.set_role(ella, cato, Role.VOORZITTER, on=[known])
    space.revoke(cato, dirk, on=[promotion])
    members = space.members
    assert members.role(dirk.device) is Role.VOORZITTER
    assert members.role(ella.device) is None
    assert members.role(cato.device) is Role.LID


def test_what_a_revoked_admin_did_before_stands(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    dirk = Laptop("dirk", Role.LID, "AD")
    space.admit(bram, dirk)
    space.set_role(bram, cato, Role.SECRETARIS)
    space.revoke(anna, bram)
    members = space.members
    assert members.role(dirk.device) is Role.LID
    assert members.role(cato.device) is Role.SECRETARIS


def test_whom_a_revoked_admin_lets_in_beside_its_revocation_is_not_in(
    space: Space, anna: Laptop, bram: Laptop, mallory: Laptop, cato: Laptop
) -> None:
    known = space.entries[-1]
    space.revoke(anna, bram, on=[known])
    admission = space.admit(bram, mallory, on=[known])
    promotion = space.set_role(mallory, cato, Role.VOORZITTER, on=[admission])
    space.revoke(mallory, anna, on=[promotion])
    members = space.members
    assert members.role(mallory.device) is None
    assert mallory.device not in members.cards
    assert members.role(cato.device) is Role.LID
    assert members.role(anna.device) is Role.VOORZITTER


def test_revoking_again_gives_nothing_back(space: Space, anna: Laptop, bram: Laptop, mallory: Laptop) -> None:
    known = space.entries[-1]
    space.revoke(anna, bram, on=[known])
    space.admit(bram, mallory, on=[known])
    space.revoke(anna, bram, why=Away.LOST)
    assert space.members.role(mallory.device) is None
    assert space.members.ways_out(bram.device) == {"revoked", "lost"}


def test_of_several_cuts_the_lowest_stands(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    known = space.entries[-1]
    space.revoke(anna, cato, on=[known], seq=8)
    space.revoke(bram, cato, on=[known], seq=5)
    cut = space.members.cut(cato.device)
    assert cut is not None
    assert (cut.seq, cut.by) == (5, bram.device)


def test_of_equal_cuts_the_lower_hash_stands(space: Space, anna: Laptop, cato: Laptop) -> None:
    for last in (b"\3" * 32, b"\1" * 32, b"\2" * 32):
        space.write(anna, Revoke(cato.device, 5, last, Away.REVOKED, space.fresh("e"), space.fresh("c")))
    cut = space.members.cut(cato.device)
    assert cut is not None
    assert cut.digest == b"\1" * 32


def test_a_revoked_device_cannot_withdraw_its_history_by_leaving(space: Space, anna: Laptop, cato: Laptop) -> None:
    """Its own word comes last, also where it is written on top of what came before the revocation."""
    known = space.entries[-1]
    space.revoke(anna, cato, on=[known], seq=8)
    space.leave(cato, on=[known], seq=1)
    cut = space.members.cut(cato.device)
    assert cut is not None
    assert (cut.seq, cut.why) == (8, "revoked")


def test_the_founder_cannot_either(space: Space, anna: Laptop, bram: Laptop) -> None:
    known = space.entries[-1]
    space.revoke(bram, anna, on=[known], seq=8)
    space.leave(anna, on=[known], seq=1)
    cut = space.members.cut(anna.device)
    assert cut is not None
    assert (cut.seq, cut.by) == (8, bram.device)


def test_what_came_after_a_revocation_is_void_for_who_rests_on_both(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    """Cato, promoted by Bram beside Bram's revocation, makes a key on top of everything: nobody reads by it."""
    known = space.entries[-1]
    out = space.revoke(anna, bram, on=[known])
    after = space.rotate(anna, on=[out])
    idle = space.rotate(bram, on=[known])
    promotion = space.set_role(bram, cato, Role.VOORZITTER, on=[idle])
    made = space.rotate(cato, on=[after, promotion])
    assert isinstance(made.act, NewEpoch)
    assert made.act.epoch not in space.members.epochs


def test_a_revocation_that_does_not_count_cuts_nothing(space: Space, anna: Laptop, bram: Laptop) -> None:
    known = space.entries[-1]
    space.revoke(anna, bram, on=[known], seq=8)
    space.revoke(bram, anna, on=[known], seq=1)
    assert space.members.cut(anna.device) is None


def test_three_admins_in_a_ring(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    space.set_role(anna, cato, Role.VOORZITTER)
    known = space.entries[-1]
    space.revoke(anna, bram, on=[known])
    space.revoke(bram, cato, on=[known])
    space.revoke(cato, anna, on=[known])
    members = space.members
    assert [members.role(one.device) for one in (anna, bram, cato)] == [None, None, Role.VOORZITTER]


def who_stands(space: Space, one: Laptop, other: Laptop) -> list[Laptop]:
    """Who is left of two admins that revoke each other."""
    known = space.entries[-1]
    space.revoke(one, other, on=[known])
    space.revoke(other, one, on=[known])
    members = space.members
    return [laptop for laptop in (one, other) if members.role(laptop.device) is not None]


def test_seniority_runs_since_one_is_admin(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    """Ella came later than Cato, and was an admin before."""
    ella = Laptop("ella", Role.PLAATSVERVANGER, "AE")
    space.admit(anna, ella)
    space.set_role(anna, cato, Role.VOORZITTER)
    assert who_stands(space, cato, ella) == [ella]


def test_who_was_no_admin_for_a_while_begins_again(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    space.set_role(anna, cato, Role.VOORZITTER)
    space.set_role(anna, bram, Role.LID)
    space.set_role(anna, bram, Role.PLAATSVERVANGER)
    assert who_stands(space, bram, cato) == [cato]


def test_another_admin_role_keeps_seniority(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    space.set_role(anna, cato, Role.VOORZITTER)
    space.set_role(anna, bram, Role.VOORZITTER)
    assert who_stands(space, bram, cato) == [bram]


def test_a_revocation_of_nobody_harms_nobody(space: Space, anna: Laptop, mallory: Laptop) -> None:
    space.revoke(anna, mallory)
    assert space.members.inside == {entry.card.device for entry in space.entries if entry.card}
