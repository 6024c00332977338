"""Two letters per laptop, none twice."""

from __future__ import annotations

from itertools import product
from string import ascii_uppercase

import pytest

from bren_desktop.sync.membership.letters import NoLettersLeftError, next_letters

ALL = ["".join(pair) for pair in product(ascii_uppercase, repeat=2)]


def test_letters_are_given_out_in_order_and_once() -> None:
    taken: list[str] = []
    for _ in ALL:
        taken.append(next_letters(taken))
    assert taken == ALL
    with pytest.raises(NoLettersLeftError, match="geen letters meer"):
        next_letters(taken)


def test_a_laptop_keeps_its_letters_in_another_team_where_they_are_free() -> None:
    assert next_letters(["AA"], "AD") == "AD"
    assert next_letters(["AA", "AD"], "AD") == "AB"
