"""Which words of a text are judged: none that may be a name, a code or an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.language.spelling import Word, judged_words, near, word_at


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Noor woont bij oma.", ["woont", "bij", "oma"]),
        ("Zie GGZ, JZ24 en noor@voorbeeld.test of www.voorbeeld.test!", ["en", "of"]),
        ("'s avonds, foto's en zee-eend…", ["avonds", "foto's", "en", "zee-eend"]),
        ("één coördinator (jeugdhulp/wonen)", ["één", "coördinator", "jeugdhulp", "wonen"]),
        ("- eerste\n- tweede", ["eerste", "tweede"]),
        ("3x per week", ["per", "week"]),
        ("", []),
    ],
)
def test_what_is_judged(text: str, words: list[str]) -> None:
    assert [word.text for word in judged_words(text)] == words


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    for start, word in judged_words(text):
        assert text[start : start + len(word)] == word
        assert word == word.lower()


def test_the_word_around_a_place() -> None:
    assert word_at("een huis", 5) == Word(4, "huis")
    assert word_at("een huis", 8) == Word(4, "huis")
    assert word_at("een  huis", 4) is None


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("hullp", "hulp"),
        ("uhlp", "hulp"),
        ("hlp", "hulp"),
        ("hulb", "hulp"),
        ("zorgn", "zorgen"),
        ("cooperatie", "coöperatie"),
    ],
)
def test_what_is_one_slip_away_comes_once_and_is_never_the_word_itself(slip: str, meant: str) -> None:
    found = [*near(slip)]
    assert meant in found
    assert slip not in found
    assert len(found) == len(set(found))
