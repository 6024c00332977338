"""What closing a case needs, and which of several proposals counts."""

from __future__ import annotations

from datetime import date

import pytest

from bren_desktop.domain.closing import Closing, ClosingState, in_force, missing_for_closing, missing_for_proposal
from bren_desktop.domain.fields import notes

DAY = date(2026, 11, 22)
FULL = Closing(
    resultaat="RS-JA",
    tevreden_verwijzer="TV-4",
    tevreden_jeugdige="TV-5",
    tevreden_ouders="TV-NG",
    codes_bevestigd=True,
    bewaarprofiel="BP-AFSCHR",
)
CONFIRMED = FULL.model_copy(update={"voorgesteld_door_id": "p1", "bevestigd_op": DAY, "bevestigd_door_id": "p2"})
RETURNED = FULL.model_copy(update={"teruggegeven_op": DAY})


def names(missing: tuple[tuple[str, str], ...]) -> list[str]:
    return [field for field, _ in missing]


@pytest.mark.parametrize(
    "field",
    ["resultaat", "tevreden_verwijzer", "tevreden_jeugdige", "tevreden_ouders", "codes_bevestigd", "bewaarprofiel"],
)
def test_each_of_these_is_needed(field: str) -> None:
    assert field in notes(Closing)
    assert names(missing_for_proposal(FULL.model_copy(update={field: Closing.model_fields[field].default}), 1)) == [
        field
    ]


def test_codes_that_were_not_looked_at_are_not_confirmed() -> None:
    assert names(missing_for_proposal(FULL.model_copy(update={"codes_bevestigd": False}), 1)) == ["codes_bevestigd"]


def test_not_asked_is_an_answer_and_nothing_is_none() -> None:
    assert missing_for_proposal(FULL, 1) == ()
    assert names(missing_for_proposal(FULL, 0)) == ["leerpunten"]


def test_a_case_closes_only_once_somebody_confirmed() -> None:
    assert names(missing_for_closing(None, 1)) == ["afsluiting"]
    assert names(missing_for_closing(FULL, 1)) == ["bevestigd_door"]
    assert missing_for_closing(CONFIRMED, 1) == ()
    assert names(missing_for_closing(CONFIRMED, 0)) == ["leerpunten"]


def test_what_was_confirmed_stays_so_where_it_was_given_back_at_the_same_time() -> None:
    assert CONFIRMED.model_copy(update={"teruggegeven_op": DAY}).state is ClosingState.CONFIRMED


def test_one_person_alone_confirms_nothing_wherever_it_was_written() -> None:
    alone = CONFIRMED.model_copy(update={"bevestigd_door_id": "p1"})
    assert alone.state is ClosingState.PROPOSED
    assert alone.model_copy(update={"getuige": "Wil Voorbeeld"}).state is ClosingState.CONFIRMED


def test_the_confirmed_one_counts_and_one_given_back_does_not() -> None:
    assert in_force([RETURNED], 0) is None
    assert in_force([FULL, RETURNED], 0) is FULL
    assert in_force([FULL, CONFIRMED], 0) is CONFIRMED


def test_a_case_that_was_reopened_is_closed_anew() -> None:
    assert in_force([CONFIRMED], 1) is None
    again = FULL.model_copy(update={"ronde": 1})
    assert in_force([CONFIRMED, again], 1) is again
