"""Which key a writer uses, and which check values vouch for keys that are read."""

from __future__ import annotations

from bren_desktop.crypto.seal import new_key
from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import Away
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.sync.format.entries import Found, NewEpoch, Revoke
from bren_desktop.sync.format.epochs import epoch_check, new_epoch
from tests.sync.members.spaces import Laptop, Space


def epoch(entry: object) -> bytes:
    act = getattr(entry, "act", None)
    assert isinstance(act, NewEpoch | Revoke)
    return act.epoch


def test_the_first_epoch_is_that_of_the_founding(space: Space) -> None:
    assert space.members.epoch_to_write() == space.epoch
    assert space.members.epochs == {space.epoch}


def test_the_newest_is_used(space: Space, anna: Laptop, bram: Laptop) -> None:
    space.rotate(anna)
    newest = space.rotate(bram)
    assert space.members.epoch_to_write() == epoch(newest)
    assert len(space.members.epochs) == 3


def test_a_revocation_brings_its_own(space: Space, anna: Laptop, cato: Laptop) -> None:
    out = space.revoke(anna, cato)
    assert space.members.epoch_to_write() == epoch(out)
    later = space.rotate(anna)
    assert space.members.epoch_to_write() == epoch(later)


def test_an_epoch_that_did_not_know_of_a_revocation_is_not_used(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    known = space.entries[-1]
    out = space.revoke(anna, cato, on=[known])
    first = space.rotate(bram, on=[known])
    second = space.rotate(bram, on=[first])
    assert second.n > out.n
    assert space.members.epoch_to_write() == epoch(out)


def test_two_revocations_at_once_leave_nothing_to_write_under(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    dirk = Laptop("dirk", letters="AD")
    space.admit(anna, dirk)
    known = space.entries[-1]
    space.revoke(anna, cato, on=[known])
    space.revoke(bram, dirk, on=[known])
    members = space.members
    assert members.epoch_to_write() is None
    assert len(members.epochs) == 3
    after = space.rotate(anna)
    assert space.members.epoch_to_write() == epoch(after)


def test_who_leaves_leaves_nothing_to_write_under(space: Space, anna: Laptop, cato: Laptop) -> None:
    space.leave(cato)
    assert space.members.epoch_to_write() is None
    after = space.rotate(anna)
    assert space.members.epoch_to_write() == epoch(after)


def test_an_epoch_of_who_may_not_make_one_vouches_for_nothing(space: Space, cato: Laptop) -> None:
    made = space.rotate(cato)
    assert space.members.epoch_to_write() == space.epoch
    assert epoch(made) not in space.members.epochs


def test_an_epoch_that_fell_away_is_still_read(space: Space, anna: Laptop, bram: Laptop) -> None:
    """Honest laptops may have sealed under it before they knew."""
    known = space.entries[-1]
    made = space.rotate(bram, on=[known])
    out = space.revoke(anna, bram, on=[known])
    assert epoch(made) in space.members.epochs
    assert space.members.epoch_to_write() == epoch(out)


def test_the_revoked_cannot_choose_a_key(space: Space, anna: Laptop, bram: Laptop) -> None:
    """Bram, revoked, names epochs deep enough to be the highest."""
    known = space.entries[-1]
    out = space.revoke(anna, bram, on=[known])
    false = known
    for _ in range(3):
        false = space.rotate(bram, on=[false])
    assert space.members.epoch_to_write() == epoch(out)


def test_nobody_puts_another_key_under_an_epoch(space: Space, anna: Laptop, bram: Laptop, cato: Laptop) -> None:
    """The id of an epoch is the check of its key: an entry that says otherwise starts nothing."""
    first = space.rotate(anna)
    space.write(bram, NewEpoch(epoch(first), b"f" * 16))
    assert space.members.epoch_to_write() == epoch(first)
    odd = space.write(bram, NewEpoch(b"e" * 16, b"f" * 16))
    assert epoch(odd) not in space.members.epochs
    space.write(bram, Revoke(cato.device, 1, b"x" * 32, Away.LOST, epoch(first), b"f" * 16))
    assert space.members.epoch_to_write() is None


def test_a_founding_whose_epoch_is_not_its_check_has_no_key(anna: Laptop) -> None:
    space = Space()
    card = anna.card()
    space.write(anna, Found(SpaceKind.TEAM, "Noord", b"n" * 32, card.sign_key, card, b"f" * 16))
    assert space.members.role(anna.device) is Role.VOORZITTER
    assert (space.members.epoch_to_write(), space.members.epochs) == (None, frozenset())


def test_a_new_epoch_is_named_by_its_key(space: Space) -> None:
    name, key = new_epoch(space.id)
    assert name == epoch_check(key, space.id)
    assert new_epoch(space.id)[0] != name
    assert epoch_check(new_key(), space.id) != name


def test_one_that_rests_on_all_revocations_is_used_whichever_is_highest(
    space: Space, anna: Laptop, bram: Laptop, cato: Laptop
) -> None:
    space.revoke(anna, cato)
    known = space.entries[-1]
    both = [space.rotate(anna, on=[known]), space.rotate(bram, on=[known])]
    assert space.members.epoch_to_write() == epoch(max(both, key=lambda entry: entry.digest))
