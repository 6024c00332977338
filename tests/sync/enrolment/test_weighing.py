"""How matching weighs is one thing for all teams of a network: whoever comes in takes it, and chairs settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError, NotAllowedError
from bren_desktop.services.conflicts import Conflicts
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.weighing import DELIVERED, Weighing

if TYPE_CHECKING:
    from tests.sync.laptops import Joining, Laptop, NewLaptop

NEAR = {**DELIVERED, "expertise": DELIVERED["expertise"] - 20, "regio": DELIVERED["regio"] + 20}
FAR = {**DELIVERED, "regio": 0, "expertise": DELIVERED["expertise"] + DELIVERED["regio"]}


def settle(laptop: Laptop, shares: dict[str, int]) -> None:
    Weighing(laptop.context).settle(laptop.actor, shares)


def shares(*laptops: Laptop) -> list[dict[str, int]]:
    return [dict(Weighing(laptop.context).in_force(laptop.actor).shares) for laptop in laptops]


def test_teams_of_a_network_weigh_alike_whatever_each_settled_alone(vera: Laptop, new_laptop: NewLaptop) -> None:
    zoe, noor = new_laptop("Zoë Zwart", Role.VOORZITTER, "ZHZ"), new_laptop("Noor de Wit")
    for laptop in (zoe, noor):
        settle(laptop, FAR)
    zoe.enter(vera, InviteTo.NETWORK, Role.VOORZITTER)
    noor.enter(vera)
    vera.sync()
    assert shares(vera, noor, zoe) == [DELIVERED] * 3
    settle(zoe, NEAR)
    for laptop in (zoe, vera, noor):
        laptop.sync()
    assert shares(vera, noor, zoe) == [NEAR] * 3
    assert Weighing(noor.context).in_force(noor.actor).who == "Zoë Zwart"
    with pytest.raises(NotAllowedError):
        settle(noor, FAR)
    with pytest.raises(NotAllowedError):
        noor.write(Kind.WEIGHING, {("extern_id", ""): "matching"})


def test_two_chairs_at_once_leave_one_whole_set_everywhere_and_one_of_them_chooses(vera: Laptop, join: Joining) -> None:
    zoe = join("Zoë Zwart", Role.VOORZITTER, InviteTo.NETWORK, "ZHZ")
    settle(vera, NEAR)
    settle(zoe, FAR)
    for laptop in (vera, zoe, vera):
        laptop.sync()
    assert shares(vera) == shares(zoe)
    assert shares(vera)[0] in (NEAR, FAR)
    (conflict,) = Conflicts(vera.context).list(vera.actor)
    with pytest.raises(InvalidInputError):
        Conflicts(vera.context).settle(vera.actor, conflict.entity, conflict.name, value={**NEAR, "regio": 0})
    Conflicts(vera.context).settle(vera.actor, conflict.entity, conflict.name, take=2)
    vera.sync()
    zoe.sync()
    assert shares(vera) == shares(zoe)
    assert Conflicts(zoe.context).list(zoe.actor) == []
