"""The thesaurus is read as it is written, and what is wrong with one is named."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.errors import InvalidInputError
from bren_desktop.language.reading import read
from bren_desktop.language.thesaurus import parsed

SMALL = """
[eetstoornis]
prefLabel = "eetstoornis"
codes = ["EX-EET", "DM-JGGZ"]
source = "test"

[anorexia]
prefLabel = "anorexia nervosa"
altLabel = ["anorexia", "weigert eten"]
hint = ["gewicht"]
broader = ["eetstoornis"]
codes = ["EX-SOM"]
related = ["dwang"]
source = "test"

[dwang]
prefLabel = "dwangstoornis"
altLabel = ["OCD"]
source = "test"
"""


def _with(line: str) -> str:
    return f'[a]\nprefLabel = "aap"\nsource = "test"\n{line}\n[b]\nprefLabel = "beer"\nsource = "test"\nbroader = ["a"]'


def test_a_concept_has_the_codes_of_what_is_broader_after_its_own() -> None:
    assert list(parsed(SMALL).codes_of("anorexia")) == ["EX-SOM", "EX-EET", "DM-JGGZ"]


def test_kin_goes_up_down_and_aside() -> None:
    read_one = parsed(SMALL)
    assert read_one.kin("anorexia") == {"eetstoornis": 0.8, "dwang": 0.3}
    assert read_one.kin("eetstoornis") == {"anorexia": 0.5}
    assert read_one.kin("dwang") == {"anorexia": 0.3}


def test_mentions_carry_the_concept() -> None:
    found = read(parsed(SMALL).lexicon(), "Zij weigert al weken te eten en heeft o.c.d. en OCD. Geen dwangstoornis.")
    assert [(one.code, one.strong, one.denied) for one in found if one.code == "anorexia"] == [
        ("anorexia", True, False)
    ]
    assert {one.denied for one in found if one.code == "dwang"} == {True, False}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (_with('broader = ["b"]'), "a → b → a"),
        (_with('related = ["kwijt"]'), "kwijt"),
        (_with('of_parent = ["kwijt"]'), "kwijt"),
        (_with('altLabel = ["x"]'), "Het begrip a klopt niet: kijk naar altLabel"),
        (_with("onbekend = 1"), "onbekend"),
        ('[A_b]\nprefLabel = "aap"\nsource = "test"', "A_b"),
        ('[a]\nsource = "test"', "prefLabel"),
        ("a = 3", "Het begrip a klopt niet"),
        ("[a", "geen geldige thesaurus"),
        ("#" * 2_000_001, "te groot"),
    ],
)
def test_what_is_wrong_is_named(text: str, named: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        parsed(text)
    assert named in str(raised.value)


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    with suppress(InvalidInputError):
        parsed(text)
