"""What others packed is taken apart within bounds of memory and depth."""

from __future__ import annotations

import tracemalloc
from typing import Any

import msgpack
import pytest

from bren_desktop.oplog.contents import read_content
from bren_desktop.oplog.operations import DEEPEST, Author, Change, DecodingError, Dot, Operation, decode, encode
from bren_desktop.oplog.unpacking import LONGEST, MOST_ITEMS, unpack_bounded

MIB = 1024 * 1024


def refuse(_code: int, _data: bytes) -> Any:
    raise ValueError("extension")


def unpacked(data: bytes) -> Any:
    return unpack_bounded(data, ext_hook=refuse)


BOMBS = {
    "empty arrays": b"\x94" + b"\xdd\x00\x01\x86\xa0" + b"\x90" * 100_000 + (b"\xdc\xff\xff" + b"\x90" * 65_535) * 60,
    "a long array": b"\xdd\x00\x40\x00\x00" + b"\xc0" * 4 * MIB,
    "many arrays": b"\xdc\x40\x00" + (b"\xdc\x01\x00" + b"\xc0" * 256) * 0x4000,
    "many maps": b"\xdd\x00\x01\x80\x00" + b"\x81\xa1a\x80" * 0x18000 * 4,
    "a length that is not there": b"\xdd\xff\xff\xff\xff" + b"\xc0" * 100_000,
    "a text that is not there": b"\xdb\xff\xff\xff\xff" + b"a" * 100_000,
    "deeper than the stack": b"\x91" * 100_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_before_it_takes_memory(bomb: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises((ValueError, msgpack.exceptions.UnpackException, msgpack.exceptions.StackError)):
            unpacked(bomb)
        assert tracemalloc.get_traced_memory()[1] < 100 * MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_no_bomb_gets_past_an_operation_or_the_content_of_a_parcel(bomb: bytes) -> None:
    for read in (decode, read_content):
        with pytest.raises(DecodingError):
            read(bomb)


def test_much_that_is_right_is_read() -> None:
    rows = [[at, "text"] for at in range(LONGEST)]
    assert unpacked(msgpack.packb(rows)) == rows
    assert unpacked(msgpack.packb({"a" * 70_000: [1]})) == {"a" * 70_000: [1]}


def test_the_bound_on_all_items_is_exact() -> None:
    """Each array counts itself too: nine full ones, the last, and the one around them."""
    nine = [[None] * (LONGEST - 1)] * 9
    last = MOST_ITEMS - 9 * LONGEST - 1 - (1 + 10)
    fits = [*nine, [None] * last]
    assert unpacked(msgpack.packb(fits)) == fits
    with pytest.raises(ValueError, match="too many"):
        unpacked(msgpack.packb([*nine, [None] * (last + 1)]))


def nested(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(("levels", "fits"), [(DEEPEST, True), (DEEPEST + 1, False), (500, False)])
def test_a_value_is_not_too_deep(levels: int, fits: bool) -> None:
    """What nests as deep as msgpack reads could not be written again inside a record."""
    change = Change("veld", "", nested(levels))
    data = encode(Operation(Dot(b"d" * 16, 1), 1, "s", "casus", "e", Author("p", "n", "lid"), (change,)))
    if fits:
        assert decode(data).changes == (change,)
    else:
        with pytest.raises(DecodingError):
            decode(data)
