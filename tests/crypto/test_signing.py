"""Signatures and boxes are for their owners only."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.crypto.seal import BOX_BYTES, box, is_signed, new_key, public_box_key, public_sign_key, sign, unbox

SEED, OTHER = bytes(range(32)), bytes(range(1, 33))
PUBLIC = public_sign_key(SEED)
SIGNATURE = sign(b"message", SEED)


def test_the_answer_is_frozen() -> None:
    assert PUBLIC.hex() == "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    assert public_box_key(SEED).hex() == "4701d08488451f545a409fb58ae3e58581ca40ac3f7f114698cd71deac73ca01"
    assert SIGNATURE[:32].hex() == "7bc0ea578290c8dcf6fc8a6e134a7f3e794ddd7e8922108bccd6202f95de532b"
    assert SIGNATURE[32:].hex() == "92c2298dc8e161ac2b5e3653f92c5b0e12adf26b3d46e7bd2057715f25d3e205"


@given(st.integers(0, (64 + 7 + 32) * 8 - 1))
def test_a_turned_bit_anywhere_is_seen(bit: int) -> None:
    parts = bytearray(SIGNATURE + b"message" + PUBLIC)
    parts[bit // 8] ^= 1 << bit % 8
    assert not is_signed(bytes(parts[64:71]), bytes(parts[:64]), bytes(parts[71:]))


@given(st.binary(max_size=100), st.binary(max_size=70), st.binary(max_size=40))
def test_any_bytes_are_no_signature(message: bytes, signature: bytes, public: bytes) -> None:
    assert not is_signed(message, signature, public)
    assert not is_signed(message, signature, PUBLIC)


def test_a_key_that_signs_anything_is_refused() -> None:
    """A point of low order would make one signature fit many messages."""
    for low in (bytes(32), b"\1" + bytes(31)):
        assert not is_signed(b"message", low + bytes(32), low)


def test_a_box_opens_for_its_owner() -> None:
    boxed = box(b"a key", public_box_key(SEED))
    assert len(boxed) == BOX_BYTES + 5
    assert unbox(boxed, SEED) == b"a key"
    assert unbox(boxed, OTHER) is None
    assert unbox(boxed[:-1], SEED) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_no_box(data: bytes) -> None:
    assert unbox(data, SEED) is None


def test_keys_differ() -> None:
    assert len({new_key() for _ in range(100)}) == 100
