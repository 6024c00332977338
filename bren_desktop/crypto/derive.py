"""From a passphrase or a secret to a key: Argon2id with bounded work, and HKDF-SHA256.

The libraries are imported inside the functions: they cost some 40 ms each, and the unlock dialog comes first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

KEY_BYTES = 32
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
    """HKDF-SHA256 of material that is already random; `info` names the purpose."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)


def calibrated_work(clock: Callable[[], float] = time.perf_counter) -> Argon2Work:
    """The floor with as many passes as this machine does in about three quarters of a second."""
    start = clock()
    argon2id(b"calibration", b"\0" * 16, FLOOR)
    elapsed = max(clock() - start, 0.001)
    passes = round(FLOOR.passes * _TARGET_SECONDS / elapsed)
    passes = min(max(passes, FLOOR.passes), _MOST_CALIBRATED_PASSES)
    return Argon2Work(passes, FLOOR.memory_kib, FLOOR.lanes)
