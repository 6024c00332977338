"""Rule 1, second half: the entries of a device form a line, and what counts where they do not."""

from __future__ import annotations

from bren_desktop.domain.actors import Role
from tests.sync.members.spaces import Laptop, Space


def test_where_a_line_splits_only_what_both_rest_on_counts(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    before = space.set_role(bram, cato, Role.PRIVACY)
    one = space.set_role(bram, cato, Role.SECRETARIS, on=[before])
    other = space.set_role(bram, anna, Role.LID, on=[before])
    members = space.members
    assert [members.counts(entry.digest) for entry in (before, one, other)] == [True, False, False]
    assert (members.role(cato.device), members.role(anna.device)) == (Role.PRIVACY, Role.VOORZITTER)


def test_what_follows_a_split_does_not_count_either(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    before = space.entries[-1]
    space.rotate(bram, on=[before])
    space.rotate(bram, on=[before])
    after = space.set_role(bram, cato, Role.SECRETARIS)
    assert not space.members.counts(after.digest)
    others = space.set_role(anna, cato, Role.PRIVACY)
    assert space.members.counts(others.digest)
    assert space.members.role(bram.device) is Role.PLAATSVERVANGER


def test_a_revocation_saves_what_it_rests_on(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    """What a thief of Bram's key writes beside Bram's admissions does not undo them once Anna revokes Bram."""
    dirk = Laptop("dirk", Role.LID, "AD")
    known = space.entries[-1]
    admission = space.admit(bram, dirk)
    stolen = space.set_role(bram, anna, Role.LID, on=[known])
    assert space.members.role(dirk.device) is None
    space.revoke(anna, bram, on=[admission])
    members = space.members
    assert members.role(dirk.device) is Role.LID
    assert not members.counts(stolen.digest)
    assert members.role(anna.device) is Role.VOORZITTER


def test_who_left_cannot_be_brought_back_by_writing_beside_it(space: Space, bram: Laptop, cato: Laptop) -> None:
    known = space.entries[-1]
    left = space.leave(bram, on=[known])
    space.set_role(bram, cato, Role.VOORZITTER, on=[known])
    members = space.members
    assert members.counts(left.digest)
    assert members.role(bram.device) is None
    assert members.role(cato.device) is Role.LID


def test_three_ways_at_once(space: Space, bram: Laptop, cato: Laptop) -> None:
    known = space.entries[-1]
    first = space.set_role(bram, cato, Role.PRIVACY, on=[known])
    second = space.set_role(bram, cato, Role.SECRETARIS, on=[first])
    third = space.rotate(bram, on=[second])
    space.rotate(bram, on=[second])
    assert space.members.role(cato.device) is Role.SECRETARIS
    assert not space.members.counts(third.digest)
    space.rotate(bram, on=[first])
    assert space.members.role(cato.device) is Role.PRIVACY
    space.rotate(bram, on=[known])
    assert space.members.role(cato.device) is Role.LID


def test_a_split_says_nothing_of_others(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    known = space.entries[-1]
    space.rotate(cato, on=[known])
    space.rotate(cato, on=[known])
    assert space.members.role(cato.device) is Role.LID
    assert space.members.is_admin(anna.device)
    assert space.members.is_admin(bram.device)
