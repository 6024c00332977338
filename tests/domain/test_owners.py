"""Who may own a point of advice: `owner_names.txt` has the names, judged by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bren_desktop.domain.owners import Naming, naming

LINES = Path(__file__).with_name("owner_names.txt").read_text("utf-8").splitlines()
JUDGED = [line.partition("|") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("verdict", "text"), [(verdict.strip(), text.strip()) for verdict, _, text in JUDGED])
def test_every_name_is_judged_as_people_do(verdict: str, text: str) -> None:
    assert naming(text.replace("~", "\n")).value == verdict


def test_the_list_has_every_verdict() -> None:
    assert {verdict.strip() for verdict, _, _ in JUDGED} == {each.value for each in Naming}
    assert len(JUDGED) >= 60


letters = st.text("bcdfijklmnpvwxyéö", min_size=3)
"""Of these no word for a role or an organisation can be made: with a name, such a word is one owner."""
joints = st.sampled_from(
    [", ", ",", "/", " / ", " & ", "&", " en ", " EN ", "; ", " + ", " of ", " plus ", "\n", " - "]
)


@given(first=letters, second=letters, joint=joints)
def test_two_names_joined_are_never_one_owner(first: str, second: str, joint: str) -> None:
    assume(naming(first) is naming(second) is Naming.ONE)
    assert naming(f"{first.title()}{joint}{second.title()}") is Naming.SEVERAL


@given(st.lists(letters, min_size=1, max_size=4).map(" ".join))
def test_words_without_joints_are_never_several(name: str) -> None:
    assume({"en", "and", "of", "plus", "met", "ism"}.isdisjoint(name.split()))
    assert naming(name) is not Naming.SEVERAL


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert naming(text) in Naming
