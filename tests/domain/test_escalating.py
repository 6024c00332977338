"""The escalatieladder: steps go up, and stagnation is told from an advice and its points."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.advice import Advice, PlanRow, PointRow
from bren_desktop.domain.aftercare import Escalation, FollowUp
from bren_desktop.domain.escalating import Stagnation, escalation_faults, height, next_rung, stagnation
from bren_desktop.domain.following import FOLLOWED, NOT_FOLLOWED, PARTLY, plan_standings, standings

TODAY = date(2026, 11, 22)
STEP = Escalation(
    stap="ES-2",
    op=date(2026, 11, 10),
    reden="Niemand beslist.",
    gevraagd_besluit="Wie betaalt de plek?",
    uiterlijk=date(2026, 12, 1),
)
CODES = [f"ES-{number}" for number in range(1, 8)]


def step(code: str, why: str = "") -> Escalation:
    return STEP.model_copy(update={"stap": code, "waarom_niet_hoger": why})


def wrong(escalation: Escalation, *before: Escalation) -> list[str]:
    return [fault.field for fault in escalation_faults(escalation, before, TODAY)]


def late(days: int, stand: str = "") -> Stagnation:
    point = PointRow(id="1", wat="Zoek een school", eigenaar="Jan", uiterlijk=TODAY - timedelta(days=days))
    advice = Advice(punten=(point,))
    told = [FollowUp(advies="a", punt="1", datum=TODAY, stand=stand)] if stand else []
    return stagnation(standings("a", advice, told), (), TODAY)


@given(taken=st.lists(st.sampled_from(CODES), max_size=7), code=st.sampled_from(CODES), why=st.booleans())
def test_steps_go_up_unless_somebody_says_why_not(taken: list[str], code: str, *, why: bool) -> None:
    faults = wrong(step(code, "De wethouder is weg" if why else ""), *map(step, taken))
    goes_up = all(height(code) > height(each) for each in taken)
    assert faults == ([] if goes_up or why else ["waarom_niet_hoger"])


@given(st.lists(st.sampled_from(CODES), max_size=7))
def test_the_next_rung_is_one_above_the_highest(taken: list[str]) -> None:
    rung = next_rung(map(step, taken))
    highest = max(map(height, taken), default=0)
    assert rung == (CODES[highest] if highest < len(CODES) else "")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"stap": ""}, "stap"),
        ({"op": None}, "op"),
        ({"op": TODAY + timedelta(days=1)}, "op"),
        ({"reden": ""}, "reden"),
        ({"gevraagd_besluit": ""}, "gevraagd_besluit"),
        ({"uiterlijk": None}, "uiterlijk"),
        ({"uiterlijk": date(2026, 11, 9)}, "uiterlijk"),
        ({"afgesloten_op": TODAY}, "resultaat"),
        ({"resultaat": "Er is een besluit"}, "afgesloten_op"),
        ({"resultaat": "x", "afgesloten_op": date(2026, 11, 9)}, "afgesloten_op"),
        ({"resultaat": "x", "afgesloten_op": TODAY + timedelta(days=1)}, "afgesloten_op"),
    ],
)
def test_a_fault_names_its_field(change: dict[str, object], field: str) -> None:
    assert wrong(STEP) == []
    assert field in wrong(STEP.model_copy(update=change))


def test_a_step_is_open_until_it_is_closed() -> None:
    assert STEP.is_open
    assert not STEP.model_copy(update={"afgesloten_op": TODAY, "resultaat": "De plek wordt betaald"}).is_open


@pytest.mark.parametrize(
    ("days", "stand", "stuck"),
    [(14, "", False), (15, "", True), (15, PARTLY, True), (15, FOLLOWED, False), (400, NOT_FOLLOWED, False)],
)
def test_a_point_that_is_more_than_fourteen_days_late_is_a_reason(days: int, stand: str, *, stuck: bool) -> None:
    assert bool(late(days, stand)) is stuck


@pytest.mark.parametrize(("stands", "stuck"), [(("PS-STR", "PS-GEK"), False), (("PS-STR", "PS-STR", "PS-GEK"), True)])
def test_two_plans_that_failed_are_a_reason(stands: tuple[str, ...], *, stuck: bool) -> None:
    plans = tuple(PlanRow(id=letter, stand=stand) for letter, stand in zip("ABCD", stands, strict=False))
    found = stagnation((), plan_standings("a", Advice(plannen=plans), ()), TODAY)
    assert bool(found) is stuck
    assert len(found.failed) == (2 if stuck else 0)


def test_a_plan_that_failed_after_the_release_counts() -> None:
    advice = Advice(plannen=(PlanRow(id="A", stand="PS-STR"), PlanRow(id="B", stand="PS-GEK")))
    told = FollowUp(advies="a", plan="B", datum=TODAY, planstand="PS-STR", reden="Geen plek")
    found = stagnation((), plan_standings("a", advice, [told]), TODAY)
    assert [each.plan.id for each in found.failed] == ["A", "B"]
