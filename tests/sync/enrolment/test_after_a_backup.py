"""What a laptop that was put back from an old backup can do again: its protected cases, and requests to its invites."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.sync_ports import SpaceKind, Standing
from tests.sync.world import plant, profile_files

if TYPE_CHECKING:
    from tests.sync.laptops import Joining, Laptop, NewLaptop


def image(laptop: Laptop, *, whole: bool = True) -> Callable[[], None]:
    """A copy of the disk; where it is not `whole`, one that the program made, without the mirror. Putting it back."""
    laptop.restart()
    files, mirror = profile_files(laptop.folder), dict(laptop.mirror.files)

    def put_back() -> None:
        laptop.store.close()
        shutil.rmtree(laptop.folder)
        plant(laptop.folder, files)
        laptop.mirror.files = mirror if whole else {}
        laptop.restart()
        if not whole:
            with laptop.store.sync() as rows:
                rows.set_local("restored", "1")

    return put_back


def device(laptop: Laptop, kind: SpaceKind) -> bytes:
    with laptop.store.look() as rows:
        return next(space.device for space in rows.spaces() if space.kind is kind)


def protect(vera: Laptop, noor: Laptop, case: str) -> str:
    other = next(one.id for one in vera.door.devices() if one.name == noor.actor.name)
    return vera.door.protect(vera.actor, case, [other])


def rounds(*laptops: Laptop, times: int = 3) -> None:
    for _ in range(times):
        for laptop in laptops:
            laptop.sync()


@pytest.fixture
def noor(join: Joining) -> Laptop:
    return join("Noor de Wit")


@pytest.fixture
def case(vera: Laptop, noor: Laptop) -> str:
    entity = vera.add_case(hulpvraag="van een collega")
    rounds(vera, noor, times=2)
    return entity


@pytest.mark.parametrize("whole", [True, False], ids=["disk", "backup"])
@pytest.mark.parametrize("whose", ["noor", "vera"])
def test_a_backup_from_before_comes_back_into_a_protected_case(
    vera: Laptop, noor: Laptop, case: str, whose: str, *, whole: bool
) -> None:
    """Who was named, and who named her, though that was the only admin of it."""
    back, other = (noor, vera) if whose == "noor" else (vera, noor)
    put_back = image(back, whole=whole)
    moved = protect(vera, noor, case)
    rounds(noor, vera)
    back.amend(moved, krachten="van voor de schijf stuk ging")
    rounds(back, other)
    before = device(back, SpaceKind.CASE)
    put_back()
    assert moved not in back.cases()

    rounds(back, other)

    assert back.cases()[moved].krachten == other.cases()[moved].krachten == "van voor de schijf stuk ging"
    assert device(back, SpaceKind.CASE) != before, "it goes on as a new device, as a restored laptop does"
    back.amend(moved, hulpvraag="van daarna")
    rounds(back, other)
    assert other.cases()[moved] == back.cases()[moved]
    assert other.sync().quarantined == back.sync().quarantined == 0
    with back.store.look() as rows:
        assert not rows.local("restored")


def test_it_waits_where_the_share_does_not_show_what_it_wrote(vera: Laptop, noor: Laptop, case: str) -> None:
    """It would cut its own chain before that, and take the case from everybody."""
    put_back = image(vera)
    moved = protect(vera, noor, case)
    rounds(noor, vera)
    with vera.store.look() as rows:
        (space,) = (one for one in rows.spaces() if one.kind is SpaceKind.CASE)
    put_back()
    vera.share.troubles.hidden.add(f"sp/{space.id}/log/")

    report = vera.sync(2)

    assert ("gap", space.id) in {(trouble.reason, trouble.where) for trouble in report.troubles}
    vera.share.troubles.hidden.clear()
    rounds(vera, noor)
    assert vera.cases()[moved].hulpvraag == noor.cases()[moved].hulpvraag == "van een collega"


def test_who_was_named_as_the_laptop_that_it_was_before_comes_in(vera: Laptop, noor: Laptop, case: str) -> None:
    put_back = image(noor)
    noor.amend(case, krachten="na de kopie")
    noor.sync()
    put_back()
    moved = protect(vera, noor, case)
    rounds(noor, vera)
    assert noor.cases()[moved].hulpvraag == "van een collega"


def test_who_is_named_has_the_role_of_today(vera: Laptop, noor: Laptop, case: str) -> None:
    """And not the one in which it joined once."""
    other = next(one.id for one in vera.door.devices() if one.name == noor.actor.name)
    vera.door.set_role(vera.actor, other, Role.PLAATSVERVANGER)
    rounds(noor, vera)
    protect(vera, noor, case)
    rounds(noor, vera)
    with noor.door._desk.looking() as (_, posts):
        (post,) = (one for one in posts if one.space.kind is SpaceKind.CASE)
        assert post.membership.role(post.space.device) is Role.PLAATSVERVANGER


def test_an_admin_who_was_put_back_lets_in_on_the_invites_of_before(
    vera: Laptop, noor: Laptop, new_laptop: NewLaptop
) -> None:
    file, code = vera.invite(InviteTo.TEAM, Role.SECRETARIS)
    put_back = image(vera)
    vera.add_case(hulpvraag="na de kopie")
    vera.add_expert(naam="Ada Parel")
    vera.sync()
    before = {device(vera, kind) for kind in (SpaceKind.TEAM, SpaceKind.NETWORK)}
    put_back()
    vera.sync()
    assert before.isdisjoint({device(vera, kind) for kind in (SpaceKind.TEAM, SpaceKind.NETWORK)})
    piet = new_laptop("Piet Puntje", Role.SECRETARIS)
    piet.door.join(piet.actor, file, code)
    vera.approve_only()
    rounds(piet, vera, times=2)
    with piet.store.look() as rows:
        assert {space.standing for space in rows.spaces()} == {Standing.MEMBER}
