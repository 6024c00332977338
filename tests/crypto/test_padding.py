"""Padmé: a length tells little, costs at most 12 %, and only what was padded so is taken for it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.crypto.padding import pad, padme, unpad

LENGTHS = st.integers(2, 2**26)


def by_the_paper(length: int) -> int:
    """Nikitin et al., 2019, algorithm 1."""
    exponent = math.floor(math.log2(length))
    kept = math.floor(math.log2(exponent)) + 1
    last = exponent - kept
    mask = 2**last - 1 if last > 0 else 0
    return (length + mask) & ~mask


@given(LENGTHS)
def test_it_is_as_in_the_paper(length: int) -> None:
    assert padme(length) == by_the_paper(length)


@given(LENGTHS)
def test_it_costs_at_most_twelve_percent(length: int) -> None:
    assert length <= padme(length) <= length * 1.12


@given(LENGTHS, LENGTHS)
def test_it_keeps_order_and_is_done_in_one_go(one: int, other: int) -> None:
    assert padme(padme(one)) == padme(one)
    assert (one <= other) <= (padme(one) <= padme(other))


def test_few_lengths_remain() -> None:
    assert len({padme(length) for length in range(2, 100_000)}) < 300


@given(st.binary(max_size=3000))
def test_what_was_padded_comes_back(text: bytes) -> None:
    padded = pad(text)
    assert len(padded) == padme(len(text) + 4)
    assert unpad(padded) == text


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"\0\0\0",
        pad(b"x" * 100) + b"\0",
        pad(b"x" * 100)[:-1],
        pad(b"x" * 99)[:-1] + b"\1",
        b"\0\0\0\1x" + bytes(50),
        b"\xff\xff\xff\xff" + bytes(60),
        (101).to_bytes(4, "big") + b"x" * 100,
    ],
    ids=["empty", "short", "longer", "cut", "not zero", "too much", "too little", "one less"],
)
def test_what_was_padded_otherwise_is_refused(padded: bytes) -> None:
    assert unpad(padded) is None


@given(st.binary(max_size=200))
def test_nothing_else_is_taken_for_padded(data: bytes) -> None:
    text = unpad(data)
    assert text is None or pad(text) == data
