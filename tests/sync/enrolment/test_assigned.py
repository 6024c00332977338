"""Who may see a case travels: assignments, the setting of the team, emergency access and its judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.errors import NotAssignedError
from bren_desktop.services.access import Access
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.readlog import ReadLog
from bren_desktop.services.rows import CaseFilter
from bren_desktop.services.team import TeamSettings

if TYPE_CHECKING:
    from tests.sync.laptops import Joining, Laptop


def access(laptop: Laptop) -> Access:
    return Access(laptop.context, laptop.door.devices)


def seen(laptop: Laptop) -> int:
    return CaseWork(laptop.context).count(laptop.actor, CaseFilter())


def meet(*laptops: Laptop) -> None:
    for laptop in (*laptops, *laptops):
        laptop.sync(2)


@pytest.fixture
def lid(join: Joining) -> Laptop:
    return join("Lid Joost", Role.LID)


def test_an_assignment_reaches_the_laptop_of_who_is_assigned_and_of_who_is_not(
    vera: Laptop, lid: Laptop, join: Joining
) -> None:
    other = join("Lid Wim", Role.LID)
    case = vera.add_case(hulpvraag="samen gezien")
    meet(vera, lid, other)
    assert (seen(lid), seen(other)) == (1, 1)
    colleagues = {one.name: one for one in access(vera).colleagues(vera.actor)}
    assert colleagues["Lid Joost"].person == lid.actor.person
    access(vera).assign(vera.actor, [case], [lid.actor.person], [])
    meet(vera, lid, other)
    assert (seen(lid), seen(other)) == (1, 0)
    with pytest.raises(NotAssignedError):
        CaseWork(other.context).open(other.actor, case)
    assert vera.store.state_hash() == lid.store.state_hash() == other.store.state_hash()


def test_two_who_assign_at_once_both_count(vera: Laptop, lid: Laptop, join: Joining) -> None:
    anouk = join("Anouk", Role.SECRETARIS)
    case = vera.add_case(hulpvraag="x")
    meet(vera, anouk, lid)
    access(vera).assign(vera.actor, [case], [lid.actor.person], [])
    access(anouk).assign(anouk.actor, [case], ["p9"], [])
    meet(vera, anouk, lid)
    for laptop in (vera, anouk, lid):
        assert access(laptop).assigned(laptop.actor, [case]) == {case: tuple(sorted((lid.actor.person, "p9")))}


def test_what_the_chair_turned_on_holds_on_every_laptop(vera: Laptop, lid: Laptop) -> None:
    vera.add_case(hulpvraag="x")
    team = TeamSettings(vera.context)
    team.save(vera.actor, team.get(vera.actor).model_copy(update={"alleen_toegewezen": True}))
    meet(vera, lid)
    assert (seen(vera), seen(lid)) == (1, 0)


def test_an_emergency_is_seen_and_judged_on_another_laptop(vera: Laptop, lid: Laptop) -> None:
    case = vera.add_case(hulpvraag="x")
    access(vera).assign(vera.actor, [case], ["p9"], [])
    meet(vera, lid)
    access(lid).open_in_emergency(lid.actor, case, "Moeder belt in paniek.")
    CaseWork(lid.context).open(lid.actor, case)
    meet(lid, vera)
    (use,) = access(vera).to_review(vera.actor)
    assert (use.record.naam, use.record.reden) == (lid.actor.name, "Moeder belt in paniek.")
    told = [one for one in ReadLog(vera.context, vera.door.devices).seen(vera.actor, case) if one.emergency]
    assert {one.person for one in told} == {lid.actor.person}
    assert {one.laptop for one in told} == {lid.actor.device}
    access(vera).review(vera.actor, use.entity, "Terecht.")
    meet(vera, lid)
    assert access(vera).to_review(vera.actor) == []
    assert seen(lid) == 1
    lid.clock.ms += 2 * 24 * 60 * 60 * 1000
    assert seen(lid) == 0
