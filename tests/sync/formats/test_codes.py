"""The one-time code as people type it, and the six words that both screens show."""

from __future__ import annotations

import contextlib
import hashlib
import itertools

import pytest
from argon2.low_level import Type, hash_secret_raw
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.crypto.codes import CODE_BYTES, CODE_FIELD, format_code, new_code, parse_code
from bren_desktop.errors import InvalidInputError
from bren_desktop.sync.format.words import COUNT, word_list, words


@given(st.binary(min_size=CODE_BYTES, max_size=CODE_BYTES))
def test_a_code_is_read_as_it_was_shown(code: bytes) -> None:
    shown = format_code(code)
    assert [len(group) for group in shown.split("-")] == [4, 4, 4, 4]
    assert parse_code(shown) == code
    assert parse_code(shown.lower().replace("-", " ")) == code
    assert parse_code(shown.replace("0", "O").replace("1", "l")) == code


def test_the_first_bits_come_first() -> None:
    assert format_code(b"\x08" + bytes(9)) == "1000-0000-0000-0000"
    assert format_code(bytes(9) + b"\x1f") == "0000-0000-0000-000Z"


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(100)}) == 100
    assert len(new_code()) == CODE_BYTES


@pytest.mark.parametrize("typed", ["", "ABCD", "0000-0000-0000-000", "0000-0000-0000-0000-0", "x" * 10_000])
def test_too_short_or_too_long_is_said_so(typed: str) -> None:
    with pytest.raises(InvalidInputError, match="van de 16 tekens") as refused:
        parse_code(typed)
    assert refused.value.field == CODE_FIELD


def test_a_letter_that_no_code_has_is_said_so() -> None:
    with pytest.raises(InvalidInputError, match="letter U"):
        parse_code("UUUU-UUUU-UUUU-UUUU")


@given(st.text(max_size=40))
def test_anything_typed_is_a_code_or_refused(typed: str) -> None:
    with contextlib.suppress(InvalidInputError):
        assert len(parse_code(typed)) == CODE_BYTES


def test_there_are_256_words_easy_to_say() -> None:
    known = word_list()
    assert len(known) == len(set(known)) == 256
    assert list(known) == sorted(known)
    assert all(4 <= len(word) <= 8 and word.isascii() and word.isalpha() and word.islower() for word in known)


def sounds(word: str) -> str:
    """Roughly how a word sounds over a bad line."""
    for written, heard in (
        ("sch", "sg"),
        ("ch", "g"),
        ("ij", "ei"),
        ("au", "ou"),
        ("qu", "kw"),
        ("ph", "f"),
        ("c", "k"),
        ("z", "s"),
        ("v", "f"),
        ("d", "t"),
        ("y", "i"),
    ):
        word = word.replace(written, heard)
    return "".join(letter for letter, _ in itertools.groupby(word))


def test_no_two_words_sound_alike() -> None:
    heard = [sounds(word) for word in word_list()]
    assert len({word[:3] for word in heard}) == 256
    assert all(not _one_apart(one, other) for one, other in itertools.combinations(heard, 2))


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or changed makes `one` of `other`."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    shorter, longer = sorted((one, other), key=len)
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def test_the_words_are_the_frozen_list() -> None:
    """Two versions of the program must show the same words."""
    assert (
        hashlib.sha256(" ".join(word_list()).encode()).hexdigest()
        == "8e7083c59f1e464a288f45920f1017fe02d3d31b5dddd48c481e6afe8ed8a4cd"
    )


def test_the_words_are_of_argon2id_as_the_page_says() -> None:
    key, file = bytes(range(32)), b"a request file"
    salt = hashlib.sha256(key).digest()[:16]
    picked = hash_secret_raw(hashlib.sha256(file).digest(), salt, 3, 65_536, 1, COUNT, Type.ID, 0x13)
    assert words(file, key) == tuple(word_list()[pick] for pick in picked)
    assert words(b"another request file", key) != words(file, key)
