"""Argon2id and HKDF: known answers, a second library that agrees, and work that cannot be made to hurt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13

from bren_desktop.crypto import derive
from bren_desktop.crypto.derive import FLOOR, Argon2Work, argon2id, calibrated_work, hkdf

CHEAP = Argon2Work(1, 8 * 1024, 1)


def test_hkdf_gives_the_first_answer_of_rfc_5869() -> None:
    answer = hkdf(bytes.fromhex("0b" * 22), salt=bytes(range(13)), info=bytes(range(0xF0, 0xFA)), length=42)
    assert answer.hex() == ("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")


@given(st.binary(), st.binary(), st.binary(), st.integers(1, 255 * 32))
def test_hkdf_agrees_with_cryptography(material: bytes, salt: bytes, info: bytes, length: int) -> None:
    theirs = HKDF(SHA256(), length, salt, info).derive(material)
    assert hkdf(material, salt=salt, info=info, length=length) == theirs


def test_hkdf_gives_no_more_than_it_can() -> None:
    with pytest.raises(ValueError, match="byte"):
        hkdf(b"abc", salt=b"s", info=b"i", length=255 * 32 + 1)


def test_hkdf_takes_material_that_can_be_wiped() -> None:
    assert hkdf(bytearray(b"abc"), salt=b"s", info=b"i") == hkdf(b"abc", salt=b"s", info=b"i")


@pytest.mark.parametrize(
    ("work", "answer"),
    [
        (CHEAP, "f160cdef3913c316830bfd08882bea75dbeeabd0b61e5f9eb4c15a10ffed7d0c"),
        (FLOOR, "c60c723ca85fb3184595a406db3cfede77e4a8fcdeaea8ed4162d38721d14a28"),
    ],
)
def test_argon2id_gives_frozen_answers(work: Argon2Work, answer: str) -> None:
    assert argon2id("één wachtwoord".encode(), bytes(range(16)), work).hex() == answer


def test_argon2id_agrees_with_libsodium() -> None:
    work = Argon2Work(2, 16 * 1024, 1)
    theirs = crypto_pwhash_alg(32, b"wachtwoord", b"s" * 16, 2, 16 * 1024 * 1024, crypto_pwhash_ALG_ARGON2ID13)
    assert argon2id(b"wachtwoord", b"s" * 16, work) == theirs


@given(st.builds(Argon2Work, st.integers(), st.integers(), st.integers()))
def test_bearable_work_costs_at_most_a_gigabyte_and_four_gigabyte_passes(work: Argon2Work) -> None:
    if work.is_bearable():
        assert work.memory_kib <= 1024**2
        assert 0 < work.passes * work.memory_kib <= 4 * 1024**2


@pytest.mark.parametrize(
    "work",
    [
        Argon2Work(0, 65536, 4),
        Argon2Work(21, 65536, 4),
        Argon2Work(3, 8 * 1024 - 1, 4),
        Argon2Work(1, 100 * 1024**2, 1),
        Argon2Work(5, 1024**2, 1),
        Argon2Work(3, 65536, 0),
        Argon2Work(3, 65536, 9),
    ],
)
def test_unbearable_work_is_refused_before_it_runs(work: Argon2Work) -> None:
    assert not work.is_bearable()
    with pytest.raises(ValueError, match="out of bounds"):
        argon2id(b"x", b"s" * 16, work)


@pytest.mark.parametrize(("seconds", "passes"), [(0.0, 12), (0.1, 12), (0.25, 9), (0.5, 4), (0.75, 3), (30.0, 3)])
def test_calibration_aims_between_the_floor_and_its_ceiling(
    monkeypatch: pytest.MonkeyPatch, seconds: float, passes: int
) -> None:
    monkeypatch.setattr(derive, "argon2id", lambda *_: b"")
    ticks: Iterator[float] = iter((100.0, 100.0 + seconds))
    work = calibrated_work(lambda: next(ticks))
    assert work == Argon2Work(passes, FLOOR.memory_kib, FLOOR.lanes)
    assert work.is_bearable()
