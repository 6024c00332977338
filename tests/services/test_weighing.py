"""How matching weighs: one set for the whole network, of which nothing is ever mixed with another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.records import SharesRow
from bren_desktop.errors import InvalidInputError
from bren_desktop.matching.ranking import WEIGHTS
from bren_desktop.services.context import Context, author
from bren_desktop.services.team import TeamSettings
from bren_desktop.services.weighing import DELIVERED, InForce, Source, Weighing

NEAR = {**DELIVERED, "expertise": DELIVERED["expertise"] - 20, "regio": DELIVERED["regio"] + 20}
FAR = {**DELIVERED, "regio": 0, "expertise": DELIVERED["expertise"] + DELIVERED["regio"]}


@pytest.fixture
def weighing(context: Context) -> Weighing:
    return Weighing(context)


def settled_by_team(context: Context, actor: Actor) -> None:
    """What an earlier version kept for one team."""
    rows = {("gewichten", name): {"aandeel": share} for name, share in NEAR.items()}
    with context.store.write(author(actor)) as writer:
        writer.write(Kind.TEAM, context.store.entity_for(Kind.TEAM, actor.team), {("code", ""): actor.team, **rows})


def test_a_set_names_every_criterion_that_weighs() -> None:
    assert SharesRow.model_fields.keys() - {"id"} == {name for name, weight in WEIGHTS.items() if weight}
    assert sum(DELIVERED.values()) == 100


def test_what_a_team_settled_earlier_holds_until_the_network_settles(
    context: Context, weighing: Weighing, chair: Actor, actor: Actor
) -> None:
    settled_by_team(context, chair)
    other = replace(chair, team="ZHZ")
    assert weighing.in_force(actor) == InForce(NEAR, Source.TEAM)
    assert weighing.in_force(other) == InForce(DELIVERED, Source.PROGRAM)
    settings = TeamSettings(context)
    settings.save(chair, settings.get(chair).model_copy(update={"gewichten": (), "naam": "Ons team"}))
    assert weighing.in_force(actor).shares == NEAR, "the form of a team leaves them"
    weighing.settle(chair, FAR)
    assert weighing.in_force(actor) == weighing.in_force(other)
    found = weighing.in_force(actor)
    assert (found.shares, found.source, found.who, found.when_ms > 0) == (FAR, Source.NETWORK, chair.name, True)
    weighing.settle(chair, DELIVERED)
    assert weighing.in_force(actor).source is Source.NETWORK, "to settle what was delivered is to settle"
    weighing.undo(chair)
    assert weighing.in_force(actor).shares == FAR


@pytest.mark.parametrize(
    "wrong", [{}, {"regio": 100}, {**DELIVERED, "regio": 9}, {**DELIVERED, "regio": -2, "domein": 24}]
)
def test_a_set_is_one_whole_or_counts_for_nothing(
    context: Context, weighing: Weighing, chair: Actor, wrong: dict[str, int]
) -> None:
    with pytest.raises(InvalidInputError):
        weighing.settle(chair, wrong)
    settled_by_team(context, chair)
    weighing.settle(chair, FAR)
    with context.store.write(author(chair)) as writer:
        entity = context.store.entity_for(Kind.WEIGHING, "matching")
        writer.write(Kind.WEIGHING, entity, {("gewichten", "matching"): wrong})
    found = weighing.in_force(chair)
    assert (found.shares, found.source) == (DELIVERED, Source.NO_WHOLE)
    weighing.settle(chair, FAR)
    assert weighing.in_force(chair).shares == FAR


def test_a_criterion_of_a_later_version_does_not_stay_in_a_set_of_this_one(
    context: Context, weighing: Weighing, chair: Actor
) -> None:
    with context.store.write(author(chair)) as writer:
        entity = context.store.entity_for(Kind.WEIGHING, "matching")
        later = {**FAR, "expertise": FAR["expertise"] - 5, "van_later": 5}
        writer.write(Kind.WEIGHING, entity, {("gewichten", "matching"): later})
    assert weighing.in_force(chair).source is Source.NO_WHOLE
    weighing.settle(chair, NEAR)
    assert weighing.in_force(chair).shares == NEAR
    with context.store.read() as reader:
        (row,) = (each.top for name, each in reader.registers(Kind.WEIGHING, entity).items() if name[0] == "gewichten")
    assert row is not None
    assert "van_later" not in row.value
