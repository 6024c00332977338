"""What is made black is out of the text, whatever the masks; and what is proposed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.blackening import ABOUT_OTHERS, BLACK, CONTACT, Passage, blackened, mask_of, merged, proposer
from bren_desktop.domain.cases import Case, InvolvedRow

CASE = Case(
    roepnaam="Sam",
    achternaam="Lindewater",
    jim_naam="Dirk-Jan Gebrezion",
    betrokkenen=(
        InvolvedRow(naam="mevr. Janna van der Lindewater"),
        InvolvedRow(naam="Sam Lindewater"),
        InvolvedRow(naam="Oma Wil"),
    ),
)


def passage(text: str) -> Passage:
    return Passage("e/hulpvraag", "hulpvraag", "Hulpvraag", text)


@st.composite
def masked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text of characters that each occur once, and spans in it."""
    text = "".join(chr(0x4E00 + number) for number in range(draw(st.integers(1, 60))))
    place = st.integers(0, len(text))
    return text, draw(st.lists(st.tuples(place, place), max_size=8))


@given(masked())
def test_no_character_of_a_mask_is_left_and_every_other_is(found: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = found
    here = passage(text)
    shown = blackened(here, [mask_of(here, start, end, ABOUT_OTHERS) for start, end in spans])
    hidden = {char for start, end in spans for char in text[start:end]}
    assert hidden.isdisjoint(shown)
    assert [char for char in shown.replace(BLACK, "") if char in text] == [char for char in text if char not in hidden]
    assert shown.count(BLACK) == len(merged(spans))


@given(masked())
def test_the_length_of_what_is_black_is_not_told(found: tuple[str, list[tuple[int, int]]]) -> None:
    text, _ = found
    whole = passage(text)
    assert blackened(whole, [mask_of(whole, 0, len(text), ABOUT_OTHERS)]) == BLACK


def test_a_mask_of_another_text_makes_all_of_it_black() -> None:
    mask = mask_of(passage("Oom Piet was er."), 4, 8, ABOUT_OTHERS)
    assert blackened(passage("Er was oom Piet."), [mask]) == BLACK
    elsewhere = mask.model_copy(update={"plek": "e/wensen"})
    assert blackened(passage("Er was oom Piet."), [elsewhere]) == "Er was oom Piet."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Janna belde, en JANNA huilde.", f"{BLACK} belde, en {BLACK} huilde."),
        ("Met Gebrezions hond.", "Met Gebrezions hond."),
        ("Dirk-Jan Gebrezion kwam.", f"{BLACK} kwam."),
        ("Sam Lindewater is Sam.", "Sam Lindewater is Sam."),
        ("Hij stond van der weg af.", "Hij stond van der weg af."),
        ("Moeder wil dat oma Van der Weg belt.", "Moeder wil dat oma Van der Weg belt."),
        ("Oma Wil kwam. Wil lachte.", f"{BLACK} kwam. {BLACK} lachte."),
        ("Bel +31 6 1234 5678 of 070-123 45 67.", f"Bel {BLACK} of {BLACK}."),
        ("Mail j.van-der@school.example.nl!", f"Mail {BLACK}!"),
        ("Op 12-05-2026 om 0900, bij 12345678901234.", "Op 12-05-2026 om 0900, bij 12345678901234."),
        ("Hij is 15, maatregel 2026-0147.", "Hij is 15, maatregel 2026-0147."),
    ],
)
def test_what_is_proposed(text: str, shown: str) -> None:
    here = passage(text)
    assert blackened(here, proposer(CASE)(here)) == shown


def test_every_proposal_has_its_reason_and_codes_get_none() -> None:
    propose = proposer(CASE)
    assert {mask.reden for mask in propose(passage("Janna: 06-12345678"))} == {ABOUT_OTHERS, CONTACT}
    assert propose(Passage("e/x", "x", "X", "Janna", codes=("X",))) == []
    assert proposer(Case())(passage("Janna belde.")) == []
