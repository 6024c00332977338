"""The recovery code: what is printed reads back however it is typed, and a typo is told from a wrong code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.crypto.recovery import format_code, parse_code
from bren_desktop.errors import InvalidInputError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET = bytes(range(20))
CODE = format_code(SECRET)

secrets = st.binary(min_size=20, max_size=20)


def test_the_code_is_frozen() -> None:
    assert CODE == "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-C267"
    assert parse_code(CODE) == SECRET


@given(secrets)
def test_it_is_nine_groups_of_four_without_look_alikes(secret: bytes) -> None:
    groups = format_code(secret).split("-")
    assert [len(group) for group in groups] == [4] * 9
    assert set("".join(groups)) <= set(ALPHABET)


@given(secrets, st.data())
def test_it_reads_back_however_it_is_typed(secret: bytes, data: st.DataObject) -> None:
    typed = ""
    for symbol in format_code(secret).replace("-", ""):
        spelling = {"0": "0Oo", "1": "1IiLl"}.get(symbol, symbol + symbol.lower())
        typed += data.draw(st.sampled_from(spelling)) + data.draw(
            st.sampled_from(["", " ", "-", "\n", "\u2013", "\u00a0"])
        )
    assert parse_code(typed) == secret


@given(st.integers(0, 35), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_a_typo(place: int, other: str) -> None:
    symbols = CODE.replace("-", "")
    if symbols[place] == other:
        return
    with pytest.raises(InvalidInputError, match="typefout") as caught:
        parse_code(symbols[:place] + other + symbols[place + 1 :])
    assert caught.value.field == "herstelcode"


@given(st.integers(0, 34))
def test_two_characters_swapped_are_a_typo(place: int) -> None:
    symbols = CODE.replace("-", "")
    if symbols[place] == symbols[place + 1]:
        return
    with pytest.raises(InvalidInputError, match="typefout"):
        parse_code(symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :])


@pytest.mark.parametrize(("typed", "count"), [("", 0), ("  ", 0), (CODE[:-1], 35), (CODE + "0", 37)])
def test_a_code_of_another_length_is_counted(typed: str, count: int) -> None:
    with pytest.raises(InvalidInputError, match=f"U typte {count} van de 36"):
        parse_code(typed)


@pytest.mark.parametrize("stranger", ["U", "é", "<", "\u202e", "\U0001f600", "\x00"])
def test_a_character_that_no_code_has_is_named_as_such(stranger: str) -> None:
    with pytest.raises(InvalidInputError, match="teken dat er niet in voorkomt"):
        parse_code(stranger + CODE[1:])


@given(st.text())
def test_any_other_text_gives_a_clear_sentence_without_what_was_typed(typed: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_code(typed)
    assert set(caught.value.values) <= {"count"}
    assert str(caught.value).endswith(".")


def test_two_hundred_kilobytes_of_paste_are_refused() -> None:
    with pytest.raises(InvalidInputError):
        parse_code("A" * 200_000)


def test_only_twenty_bytes_make_a_code() -> None:
    with pytest.raises(ValueError, match="20 bytes"):
        format_code(b"short")
