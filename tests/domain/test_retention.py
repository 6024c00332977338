"""From when a record may be destroyed: dates counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from bren_desktop.domain.retention import Retention, destroy_from
from bren_desktop.domain.vocabulary import vocabulary

CLOSED, CHANGED, BORN = date(2026, 11, 22), date(2027, 1, 31), date(2012, 6, 3)


@pytest.mark.parametrize(
    ("profile", "closed", "changed", "born", "day"),
    [
        ("BP-AFSCHR", CLOSED, CHANGED, BORN, date(2031, 11, 22)),
        ("BP-AFSCHR", date(2028, 2, 29), None, None, date(2033, 2, 28)),
        ("BP-AFSCHR", date(2023, 2, 28), None, None, date(2028, 2, 28)),
        ("BP-JHD", CLOSED, CHANGED, None, date(2047, 1, 31)),
        ("BP-JHD", CLOSED, date(2028, 2, 29), None, date(2048, 2, 29)),
        ("BP-GI", CLOSED, None, BORN, date(2060, 6, 3)),
        ("BP-GI", CLOSED, None, date(2012, 2, 29), date(2060, 3, 1)),
    ],
)
def test_each_profile(profile: str, closed: date, changed: date | None, born: date | None, day: date) -> None:
    assert destroy_from(profile, closed, changed, born, "") == Retention(day)


@pytest.mark.parametrize(
    ("profile", "closed", "lacks"),
    [
        ("BP-AFSCHR", None, "afsluiting"),
        ("BP-JHD", CLOSED, "laatste_wijziging"),
        ("BP-GI", CLOSED, "geboortedatum"),
        ("", CLOSED, "bewaarprofiel"),
        ("BP-NIEUW", CLOSED, "bewaarprofiel"),
    ],
)
def test_it_says_what_is_not_known(profile: str, closed: date | None, lacks: str) -> None:
    found = destroy_from(profile, closed, None, None, "")
    assert (found.day, found.lacks) == (None, lacks)
    assert not found.may_go(date.max)


@pytest.mark.parametrize("profile", [term.code for term in vocabulary("bewaarprofielen")])
def test_the_day_itself_counts_and_a_reason_to_keep_it_always_wins(profile: str) -> None:
    found = destroy_from(profile, CLOSED, CHANGED, BORN, "")
    assert found.day is not None
    assert found.may_go(found.day)
    assert not found.may_go(found.day.replace(day=found.day.day - 1))
    held = destroy_from(profile, CLOSED, CHANGED, BORN, "rechtszaak")
    assert held.day == found.day
    assert not held.may_go(date.max)
