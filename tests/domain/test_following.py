"""What came of each point: the newest telling counts, and a sheet says enough or names what is wrong."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.advice import Advice, PlanRow, PointRow
from bren_desktop.domain.aftercare import FollowUp
from bren_desktop.domain.following import (
    FOLLOWED,
    NOT_BEGUN,
    NOT_FOLLOWED,
    PARTLY,
    SETTLED,
    FollowUpSheet,
    ToldRow,
    follow_ups,
    plan_standings,
    sheet_faults,
    standings,
)

TODAY = date(2026, 11, 22)
POINTS = (
    PointRow(id="1", wat="Zoek een school", eigenaar="Jan", uiterlijk=date(2026, 11, 1)),
    PointRow(id="2", wat="Bel moeder", eigenaar="Els"),
)
PLANS = (PlanRow(id="A", tekst="Thuis", stand="PS-GEK"), PlanRow(id="B", tekst="Deeltijd"))
ADVICE = Advice(punten=POINTS, plannen=PLANS, vrijgegeven_op=date(2026, 10, 1))
DAYS = st.dates(date(2026, 10, 1), TODAY)
TELLINGS = st.lists(
    st.builds(
        FollowUp,
        advies=st.sampled_from(["a", "ander"]),
        punt=st.sampled_from(["1", "2", "weg"]),
        datum=DAYS,
        stand=st.sampled_from([NOT_BEGUN, PARTLY, FOLLOWED, NOT_FOLLOWED]),
    ),
    unique_by=lambda each: each.datum,
    max_size=12,
)


def sheet(*rows: ToldRow, day: date | None = TODAY) -> FollowUpSheet:
    return FollowUpSheet(advies="a", datum=day, volgens="de mentor", opvolging=rows)


def wrong(told: FollowUpSheet) -> list[str]:
    return [fault.field for fault in sheet_faults(told, ADVICE, plan_standings("a", ADVICE, ()), TODAY)]


@given(TELLINGS, st.randoms(use_true_random=False))
def test_the_newest_telling_counts_in_whatever_order_they_came_in(tellings: list[FollowUp], chance: Random) -> None:
    shuffled = list(tellings)
    chance.shuffle(shuffled)
    found = standings("a", ADVICE, shuffled)
    assert found == standings("a", ADVICE, tellings)
    assert [each.point for each in found] == list(POINTS)
    for each in found:
        ours = [telling for telling in tellings if (telling.advies, telling.punt) == ("a", each.point.id)]
        assert sorted(ours, key=str) == sorted(each.tellings, key=str)
        assert each.stand == (max(ours, key=lambda telling: telling.datum or TODAY).stand if ours else NOT_BEGUN)


@given(TELLINGS, DAYS)
def test_only_what_nobody_settled_is_late(tellings: list[FollowUp], today: date) -> None:
    for each in standings("a", ADVICE, tellings):
        late = each.days_late(today)
        assert late >= 0
        if late:
            assert each.stand not in SETTLED
            assert each.point.uiterlijk == today - timedelta(days=late)


def plans_sheet(*rows: ToldRow) -> FollowUpSheet:
    return FollowUpSheet(advies="a", datum=TODAY, planstanden=rows)


def test_a_plan_stands_as_it_was_last_told_or_as_the_advice_says() -> None:
    assert [each.stand for each in plan_standings("a", ADVICE, ())] == ["PS-GEK", "PS-OPEN"]
    failed = ToldRow(id="A", stand="PS-STR", reden="Geen plek")
    told = follow_ups(plans_sheet(failed, ToldRow(id="B", stand="PS-GEK"), ToldRow(id="C")))
    first, second = plan_standings("a", ADVICE, told)
    assert (first.stand, second.stand) == ("PS-STR", "PS-GEK")
    assert first.newest is not None
    assert first.newest.reden == "Geen plek"
    assert [each.stand for each in standings("a", ADVICE, told)] == [NOT_BEGUN, NOT_BEGUN]
    assert plan_standings("ander", ADVICE, told)[0].stand == "PS-GEK"


@pytest.mark.parametrize(
    "row",
    [
        ToldRow(id="C", stand="PS-GEK"),
        ToldRow(id="A", stand="OS-JA"),
        ToldRow(id="A", stand="PS-STR"),
        ToldRow(id="B", stand="PS-GEK"),
    ],
)
def test_a_plan_that_is_told_wrong_is_named(row: ToldRow) -> None:
    assert set(wrong(plans_sheet(row))) == {"planstanden"}


def test_another_plan_is_chosen_once_the_first_has_failed() -> None:
    assert wrong(plans_sheet(ToldRow(id="A", stand="PS-STR", reden="x"), ToldRow(id="B", stand="PS-GEK"))) == []


def test_of_two_tellings_on_one_day_the_last_recorded_counts() -> None:
    first, second = (FollowUp(advies="a", punt="1", datum=TODAY, stand=stand) for stand in (PARTLY, FOLLOWED))
    assert standings("a", ADVICE, [second, first])[0].newest == second


def test_a_sheet_becomes_a_telling_for_each_row_that_says_something() -> None:
    told = sheet(ToldRow(id="1", stand=PARTLY, reden="Wachtlijst", effect="Rust"), ToldRow(id="2"))
    assert follow_ups(told) == [
        FollowUp(
            advies="a", punt="1", datum=TODAY, volgens="de mentor", stand=PARTLY, reden="Wachtlijst", effect="Rust"
        )
    ]
    assert wrong(told) == []


@pytest.mark.parametrize("stand", [PARTLY, NOT_FOLLOWED])
def test_what_was_not_wholly_followed_needs_a_reason(stand: str) -> None:
    [fault] = sheet_faults(sheet(ToldRow(id="2", stand=stand)), ADVICE, (), TODAY)
    assert fault.field == "opvolging"
    assert "punt 2" in fault.sentence
    assert wrong(sheet(ToldRow(id="2", stand=stand, reden="Er is geen plek"))) == []


@pytest.mark.parametrize("stand", [FOLLOWED, NOT_BEGUN])
def test_what_was_followed_or_has_not_begun_needs_none(stand: str) -> None:
    assert wrong(sheet(ToldRow(id="1", stand=stand))) == []


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (sheet(), "opvolging"),
        (sheet(ToldRow(id="1", reden="Wel een reden, geen stand")), "opvolging"),
        (sheet(ToldRow(id="weg", stand=FOLLOWED)), "opvolging"),
        (sheet(ToldRow(id="1", stand="OS-VERZONNEN")), "opvolging"),
        (sheet(ToldRow(id="1", stand=FOLLOWED), day=None), "datum"),
        (sheet(ToldRow(id="1", stand=FOLLOWED), day=TODAY + timedelta(days=1)), "datum"),
        (sheet(ToldRow(id="1", stand=FOLLOWED), day=date(2026, 9, 30)), "datum"),
    ],
)
def test_a_sheet_that_says_too_little_names_the_field(told: FollowUpSheet, field: str) -> None:
    assert wrong(told) == [field]
