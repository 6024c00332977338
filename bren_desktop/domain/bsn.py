"""Numbers that may be a burgerservicenummer: this program holds none (decision 8 of the design)."""

from __future__ import annotations

import re

_RUN = re.compile(r"\d[\d. ]{7,}\d")
"""Where nine digits may stand: a text is looked through with every key, and digits are few."""
_NINE_DIGITS = re.compile(r"(?<!\d)\d{4}([. ]?)\d{2}\1\d{3}(?!\d)|(?<!\d)\d{3} \d{3} \d{3}(?!\d)")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_BY = 11


def may_hold_bsn(text: str) -> bool:
    """Whether a number of nine digits in `text` passes the test of eleven, as one in eleven other numbers does."""
    return any(_passes(found[0]) for run in _RUN.findall(text) for found in _NINE_DIGITS.finditer(run))


def _passes(written: str) -> bool:
    digits = [int(each) for each in written if each.isdecimal()]
    return any(digits) and sum(map(int.__mul__, digits, _WEIGHTS)) % _BY == 0
