"""Numbers after a backup came back: beyond whatever was given out since."""

from __future__ import annotations

from typing import cast

import pytest

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.vocabulary import TO_CODE
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.numbers import leap, make_lasting
from bren_desktop.services.sync_ports import SyncStore


def next_number(context: Context, actor: Actor) -> int:
    number = CaseWork(context).record(actor, Case(hulpvraag="nieuw")).case.nummer
    return int(number.removeprefix("CONCEPT-AA"))


def leap_at(context: Context, now_ms: int) -> None:
    with cast("SyncStore", context.store).sync() as rows:
        leap(rows, now_ms)


@pytest.mark.parametrize(("minutes", "leapt"), [(0, 1_000), (90, 1_090), (-90, 1_000)])
def test_numbers_leap_by_the_minutes_since_the_backup(context: Context, actor: Actor, minutes: int, leapt: int) -> None:
    assert next_number(context, actor) == 1
    now = context.clock.now_ms()
    leap_at(context, now + minutes * 60_000)
    assert next_number(context, actor) == 2 + leapt


def test_a_second_restoring_leaps_again(context: Context, actor: Actor) -> None:
    next_number(context, actor)
    for _ in range(2):
        leap_at(context, context.clock.now_ms())
    assert next_number(context, actor) == 2_002


def test_a_case_of_a_team_that_no_list_knows_gets_a_number_of_who_takes_it_in(context: Context, actor: Actor) -> None:
    cases = CaseWork(context)
    with pytest.raises(InvalidInputError, match="staat niet in de lijst"):
        cases.record(actor, Case(team=TO_CODE))
    (entity,) = cases.record_all(actor, [Case(hulpvraag="Uit een bestand", team=TO_CODE)])
    team = context.store.entity_for(Kind.TEAM, actor.team)
    with context.store.write(author(actor)) as writer:
        assert make_lasting(writer, actor, entity, team, 2026).nummer == "BREN-HGL-2026-AA0001"


def test_a_letter_gives_a_concept_its_number_and_completeness_its_state(context: Context, actor: Actor) -> None:
    cases = CaseWork(context)
    entity = cases.record(actor, Case(hulpvraag="Wie denkt mee?", verwijzer="VW-GI", regio="JZ24", leeftijd=12)).entity
    team = context.store.entity_for(Kind.TEAM, actor.team)
    with context.store.write(author(actor)) as writer:
        number = make_lasting(writer, actor, entity, team, 2026).nummer
    assert (cases.open(actor, entity).case.status, number) == ("ST-CON", "BREN-HGL-2026-AA0001")
    for field, value in (
        ("datum_aanmelding", "2026-11-02"),
        ("verwijzer_naam", "Mw. Verzonnen"),
        ("vastloopredenen", ["VR-1"]),
        ("toestemming_status", "TS-JA"),
    ):
        cases.set_field(actor, entity, field, value)
    after = cases.open(actor, entity).case
    assert (after.status, after.nummer) == ("ST-AAN", number)
