"""Where the pool is thin: what a year of cases asks for, by text and by tag, against who is available."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.pool import Pool
from bren_desktop.services.thinness import Thin
from bren_desktop.services.understanding import Understanding

LATELY, LONG_AGO = date(2026, 6, 1), date(2025, 6, 1)
CASES = [
    *(Case(extern_id=f"e{n}", datum_aanmelding=LATELY, hulpvraag="Wie kent anorexia?") for n in range(3)),
    Case(extern_id="denied", datum_aanmelding=LATELY, hulpvraag="Geen anorexia."),
    Case(extern_id="old", datum_aanmelding=LONG_AGO, hulpvraag="Wie kent anorexia?"),
    Case(extern_id="tagged", datum_aanmelding=LATELY, knelpunten=("KP-ASS",)),
]
EXPERTS = [
    Expert(extern_id="1", naam="Kees Kundig", expertise=("EX-EET", "EX-JUR"), beschikbaarheid="BS-DIRECT"),
    Expert(extern_id="2", naam="Aad Afwezig", expertise=("EX-EET",), afwezig_tot=date(2027, 1, 5)),
    Expert(extern_id="3", naam="Nel Niet", expertise=("EX-EET",), beschikbaarheid="BS-NIET"),
]


@pytest.fixture
def pool(context: Context, actor: Actor) -> Pool:
    CaseWork(context).record_all(actor, CASES)
    found = Pool(context)
    found.record_all(actor, EXPERTS)
    Understanding(context).catch_up(actor, 99)
    return found


def test_a_year_of_cases_is_held_against_who_is_available(pool: Pool, actor: Actor) -> None:
    found = pool.thin(actor)
    assert Thin("EX-EET", 3, 1) in found
    assert "EX-JUR" not in {thin.code for thin in found}


def test_nobody_available_comes_first_and_a_small_number_is_not_told(pool: Pool, actor: Actor) -> None:
    found = pool.thin(actor)
    assert found[0].available == 0
    assert {thin.asked for thin in found if thin.code != "EX-EET"} == {None}
    assert [thin.shortage for thin in found] == sorted((thin.shortage for thin in found), reverse=True)


def test_only_cases_that_are_open_to_the_reader_count(pool: Pool, context: Context, actor: Actor) -> None:
    with context.store.write(author(actor)) as writer:
        for n in range(3):
            writer.write(Kind.CASE, context.store.entity_for(Kind.CASE, f"e{n}"), {("toegewezen", "p7"): True})
    lid = replace(actor, person="p9", role=Role.LID)
    assert "EX-EET" not in {thin.code for thin in pool.thin(lid)}
