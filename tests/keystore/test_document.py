"""The text of a key file, which anyone may have written: it is exactly right, newer, or damaged."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.keystore import slots
from bren_desktop.keystore.document import MOST_BYTES, DamagedError, KeyFile, NewerError, parse

STORE, KEY = bytes(range(16)), bytes(range(32))
CHEAP = Argon2Work(1, 8 * 1024, 1)
FILE = KeyFile(
    STORE,
    (slots.seal_passphrase(KEY, STORE, b"x", CHEAP, bytes(32)), slots.seal_recovery(KEY, STORE, bytes(20))),
).signed(KEY)
SHAPE: dict[str, Any] = json.loads(FILE.to_bytes())

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def checked(shape: dict[str, Any]) -> bytes:
    """This shape with the right checksum, as an attacker would write it."""
    body = {name: value for name, value in shape.items() if name != "checksum"}
    return json.dumps(body | {"checksum": hashlib.sha256(slots.canonical(body)).hexdigest()}).encode()


def test_what_is_written_reads_back() -> None:
    assert parse(FILE.to_bytes()) == FILE
    assert FILE.is_signed_by(KEY)
    assert not FILE.is_signed_by(bytes(32))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_an_administrator_may_have_reformatted_it(encoding: str) -> None:
    text = json.dumps(SHAPE, indent=4).replace("\n", "\r\n")
    assert parse(text.encode(encoding)) == FILE


@given(st.binary(max_size=300))
def test_any_bytes_are_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError):
        parse(data)


@given(st.integers(0, len(FILE.to_bytes()) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_damage_or_nothing(place: int, flip: int) -> None:
    data = bytearray(FILE.to_bytes())
    data[place] ^= flip
    with suppress(DamagedError):
        assert parse(bytes(data)) == FILE


@given(anything)
def test_any_json_is_damaged(value: object) -> None:
    with pytest.raises(DamagedError):
        parse(json.dumps(value).encode())


@given(st.sampled_from(["format", "store", "slots", "mac", "extra"]), anything)
def test_any_value_at_the_top_is_newer_or_damaged(name: str, value: object) -> None:
    is_newer = name == "format" and type(value) is int and value > 1
    if name == "format" and value == 1 and type(value) is int:
        return
    with pytest.raises(NewerError if is_newer else DamagedError):
        parse(checked(SHAPE | {name: value}))


@given(st.sampled_from([*SHAPE["slots"][0], "extra"]), anything)
def test_any_value_in_a_slot_is_damaged_or_bearable(name: str, value: object) -> None:
    first, second = SHAPE["slots"]
    data = checked(SHAPE | {"slots": [first | {name: value}, second]})
    try:
        slot = parse(data).slots[0]
    except DamagedError:
        return
    assert name in {"t", "m", "p"}
    assert slot.work is not None
    assert slot.work.is_bearable()


@pytest.mark.parametrize("name", list(SHAPE["slots"][0]))
def test_nothing_may_be_missing_from_a_slot(name: str) -> None:
    first, second = SHAPE["slots"]
    less = {key: value for key, value in first.items() if key != name}
    with pytest.raises(DamagedError):
        parse(checked(SHAPE | {"slots": [less, second]}))


@pytest.mark.parametrize(
    "work",
    [
        {"m": 100 * 1024**2},
        {"t": 10**9},
        {"t": 20, "m": 1024**2},
        {"p": 1000},
        {"m": 1024},
        {"t": 0},
        {"t": True},
        {"t": 1.0},
        {"t": "1"},
        {"m": 10**4000},
    ],
)
def test_work_that_would_hurt_is_damage(work: dict[str, object]) -> None:
    first, second = SHAPE["slots"]
    with pytest.raises(DamagedError):
        parse(checked(SHAPE | {"slots": [first | work, second]}))


@pytest.mark.parametrize("rows", [[], SHAPE["slots"] * 2, SHAPE["slots"][:1] * 2, SHAPE["slots"] * 500])
def test_slots_are_few_and_of_different_kinds(rows: list[object]) -> None:
    with pytest.raises(DamagedError):
        parse(checked(SHAPE | {"slots": rows}))


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b"9" * 60_000,
        b'{"format":' + b"9" * 5_000 + b"}",
        b'{"format":1,"format":1}',
        b"\xff\xfe{\x00}\x00",
        b"NaN",
        b'{"store":"\\ud800"}',
        FILE.to_bytes() + b" " * MOST_BYTES,
        b'{"format":2,' + FILE.to_bytes()[1:],
    ],
)
def test_tricks_of_the_format_are_damage(data: bytes) -> None:
    with pytest.raises(DamagedError):
        parse(data)


def test_a_newer_format_is_told_by_its_checksum() -> None:
    newer = {"format": 7, "whatever": [{"deep": "x"}]}
    with pytest.raises(NewerError):
        parse(checked(newer))
    with pytest.raises(DamagedError):
        parse(json.dumps(newer | {"checksum": "0" * 64}).encode())
