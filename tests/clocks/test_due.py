"""What is due in a case: every service level by hand, who is warned when, and what stops a clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.clocks.counting import Pause
from bren_desktop.domain.clocks.due import Bridging, Deadline, Facts, deadlines
from bren_desktop.domain.clocks.levels import Unit, service_level
from bren_desktop.domain.states import ENDED
from bren_desktop.domain.vocabulary import vocabulary

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 2)
STATES = [term.code for term in vocabulary("casusstatus")]
MONITORED = Facts(state="ST-MON", since=date(2026, 1, 31))
AT_WORK = Facts(state="ST-UIT", since=MONDAY)


def _due(facts: Facts, today: date = TODAY, calendar: Calendar | None = None) -> dict[str, date]:
    return {each.code: each.due for each in deadlines(facts, today, calendar or Calendar())}


def _facts(state: str, **given: Any) -> Facts:
    return Facts(state=state, since=MONDAY, **given)


@pytest.mark.parametrize(
    ("facts", "code", "due"),
    [
        (_facts("ST-CON"), "TM-CONCEPT", date(2026, 12, 2)),
        (_facts("ST-AAN", submitted=MONDAY), "TM-ONTVANGST", date(2026, 11, 4)),
        (_facts("ST-AAN", submitted=MONDAY), "TM-TRIAGE", date(2026, 11, 9)),
        (_facts("ST-TRI", submitted=date(2026, 10, 29)), "TM-TRIAGE", date(2026, 11, 5)),
        (_facts("ST-HER", submitted=MONDAY), "TM-TRIAGE", date(2026, 11, 9)),
        (_facts("ST-AAN", submitted=date(2026, 11, 21), crisis=True), "TM-CRISIS", date(2026, 11, 21)),
        (_facts("ST-AVU"), "TM-AANVUL-1", date(2026, 11, 9)),
        (_facts("ST-AVU", told=date(2026, 11, 10)), "TM-AANVUL-2", date(2026, 11, 16)),
        (_facts("ST-RET"), "TM-BESPREKING", date(2026, 11, 16)),
        (_facts("ST-AGE"), "TM-INTERVISIE", date(2026, 11, 16)),
        (_facts("ST-AGE", meeting=date(2026, 11, 26)), "TM-AGENDA", date(2026, 11, 23)),
        (_facts("ST-AGE", meeting=date(2026, 11, 26)), "TM-SET", date(2026, 11, 24)),
        (_facts("ST-INZ", contact_awaited=[MONDAY]), "TM-INZET", date(2026, 11, 9)),
        (_facts("ST-BES", discussed=MONDAY), "TM-ADVIES", date(2026, 11, 9)),
        (_facts("ST-ADV", discussed=MONDAY, advice_sent=date(2026, 10, 1)), "TM-ADVIES", date(2026, 11, 9)),
        (AT_WORK, "TM-UITV-1", date(2026, 11, 16)),
        (replace(AT_WORK, told=date(2026, 11, 17)), "TM-UITV-2", date(2026, 12, 14)),
        (replace(AT_WORK, points=[date(2026, 12, 1)]), "TM-PUNT", date(2026, 12, 1)),
        (replace(AT_WORK, points=[date(2026, 12, 1), date(2026, 11, 1)]), "TM-ESCALATIE", date(2026, 11, 15)),
        (replace(AT_WORK, decisions=[date(2026, 12, 4)]), "TM-BESLUIT", date(2026, 12, 4)),
        (replace(AT_WORK, bridgings=[Bridging(MONDAY)]), "TM-OVB", date(2026, 11, 16)),
        (replace(AT_WORK, bridgings=[Bridging(MONDAY, date(2026, 11, 5))]), "TM-OVB", date(2026, 11, 5)),
        (replace(AT_WORK, bridgings=[Bridging(MONDAY, until=date(2027, 1, 1))]), "TM-OVB-EINDE", date(2027, 1, 1)),
        (replace(AT_WORK, active=MONDAY), "TM-STIL", date(2026, 12, 14)),
        (_facts("ST-MON"), "TM-OPV-0", MONDAY),
        (replace(MONITORED, told=date(2026, 2, 1)), "TM-OPV-3", date(2026, 4, 30)),
        (replace(MONITORED, told=date(2026, 5, 8)), "TM-OPV", date(2026, 7, 31)),
        (Facts(state="ST-AFG", since=date(2026, 8, 31)), "TM-NA-6", date(2027, 2, 28)),
        (Facts(state="ST-AFG", since=date(2026, 8, 31), told=date(2027, 3, 9)), "TM-NA-12", date(2027, 8, 31)),
        (
            _facts("ST-RET", consent_given=MONDAY, consent_until=date(2026, 12, 31)),
            "TM-TOEST-EINDE",
            date(2026, 12, 31),
        ),
        (_facts("ST-RET", consent_given=MONDAY, born=date(2014, 12, 25)), "TM-TOEST-12", date(2026, 12, 25)),
        (_facts("ST-RET", consent_given=MONDAY, born=date(2011, 3, 1)), "TM-TOEST-16", date(2027, 3, 1)),
        (_facts("ST-AFG", requests=[date(2026, 10, 31)]), "TM-INZAGE", date(2026, 11, 30)),
        (_facts("ST-AFG", extended=[date(2026, 11, 30)]), "TM-VERLENGD", date(2027, 2, 28)),
        (_facts("ST-AFG", erasures=[date(2026, 11, 30)]), "TM-VERNIETIGING", date(2027, 2, 28)),
        (_facts("ST-AFG", keep_until=date(2031, 11, 22)), "TM-BEWAAR", date(2031, 11, 22)),
    ],
)
def test_every_clock_by_hand(facts: Facts, code: str, due: date) -> None:
    assert _due(facts, facts.told or MONDAY)[code] == due


@pytest.mark.parametrize(
    ("code", "born", "due"),
    [
        ("TM-16", date(2011, 2, 28), date(2027, 2, 28)),
        ("TM-17", date(2009, 12, 1), date(2026, 12, 1)),
        ("TM-17H", date(2009, 8, 31), date(2027, 2, 28)),
        ("TM-18", date(2008, 2, 29), date(2026, 3, 1)),
        ("TM-21", date(2006, 1, 15), date(2027, 1, 15)),
        ("TM-23", date(2003, 12, 25), date(2026, 12, 25)),
    ],
)
def test_every_age_by_hand(code: str, born: date, due: date) -> None:
    assert _due(_facts("ST-UIT", born=born))[code] == due


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (_facts("ST-TRI", submitted=MONDAY, acknowledged=MONDAY), "TM-ONTVANGST"),
        (_facts("ST-CON", submitted=MONDAY), "TM-ONTVANGST"),
        (_facts("ST-RET", submitted=MONDAY), "TM-TRIAGE"),
        (_facts("ST-AAN", submitted=MONDAY), "TM-CRISIS"),
        (_facts("ST-AGE", meeting=date(2026, 11, 19)), "TM-AGENDA"),
        (_facts("ST-RET", meeting=date(2026, 11, 26)), "TM-SET"),
        (_facts("ST-ADV", discussed=MONDAY, advice_sent=date(2026, 11, 3)), "TM-ADVIES"),
        (replace(AT_WORK, told=date(2026, 12, 14)), "TM-UITV-2"),
        (_facts("ST-AFG", points=[MONDAY]), "TM-PUNT"),
        (_facts("ST-MON", active=date(2026, 1, 1)), "TM-STIL"),
        (_facts("ST-AFG", active=date(2026, 1, 1)), "TM-STIL"),
        (_facts("ST-UIT", born=date(2008, 12, 24), future_planned=date(2026, 11, 26)), "TM-18"),
        (_facts("ST-UIT", born=date(2014, 12, 25), consent_given=date(2026, 11, 27)), "TM-TOEST-12"),
        (_facts("ST-UIT", born=date(2014, 12, 25)), "TM-TOEST-12"),
        (_facts("ST-UIT", keep_until=TODAY), "TM-BEWAAR"),
        (_facts("ST-AFG", born=date(2010, 1, 1)), "TM-17"),
    ],
)
def test_a_clock_that_was_met_or_does_not_run_is_silent(facts: Facts, code: str) -> None:
    assert code not in _due(facts)


def test_the_alert_at_seventeen_and_a_half_says_that_the_decision_comes_before_eighteen() -> None:
    (found,) = [
        each for each in deadlines(replace(AT_WORK, born=date(2009, 6, 1)), TODAY, Calendar()) if "17H" in each.code
    ]
    assert found.due == date(2026, 12, 1)
    assert found.warn_from == date(2026, 11, 3)
    assert "verlengde jeugdhulp" in found.text
    assert "vóór de 18e verjaardag" in found.text


def test_consent_is_asked_again_from_four_weeks_before() -> None:
    given = _facts("ST-RET", consent_given=date(2026, 11, 26), born=date(2014, 12, 25))
    (found,) = [each for each in deadlines(given, TODAY, Calendar()) if each.code == "TM-TOEST-12"]
    assert found.warn_from == date(2026, 11, 27)


def test_an_age_overtakes_the_one_before_and_only_the_next_is_ahead() -> None:
    turning = replace(AT_WORK, born=date(2009, 5, 1))
    ages = {code for code in _due(turning) if service_level(code).unit is Unit.AGE}
    assert ages == {"TM-17H", "TM-18"}


@given(st.integers(0, 6000))
def test_follow_up_goes_on_every_half_year(days: int) -> None:
    told = MONITORED.since + timedelta(days=days)
    (ahead,) = (due for code, due in _due(replace(MONITORED, told=told), told).items() if code.startswith("TM-OPV"))
    assert timedelta(days=-92) <= ahead - told <= timedelta(days=184 + 92)


def test_a_moment_that_was_missed_is_overdue_until_the_next_comes() -> None:
    assert _due(MONITORED, date(2026, 4, 29)) == {"TM-OPV-0": date(2026, 1, 31)}
    assert _due(MONITORED, date(2026, 4, 30)) == {"TM-OPV-3": date(2026, 4, 30)}
    assert _due(MONITORED, date(2027, 1, 30)) == {"TM-OPV": date(2026, 7, 31)}


def test_what_was_told_before_a_state_or_on_its_first_day_asks_the_first_check_still() -> None:
    for told in (date(2026, 10, 1), MONDAY):
        assert _due(replace(AT_WORK, told=told), MONDAY) == {"TM-UITV-1": date(2026, 11, 16)}
    assert _due(_facts("ST-MON", told=date(2026, 10, 31)), MONDAY) == {"TM-OPV-0": MONDAY}
    assert _due(_facts("ST-MON", told=MONDAY), MONDAY) == {"TM-OPV-3": date(2027, 2, 2)}


def test_a_pause_moves_working_days_and_nothing_else() -> None:
    pause = Pause(date(2026, 11, 4), date(2026, 11, 11))
    assert _due(_facts("ST-TRI", submitted=MONDAY, pauses=[pause]))["TM-TRIAGE"] == date(2026, 11, 16)
    assert _due(_facts("ST-AFG", erasures=[MONDAY], pauses=[pause]))["TM-VERNIETIGING"] == date(2027, 2, 2)


def test_the_calendar_of_the_network_counts() -> None:
    facts = Facts(state="ST-TRI", since=MONDAY, submitted=date(2026, 4, 2), acknowledged=MONDAY)
    assert _due(facts)["TM-TRIAGE"] == date(2026, 4, 10)
    assert _due(facts, calendar=Calendar(good_friday_free=True))["TM-TRIAGE"] == date(2026, 4, 13)


def test_a_day_outside_the_calendar_is_due_at_once() -> None:
    assert _due(_facts("ST-TRI", submitted=date(1912, 4, 15)))["TM-TRIAGE"] == date(1912, 4, 15)


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
SOME = st.none() | DAYS
FACTS = st.builds(
    Facts,
    state=st.sampled_from(STATES),
    since=DAYS,
    crisis=st.booleans(),
    born=st.none() | st.dates(date(2000, 1, 1), date(2026, 1, 1)),
    pauses=st.lists(st.builds(Pause, DAYS, DAYS), max_size=2),
    contact_awaited=st.lists(DAYS, max_size=2),
    points=st.lists(DAYS, max_size=2),
    decisions=st.lists(DAYS, max_size=2),
    bridgings=st.lists(st.builds(Bridging, DAYS, SOME, SOME), max_size=2),
    requests=st.lists(DAYS, max_size=2),
    erasures=st.lists(DAYS, max_size=2),
    **dict.fromkeys(
        (
            *("submitted", "acknowledged", "told", "meeting", "discussed", "advice_sent", "consent_given"),
            *("consent_until", "future_planned", "active", "keep_until"),
        ),
        SOME,
    ),
)


@given(FACTS, DAYS)
def test_whatever_the_facts_deadlines_come_in_order_and_can_be_shown(facts: Facts, today: date) -> None:
    found = deadlines(facts, today, Calendar())
    assert [each.due for each in found] == sorted(each.due for each in found)
    assert all(each.warn_from <= each.due for each in found)
    assert {each.code for each in found} <= {term.code for term in vocabulary("termijnen")}
    if facts.state in ENDED:
        assert _kinds(found) <= {"TM-INZAGE", "TM-VERLENGD", "TM-VERNIETIGING", "TM-BEWAAR", "TM-NA-6", "TM-NA-12"}


def _kinds(found: list[Deadline]) -> set[str]:
    return {each.code for each in found}


def test_every_service_level_says_what_is_to_be_done() -> None:
    for term in vocabulary("termijnen"):
        level = service_level(term.code)
        assert level.label
        assert level.text.endswith((".", "?"))
        assert level.ahead >= 0
        assert level.unit is Unit.AGE or level.count == int(level.count)


def test_a_code_without_service_level_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        service_level("TM-ONBEKEND")
