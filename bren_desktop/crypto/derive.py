"""From a passphrase or a secret to a key: Argon2id with bounded work, and HKDF-SHA256.

argon2 is imported inside its function: it costs some 40 ms, and the unlock dialog comes first.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass

KEY_BYTES = 32
_HASH_BYTES = 32
_MIB = 1024
_TARGET_SECONDS = 0.75
_MOST_CALIBRATED_PASSES = 12


@dataclass(frozen=True)
class Argon2Work:
    """What one derivation costs: passes (t), memory in KiB (m) and lanes (p)."""

    passes: int
    memory_kib: int
    lanes: int

    def is_bearable(self) -> bool:
        """Whether this may be run at all: work read from a file must not stall or exhaust the machine."""
        return (
            1 <= self.passes <= 20
            and 8 * _MIB <= self.memory_kib <= 1024 * _MIB
            and 1 <= self.lanes <= 8
            and self.passes * self.memory_kib <= 4096 * _MIB
        )


FLOOR = Argon2Work(passes=3, memory_kib=64 * _MIB, lanes=4)


def argon2id(passphrase: bytes, salt: bytes, work: Argon2Work, length: int = KEY_BYTES) -> bytes:
    """`length` bytes from a passphrase, at the price of `work`."""
    from argon2 import low_level

    if not work.is_bearable():
        raise ValueError(f"Argon2 work out of bounds: {work}")
    return low_level.hash_secret_raw(
        passphrase,
        salt,
        time_cost=work.passes,
        memory_cost=work.memory_kib,
        parallelism=work.lanes,
        hash_len=length,
        type=low_level.Type.ID,
        version=0x13,
    )


def hkdf(material: bytes | bytearray, *, salt: bytes, info: bytes, length: int = KEY_BYTES) -> bytes:
    """HKDF-SHA256 (RFC 5869) of random material; `info` names the purpose, `length` is at most 8,160 bytes."""
    secret = hmac.digest(salt, material, "sha256")
    found = block = b""
    for number in range(1, -(-length // _HASH_BYTES) + 1):
        block = hmac.digest(secret, block + info + bytes([number]), "sha256")
        found += block
    return found[:length]


def calibrated_work(clock: Callable[[], float] = time.perf_counter) -> Argon2Work:
    """The floor with as many passes as this machine does in about three quarters of a second."""
    start = clock()
    argon2id(b"calibration", b"\0" * 16, FLOOR)
    elapsed = max(clock() - start, 0.001)
    passes = round(FLOOR.passes * _TARGET_SECONDS / elapsed)
    passes = min(max(passes, FLOOR.passes), _MOST_CALIBRATED_PASSES)
    return Argon2Work(passes, FLOOR.memory_kib, FLOOR.lanes)
