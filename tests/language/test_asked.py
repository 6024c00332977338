"""What was typed falls into parts, the longest terms first, and a word that is known nowhere has near ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.language.asked import MOST_PARTS, parts
from bren_desktop.language.near import Words
from bren_desktop.language.thesaurus import parsed

FIELD = parsed("""
[moreel-beraad]
prefLabel = "moreel beraad"
source = "test"
[autisme]
prefLabel = "autisme"
altLabel = ["ASS"]
source = "test"
""").lexicon()
KNOWN = {"hrytsenko", "marjolein", "loverboy", "seksueel", "roskam", "anorexia"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("moreel beraad", [("moreel beraad", ("moreel-beraad",))]),
        ("moreel ber", [("moreel ber", ("moreel-beraad",))]),
        ("autis", [("autis", ("autisme",))]),
        ("ASS en Duindoorn", [("ASS", ("autisme",)), ("Duindoorn", ())]),
        ("aut", [("aut", ())]),
        ("autisme jz24", [("autisme", ("autisme",)), ("jz24", ("JZ24",))]),
        ("Oekraine vrouw haaglanden", [("Oekraine", ("Oekraïens",)), ("vrouw", ("vrouw",)), ("haaglanden", ("JZ24",))]),
        ("15 jaar, buren", [("15", ()), ("buren", ())]),
        ("de het", []),
        ("", []),
    ],
)
def test_a_query_falls_into_parts(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(part.text, part.concepts) for part in parts(FIELD, text)] == expected


@given(st.text())
def test_any_text_has_few_parts(text: str) -> None:
    assert len(parts(FIELD, text)) <= MOST_PARTS


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("hritsenko", ("hrytsenko",)),
        ("marjolijn", ("marjolein",)),
        ("loverbois", ("loverboy",)),
        ("sexueel", ("seksueel",)),
        ("roscam", ("roskam",)),
        ("anorexsi", ("anorexia",)),
        ("xyz", ()),
        ("onvindbaar", ()),
    ],
)
def test_typing_errors_are_forgiven(word: str, expected: tuple[str, ...]) -> None:
    assert Words(KNOWN).near(word) == expected
