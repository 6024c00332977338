"""Wishes of a family in its own words."""

from __future__ import annotations

import pytest

from bren_desktop.language.numbers import iq_mentions
from bren_desktop.language.wishes import spoken_in, wishes_in


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Liefst Turkssprekend.", ("taal", "Turks")),
        ("Graag iemand die Tigrinya spreekt", ("taal", "Tigrinya")),
        ("iemand met eigen ervaring", ("eigen ervaring", "")),
        ("liever een ervaringsdeskundige", ("eigen ervaring", "")),
        ("liefst een vrouw", ("man of vrouw", "vrouw")),
        ("geen man alstublieft", ("man of vrouw", "vrouw")),
    ],
)
def test_a_wish_is_found(text: str, wish: tuple[str, str]) -> None:
    assert [(found.kind, found.value) for found in wishes_in(text)] == [wish]


def test_what_is_not_wished_is_no_wish() -> None:
    assert not wishes_in("geen Turks")


def test_a_language_in_running_text_counts_where_it_is_about_speaking() -> None:
    text = "Zijn Poolse opa woont in Breda. Moeder spreekt alleen Arabisch en geen Nederlands."
    assert [found.value for found in spoken_in(text)] == ["Arabisch"]


def test_who_speaks_dutch_too_wishes_no_language() -> None:
    assert not spoken_in("Ouders spreken thuis Nederlands en Pools.")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Een IQ van 62.", ["lvb"]),
        ("TIQ: 41", ["emb"]),
        ("Een IQ van 110.", []),
        ("Het IQ is onbekend. 12 jaar.", []),
    ],
)
def test_an_iq_says_something(text: str, codes: list[str]) -> None:
    assert [mention.code for mention in iq_mentions(text)] == codes
