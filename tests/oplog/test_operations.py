"""Operations as bytes: what was written comes back, and anything else is refused by one error."""

from __future__ import annotations

import contextlib
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.oplog.operations import Author, Change, DecodingError, Dot, Operation, decode, encode

COUNTERS = st.integers(min_value=0, max_value=2**63 - 1)
DOTS = st.builds(Dot, st.binary(max_size=16), COUNTERS)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
CHANGES = st.builds(Change, st.text(max_size=10), st.text(max_size=10), VALUES, st.lists(DOTS, max_size=3).map(tuple))
OPERATIONS = st.builds(
    Operation,
    DOTS,
    COUNTERS,
    st.text(max_size=5),
    st.text(max_size=5),
    st.text(max_size=5),
    st.builds(Author, st.text(max_size=5), st.text(max_size=5), st.text(max_size=5)),
    st.lists(CHANGES, max_size=4).map(tuple),
)
GOOD = Operation(Dot(b"a", 1), 1, "s", "casus", "e", Author("p", "n", "r"), (Change("f", "", "v", (Dot(b"b", 2),)),))


@given(OPERATIONS)
def test_what_is_encoded_comes_back_and_gives_the_same_bytes(operation: Operation) -> None:
    assert decode(encode(operation)) == operation
    assert encode(decode(encode(operation))) == encode(operation)


@given(st.binary(max_size=200))
def test_any_other_bytes_raise_one_error(data: bytes) -> None:
    with pytest.raises(DecodingError):
        decode(data)


@given(st.data())
def test_damaged_bytes_are_an_operation_or_raise_one_error(data: st.DataObject) -> None:
    damaged = bytearray(encode(GOOD))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(DecodingError):
        assert isinstance(decode(bytes(damaged)), Operation)


@given(st.recursive(VALUES | st.binary(max_size=5), lambda inner: st.lists(inner, max_size=9), max_leaves=20))
def test_any_other_structure_raises_one_error(value: Any) -> None:
    with pytest.raises(DecodingError):
        decode(msgpack.packb(value))


def swapped(place: int, value: object) -> bytes:
    """A good operation with one of its parts replaced."""
    parts = msgpack.unpackb(encode(GOOD))
    parts[place] = value
    return bytes(msgpack.packb(parts))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        *((0, 2), (1, "text"), (2, -1), (2, 2**63), (2, True), (3, -1), (3, 2**63), (4, b"s"), (5, 1), (6, None)),
        *((7, ["p", "n"]), (7, ["p", "n", 3]), (8, None), (8, [["f", "", "v"]]), (8, [[b"f", "", "v", []]])),
        *((8, [["f", "", "v", [[b"b", -2]]]]), (8, [["f", "", "v", [["b", 2]]]]), (8, [["f", 1, "v", []]])),
        (8, [["f", "", msgpack.Timestamp(1, 1), []]]),
        (8, [["f", "", {"x": [msgpack.Timestamp(1, 1)]}, []]]),
        (8, [["f", "", msgpack.ExtType(5, b"x"), []]]),
    ],
)
def test_a_part_of_the_wrong_kind_is_refused(place: int, value: object) -> None:
    with pytest.raises(DecodingError):
        decode(swapped(place, value))


def test_bytes_that_nest_without_end_are_refused() -> None:
    with pytest.raises(DecodingError):
        decode(b"\x91" * 100_000)


def test_an_operation_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bren_desktop.oplog.operations.LARGEST_OPERATION", 10)
    with pytest.raises(DecodingError):
        decode(encode(GOOD))
