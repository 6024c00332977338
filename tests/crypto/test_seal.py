"""A sealed key opens with exactly what it was sealed with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.crypto.seal import NONCE_BYTES, SEALED_KEY_BYTES, new_nonce, seal_key, unseal_key

KEY, KEK, NONCE = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 88))
SEALED_KEY = seal_key(KEY, KEK, nonce=NONCE, associated=b"aad")


def test_the_answer_is_frozen() -> None:
    assert (
        SEALED_KEY.hex()
        == "3a206faa2263fbd87f77e533e86eec2ae944d5f0c20214542c98db349222d70d49ad82991bf8045963fc9de6c096498e"
    )


def test_it_opens_again() -> None:
    assert unseal_key(SEALED_KEY, KEK, nonce=NONCE, associated=b"aad") == KEY


@given(st.integers(0, (SEALED_KEY_BYTES + 32 + NONCE_BYTES + 3) * 8 - 1))
def test_any_bit_elsewhere_keeps_it_shut(bit: int) -> None:
    parts = bytearray(SEALED_KEY + KEK + NONCE + b"aad")
    parts[bit // 8] ^= 1 << bit % 8
    sealed, kek, nonce, associated = parts[:48], parts[48:80], parts[80:104], parts[104:]
    assert unseal_key(bytes(sealed), bytes(kek), nonce=bytes(nonce), associated=bytes(associated)) is None


@given(st.binary(max_size=100).filter(lambda data: data != SEALED_KEY))
def test_other_bytes_of_any_length_stay_shut(sealed: bytes) -> None:
    assert unseal_key(sealed, KEK, nonce=NONCE, associated=b"aad") is None


def test_only_a_whole_key_is_sealed() -> None:
    with pytest.raises(ValueError, match="32-byte"):
        seal_key(KEY[:-1], KEK, nonce=NONCE, associated=b"")


def test_nonces_differ() -> None:
    assert len({new_nonce() for _ in range(100)}) == 100
