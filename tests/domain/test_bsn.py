"""A number that may be a burgerservicenummer is told from another number of nine digits."""

from __future__ import annotations

import pytest

from bren_desktop.domain.bsn import may_hold_bsn

NEVER_GIVEN_OUT = "999990019"
"""One of the range that is kept for tests."""


@pytest.mark.parametrize(
    "text",
    [
        NEVER_GIVEN_OUT,
        f"Bsn: {NEVER_GIVEN_OUT}.",
        "Bekend onder 9999.90.019 bij de GI.",
        "nummer 999 990 019",
        "(999990019)",
    ],
)
def test_it_is_seen_however_it_is_written(text: str) -> None:
    assert may_hold_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "999990018",
        f"1{NEVER_GIVEN_OUT}",
        f"{NEVER_GIVEN_OUT}0",
        "000000000",
        "06-12345678",
        "22-11-2026",
        "99 9990019",
    ],
)
def test_other_numbers_are_let_be(text: str) -> None:
    assert not may_hold_bsn(text)
