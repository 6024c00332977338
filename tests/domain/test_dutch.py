"""Dutch as letters write it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.dutch import (
    CUT_MARK,
    asked_in,
    counted,
    euros,
    first_sentences,
    listing,
    long_date,
    sentence,
    short_date,
    shortened,
)


def test_dates_follow_the_house_style() -> None:
    assert long_date(date(2026, 3, 1)) == "1 maart 2026"
    assert short_date(date(2026, 3, 1)) == "01-03-2026"


def test_numbers_have_points_at_the_thousands() -> None:
    assert [counted(n) for n in (0, 999, 1000, 1234567)] == ["0", "999", "1.000", "1.234.567"]
    assert euros(12500) == "€ 12.500,00"


@pytest.mark.parametrize(
    ("words", "joined"), [((), ""), (("a",), "a"), (("a", "b"), "a en b"), (("a", "b", "c"), "a, b en c")]
)
def test_a_listing_ends_with_en(words: tuple[str, ...], joined: str) -> None:
    assert listing(words) == joined


@pytest.mark.parametrize(("text", "whole"), [("de weg", "De weg."), ("Ja!", "Ja!"), ("  ", ""), ("ëen", "Ëen.")])
def test_a_sentence_has_a_capital_and_an_end(text: str, whole: str) -> None:
    assert sentence(text) == whole


def test_the_first_sentences_end_where_sentences_end() -> None:
    assert first_sentences("Een. Twee?\nDrie! Vier.", 3) == "Een. Twee? Drie!"
    assert first_sentences("“Ik wil thuis wonen.” Dat zegt hij. En meer.", 2) == "“Ik wil thuis wonen.” Dat zegt hij."
    assert first_sentences("\n\n", 3) == ""


def test_a_text_is_cut_at_a_sentence_and_once_only() -> None:
    assert shortened("Kort en klein. Daarna nog veel meer.", 20) == f"Kort en klein. {CUT_MARK}"
    assert shortened(shortened("Kort en klein. Daarna nog meer.", 20), 20) == f"Kort en klein. {CUT_MARK}"
    assert shortened("woord " * 10, 14) == f"woord woord {CUT_MARK}"


@given(text=st.text(max_size=300), limit=st.integers(20, 200))
def test_a_cut_text_is_never_longer_than_asked_plus_its_mark(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit + len(CUT_MARK) + 1
    assert short == text or short.endswith(CUT_MARK)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Zij eet niet. Wie denkt mee? Waar kan dat?", "Wie denkt mee?"),
        ("Wij zoeken\neen plek. En snel.", "Wij zoeken"),
        ("Zij vraagt: ‘wie helpt mij?’ Het kan zo niet.", "Zij vraagt: ‘wie helpt mij?’"),
        ("", ""),
    ],
)
def test_the_question_of_a_text_is_found_behind_what_comes_before_it(text: str, asked: str) -> None:
    assert asked_in(text) == asked
