"""Inflections of a word meet in one stem, and different words stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.language.stems import fold, stem


@pytest.mark.parametrize(
    "forms",
    [
        "eetstoornis eetstoornissen",
        "suïcidaal suïcidale",
        "agressief agressieve",
        "snijdt snijden sneed gesneden",
        "zit zitten zat",
        "verslaving verslavingen",
        "ouder ouders",
        "psychose psychoses",
        "thuiszitter thuiszitters",
        "slaapt slapen sliep geslapen",
        "gooit gooien gooide gegooid",
        "autistisch autistische",
        "mogelijkheid mogelijkheden",
        "gedachte gedachten",
        "niets niks",
    ],
)
def test_inflections_meet(forms: str) -> None:
    assert len({stem(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair",
    [
        "geweld geweldig",
        "stem stemming",
        "school schuld",
        "moeder moed",
        "jongen jonge",
        "ouders oudere",
        "niet niets",
        "K-EET ket",
    ],
)
def test_different_words_stay_apart(pair: str) -> None:
    first, second = pair.split()
    assert stem(fold(first)) != stem(fold(second))


@pytest.mark.parametrize("spelling", ["jGGZ", "J-GGZ", "j-ggz", "JGGZ"])
def test_spellings_fold_together(spelling: str) -> None:
    assert fold(spelling) == "jggz"


@given(st.text(min_size=1))
def test_any_word_has_a_stem(word: str) -> None:
    assert stem(fold(word)) == stem(fold(word.upper().lower())) or not word.isascii()
