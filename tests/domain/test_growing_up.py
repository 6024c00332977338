"""Growing up: from when the Big 5 are shown, and when what is not arranged cannot wait."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.aftercare import BigFiveRow, FuturePlan
from bren_desktop.domain.ages import birthday
from bren_desktop.domain.cases import Case
from bren_desktop.domain.growing_up import growing_up, plan_faults, stand_of

TODAY = date(2026, 11, 22)
CODES = ["B5-WO", "B5-SW", "B5-IN", "B5-NE", "B5-ZO"]


def arranged(*codes: str) -> FuturePlan:
    return FuturePlan(big5=tuple(BigFiveRow(id=code, stand="BS-OK") for code in codes))


@given(st.dates(date(2000, 1, 1), TODAY), st.sets(st.sampled_from(CODES)), st.integers(-3000, 3000))
def test_it_is_shown_from_16_and_presses_from_half_a_year_before_18(born: date, done: set[str], days: int) -> None:
    day = birthday(born, 17) + timedelta(days=days)
    found = growing_up(Case(geboortedatum=born), FuturePlan(), day)
    assert found.shown is (day >= birthday(born, 16))
    assert found.pressing is (day >= birthday(born, 17.5))
    assert (found.starts, found.adult) == (birthday(born, 16), birthday(born, 18))
    assert not found.pressing or found.shown
    plan = arranged(*done)
    assert set(growing_up(Case(geboortedatum=born), plan, day).unarranged) == set(CODES) - done


def test_half_a_year_before_18_is_counted_in_months() -> None:
    young = Case(geboortedatum=date(2009, 5, 22))
    assert growing_up(young, FuturePlan(), date(2026, 11, 22)).pressing
    assert not growing_up(young, FuturePlan(), date(2026, 11, 21)).pressing


@pytest.mark.parametrize(("age", "shown", "pressing"), [(15, False, False), (16, True, False), (17, True, True)])
def test_where_only_the_age_is_known_it_errs_on_the_side_of_care(age: int, *, shown: bool, pressing: bool) -> None:
    found = growing_up(Case(leeftijd=age, leeftijd_op=TODAY), FuturePlan(), TODAY)
    assert (found.shown, found.pressing, found.starts) == (shown, pressing, None)


def test_a_plan_that_was_begun_is_always_shown() -> None:
    assert growing_up(Case(geboortedatum=date(2015, 1, 1)), FuturePlan(coach="Oma"), TODAY).shown
    assert not growing_up(Case(), FuturePlan(casus="c"), TODAY).shown


def test_what_nobody_said_is_unknown() -> None:
    plan = FuturePlan(big5=(BigFiveRow(id="B5-IN", stand="BS-LOOPT"), BigFiveRow(id="B5-NE")))
    assert stand_of(plan) == {**dict.fromkeys(CODES, "BS-ONB"), "B5-IN": "BS-LOOPT"}


def test_a_decision_about_verlengde_jeugdhulp_is_awaited_until_it_is_there() -> None:
    assert growing_up(Case(), FuturePlan(), TODAY).undecided
    assert not growing_up(Case(), FuturePlan(verlengd_besluit="BL-NEE"), TODAY).undecided


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (FuturePlan(big5=(BigFiveRow(id="B5-XX"),)), "big5"),
        (FuturePlan(big5=(BigFiveRow(id="B5-WO", stand="ja"),)), "big5"),
        (FuturePlan(doorgenomen_op=TODAY + timedelta(days=1)), "doorgenomen_op"),
        (FuturePlan(plan_op=TODAY + timedelta(days=1)), "plan_op"),
        (FuturePlan(plan="Op kamers met begeleiding"), "plan_op"),
        (FuturePlan(verlengd_besluit="BL-JA"), "verlengd_op"),
    ],
)
def test_a_fault_names_its_field(plan: FuturePlan, field: str) -> None:
    assert [fault.field for fault in plan_faults(plan, TODAY)] == [field]


def test_a_plan_says_who_and_by_when_in_the_time_to_come() -> None:
    row = BigFiveRow(id="B5-WO", stand="BS-LOOPT", wie="Els", wanneer=date(2027, 3, 1))
    assert plan_faults(FuturePlan(big5=(row,), doorgenomen_op=TODAY), TODAY) == ()
