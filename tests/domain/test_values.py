"""Text as it is taken in: what cannot be seen does not turn a line around, and what people write stays."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from bren_desktop.domain.values import clean_text, parse_day

TURNING = tuple("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
IDLE = tuple("\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\xad")


@pytest.mark.parametrize("sign", TURNING)
def test_a_sign_that_turns_a_line_around_is_taken_out(sign: str) -> None:
    assert clean_text(f"{sign}Jan {sign}Voorbeeld{sign}") == "Jan Voorbeeld"


@pytest.mark.parametrize("sign", IDLE)
def test_a_sign_that_nobody_sees_hides_no_word(sign: str) -> None:
    assert clean_text(f"{sign}Noor{sign}tje e{sign}\u0301{sign}n 👩\u200d👧{sign}") == "Noortje én 👩\u200d👧"


@pytest.mark.parametrize("text", ["👩‍👧", "🏳️‍🌈", "Zoë", "שלום", "مرحبا", "Coördinatie", "می‌خواهم", "שלום \u200f--"])
def test_what_people_write_stays(text: str) -> None:
    assert clean_text(text) == text


@example("e\x07\u0301")
@example(" \u202e\u0301")
@given(st.lists(st.one_of(st.text(), st.sampled_from((*TURNING, *IDLE, "a", "\u0301", "α", "م", "👩")))).map("".join))
def test_no_text_keeps_a_sign_of_direction_and_cleaning_again_changes_nothing(text: str) -> None:
    cleaned = str(clean_text(text))
    directions = {unicodedata.bidirectional(sign) for sign in cleaned}
    assert directions.isdisjoint({"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"})
    assert not set(TURNING) & set(cleaned)
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize(
    "text", ["2011-03-04", "4-3-2011 09:30", "2011-03-04T21:59:59.123", "2011-03-04 00:00:00", "04/03/2011 3:00"]
)
def test_a_time_of_day_behind_a_date_is_left_out(text: str) -> None:
    assert parse_day(text) == date(2011, 3, 4)


@pytest.mark.parametrize("text", ["2011-03-03 23:00", "2011-03-04T00:30", "2011-03-04T12:00:00Z", "4-3-2011 25:00"])
def test_a_time_by_which_it_may_be_another_day_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        parse_day(text)
