"""How long a case took: working days to each phase, without what it waited, anew after a reopening."""

from __future__ import annotations

from datetime import date

import pytest

from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.clocks.counting import Pause
from bren_desktop.domain.states import State
from bren_desktop.domain.terms import began, pauses, terms
from bren_desktop.domain.transitions import Transition

REGISTERED = date(2026, 11, 2)
TODAY = date(2026, 11, 30)


def on(day: int, target: str) -> Transition:
    return Transition(naar=f"ST-{target}", op=date(2026, 11, day))


def found(*steps: Transition) -> dict[str, int]:
    return {term.state.value[3:]: term.days for term in terms(steps, REGISTERED, TODAY, Calendar())}


def test_phases_are_counted_from_the_aanmelding_in_working_days() -> None:
    assert found(on(4, "TRI"), on(9, "RET"), on(16, "BES"), on(18, "ADV")) == {"TRI": 2, "BES": 10, "ADV": 12}


def test_a_phase_counts_when_it_was_first_reached() -> None:
    assert found(on(4, "TRI"), on(5, "AVU"), on(6, "TRI")) == {"TRI": 2}


def test_what_was_waited_for_does_not_count() -> None:
    assert found(on(4, "TRI"), on(5, "AVU"), on(11, "TRI"), on(13, "BES"))["BES"] == 9 - 4


def test_a_reopened_case_starts_a_new_clock() -> None:
    steps = (on(4, "TRI"), on(5, "AFB"), on(16, "HER"), on(18, "TRI"))
    assert found(*steps) == {"TRI": 2}
    assert began(steps, REGISTERED) == date(2026, 11, 16)


def test_without_a_day_of_aanmelding_nothing_is_counted() -> None:
    assert terms((on(4, "TRI"),), None, TODAY, Calendar()) == ()
    assert terms((), REGISTERED, TODAY, Calendar()) == ()


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), ()),
        ((on(4, "TRI"),), ()),
        ((on(4, "AVU"), on(9, "TRI")), (Pause(date(2026, 11, 4), date(2026, 11, 9)),)),
        ((on(4, "AVU"),), (Pause(date(2026, 11, 4), TODAY),)),
        (
            (on(4, "AVU"), on(5, "TRI"), on(9, "AVU"), on(9, "ING")),
            (Pause(date(2026, 11, 4), date(2026, 11, 5)), Pause(date(2026, 11, 9), date(2026, 11, 9))),
        ),
    ],
)
def test_pauses_run_from_asking_to_the_next_step(steps: tuple[Transition, ...], expected: tuple[Pause, ...]) -> None:
    assert pauses(steps, TODAY) == expected


def test_phases_have_their_day() -> None:
    (term,) = terms((on(4, "TRI"),), REGISTERED, TODAY, Calendar())
    assert (term.state, term.reached) == (State.TRIAGE, date(2026, 11, 4))
