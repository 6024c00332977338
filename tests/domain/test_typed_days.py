"""Dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.typed_days import shown, span_in, understood

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        ("vandaag", "2026-11-22"),
        ("Morgen", "2026-11-23"),
        ("gisteren", "2026-11-21"),
        ("+14d", "2026-12-06"),
        ("+ 2 w", "2026-12-06"),
        ("-7", "2026-11-15"),
        ("+3m", "2027-02-22"),
        ("+1j", "2027-11-22"),
        ("3-4", "2027-04-03"),
        ("3-1", "2027-01-03"),
        ("20/10", "2026-10-20"),
        ("22-11-2026", "2026-11-22"),
        ("2011-03-04", "2011-03-04"),
        ("4-3-11", "2011-03-04"),
        ("4.3.98", "1998-03-04"),
        ("04032011", "2011-03-04"),
        ("4 maart 2011", "2011-03-04"),
        ("4 mrt", "2027-03-04"),
        ("ma", "2026-11-23"),
        ("zondag", "2026-11-29"),
        ("29-2", "2028-02-29"),
    ],
)
def test_what_people_type_is_understood(typed: str, meant: str) -> None:
    today = SUNDAY if typed != "29-2" else date(2027, 11, 22)
    assert understood(typed, today) == meant


@pytest.mark.parametrize("typed", ["31-02-2026", "ooit", "+99999j", "99-99", "12 dagen", "0-0-00", "+9999j"])
def test_what_is_no_date_is_left_as_it_was_typed(typed: str) -> None:
    assert understood(typed, SUNDAY) == typed


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2035, 12, 31)))
def test_what_is_shown_is_understood_as_the_same_day(day: date) -> None:
    assert understood(shown(day.isoformat()), SUNDAY) == day.isoformat()


@given(st.text(max_size=40), st.dates())
def test_no_text_breaks_it(text: str, today: date) -> None:
    assert isinstance(understood(text, today), str)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("3 maart", "2026-03-03", "2026-03-03"),
        ("22 nov", "2026-11-22", "2026-11-22"),
        ("23 nov", "2025-11-23", "2025-11-23"),
        ("3-3-2026", "2026-03-03", "2026-03-03"),
        ("Gisteren", "2026-11-21", "2026-11-21"),
        ("maart", "2026-03-01", "2026-03-31"),
        ("januari", "2026-01-01", "2026-01-31"),
        ("feb 2028", "2028-02-01", "2028-02-29"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_day_a_month_or_a_year_is_a_span(typed: str, first: str, last: str) -> None:
    assert span_in(typed, SUNDAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "typed", ["", "jan", "jan de wit", "ma", "v", "26-0012", "2", "+14d", "autisme", "3026", "99-99-2026"]
)
def test_a_name_or_a_number_is_no_span(typed: str) -> None:
    assert span_in(typed, SUNDAY) is None
