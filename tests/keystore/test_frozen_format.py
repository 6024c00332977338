"""Key files of format 1, frozen: the program opens them for ever, and so does a reader written from docs/key-file.md.

The reader uses other libraries: Argon2id of libsodium, HMAC of the standard library, and HChaCha20 by hand.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13

from bren_desktop.keystore.ring import Ring
from bren_desktop.keystore.vault import KeyVault

Entries = dict[tuple[str, str], str]

FROZEN = Path(__file__).parent / "frozen"
KEY, RING, CODE = bytes(range(32)), bytes(range(0x80, 0xA0)), bytes(range(20))
STORE = "505152535455565758595a5b5c5d5e5f"
PASSPHRASE, PAPER = "één blauwe fiets", "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-C267"
KINDS = ["passphrase", "keyring"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_program_opens_it(
    tmp_path: Path, memory_ring: Ring, entries: dict[tuple[str, str], str], kind: str
) -> None:
    (tmp_path / "keys.json").write_bytes((FROZEN / f"format-1-{kind}.json").read_bytes())
    entries[f"BREN Desktop {STORE}", "database-key"] = base64.b64encode(RING).decode()
    vault = KeyVault(tmp_path, find_ring=lambda: memory_ring)
    assert vault.open(PASSPHRASE) == vault.open_with_recovery(PAPER) == KEY


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_written_from_the_page_opens_it(kind: str) -> None:
    shape = json.loads((FROZEN / f"format-1-{kind}.json").read_bytes())
    everyday, recovery = shape["slots"]
    stretched = crypto_pwhash_alg(
        32,
        PASSPHRASE.encode(),
        bytes.fromhex(everyday["salt"]),
        everyday["t"],
        everyday["m"] * 1024,
        crypto_pwhash_ALG_ARGON2ID13,
    )
    material = RING + stretched if kind == "keyring" else stretched
    assert _unsealed(shape, everyday, material) == KEY
    assert _unsealed(shape, recovery, CODE) == KEY


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_tells_how_mac_and_checksum_are_made(kind: str) -> None:
    shape = json.loads((FROZEN / f"format-1-{kind}.json").read_bytes())
    checksum = shape.pop("checksum")
    assert hashlib.sha256(_canonical(shape)).hexdigest() == checksum
    mac = shape.pop("mac")
    mac_key = _hkdf(KEY, bytes.fromhex(shape["store"]), b"bren/key-file/v1/mac")
    assert hmac.digest(mac_key, _canonical(shape), "sha256").hex() == mac


def test_the_page_tells_which_secret_is_meant() -> None:
    slot = json.loads((FROZEN / "format-1-keyring.json").read_bytes())["slots"][0]
    assert _hkdf(RING, bytes.fromhex(slot["salt"]), b"bren/key-file/v1/ring-check")[:16].hex() == slot["ring"]


def _unsealed(shape: dict[str, Any], slot: dict[str, Any], material: bytes) -> bytes:
    header = {name: value for name, value in slot.items() if name not in {"nonce", "sealed"}}
    associated = b"bren/key-file/v1/slot\0" + _canonical({"format": 1, "store": shape["store"], "slot": header})
    kek = _hkdf(material, bytes.fromhex(slot["salt"]), b"bren/key-file/v1/" + slot["kind"].encode())
    nonce = bytes.fromhex(slot["nonce"])
    cipher = ChaCha20Poly1305(_hchacha20(kek, nonce[:16]))
    return cipher.decrypt(bytes(4) + nonce[16:], bytes.fromhex(slot["sealed"]), associated)


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _hkdf(material: bytes, salt: bytes, info: bytes) -> bytes:
    return hmac.digest(hmac.digest(salt, material, "sha256"), info + b"\x01", "sha256")


def _hchacha20(key: bytes, nonce: bytes) -> bytes:
    state = list(struct.unpack("<16I", b"expand 32-byte k" + key + nonce))
    columns = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)]
    diagonals = [(0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]
    for _ in range(10):
        for quarter in columns + diagonals:
            _quarter_round(state, *quarter)
    return struct.pack("<8I", *state[:4], *state[12:])


def _quarter_round(state: list[int], a: int, b: int, c: int, d: int) -> None:
    for first, second, third, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        state[first] = (state[first] + state[second]) & 0xFFFFFFFF
        mixed = state[third] ^ state[first]
        state[third] = (mixed << turn | mixed >> (32 - turn)) & 0xFFFFFFFF
