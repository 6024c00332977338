"""One slot: the database key wrapped under a passphrase, a passphrase with the keyring's secret, or a recovery code.

The bytes are fixed in docs/key-file.md.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, replace
from enum import StrEnum

from bren_desktop.crypto.derive import Argon2Work, argon2id, hkdf
from bren_desktop.crypto.seal import new_nonce, seal_key, unseal_key

FORMAT = 1
STORE_BYTES = SALT_BYTES = RING_CHECK_BYTES = 16
_LABEL = b"bren/key-file/v1/"


class Kind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind, not a passphrase
    KEYRING = "keyring+passphrase"
    RECOVERY = "recovery"


@dataclass(frozen=True)
class Slot:
    """A wrapped key with all that is needed, besides the secret itself, to open it."""

    kind: Kind
    salt: bytes
    work: Argon2Work | None = None
    ring: bytes = b""
    nonce: bytes = b""
    sealed: bytes = b""

    def header(self) -> dict[str, object]:
        """What is bound to the sealed key as associated data."""
        shape: dict[str, object] = {"kind": self.kind.value, "salt": self.salt.hex()}
        if self.work:
            shape |= {"t": self.work.passes, "m": self.work.memory_kib, "p": self.work.lanes}
        if self.kind is Kind.KEYRING:
            shape["ring"] = self.ring.hex()
        return shape


def canonical(value: object) -> bytes:
    """The one spelling of a JSON value that checksums, MAC and associated data run over."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def info(purpose: str) -> bytes:
    """The HKDF label of one purpose within the key file."""
    return _LABEL + purpose.encode("ascii")


def seal_passphrase(key: bytes, store: bytes, passphrase: bytes, work: Argon2Work, ring: bytes | None) -> Slot:
    """The everyday slot; with the keyring's secret `ring` it needs both."""
    salt = secrets.token_bytes(SALT_BYTES)
    kind = Kind.PASSPHRASE if ring is None else Kind.KEYRING
    slot = Slot(kind, salt, work, b"" if ring is None else _ring_check(ring, salt))
    return _sealed(slot, key, store, _passphrase_kek(slot, passphrase, ring))


def open_passphrase(slot: Slot, store: bytes, passphrase: bytes, ring: bytes | None) -> bytes | None:
    """The database key, or None when the passphrase is not the one."""
    return _opened(slot, store, _passphrase_kek(slot, passphrase, ring))


def seal_recovery(key: bytes, store: bytes, code: bytes) -> Slot:
    """The slot of the code on paper; 160 random bits need no Argon2."""
    slot = Slot(Kind.RECOVERY, secrets.token_bytes(SALT_BYTES))
    return _sealed(slot, key, store, hkdf(code, salt=slot.salt, info=info("recovery")))


def open_recovery(slot: Slot, store: bytes, code: bytes) -> bytes | None:
    """The database key, or None when the code belongs to something else."""
    return _opened(slot, store, hkdf(code, salt=slot.salt, info=info("recovery")))


def wants(slot: Slot, ring: bytes) -> bool:
    """Whether `ring` is the keyring secret that this slot was sealed with."""
    return hmac.compare_digest(slot.ring, _ring_check(ring, slot.salt))


def _ring_check(ring: bytes, salt: bytes) -> bytes:
    return hkdf(ring, salt=salt, info=info("ring-check"))[:RING_CHECK_BYTES]


def _passphrase_kek(slot: Slot, passphrase: bytes, ring: bytes | None) -> bytes:
    if slot.work is None:
        raise ValueError("a passphrase slot names its Argon2 work")
    material = bytearray(ring or b"")
    material += argon2id(passphrase, slot.salt, slot.work)
    try:
        return hkdf(material, salt=slot.salt, info=info(slot.kind.value))
    finally:
        material[:] = bytes(len(material))


def _associated(slot: Slot, store: bytes) -> bytes:
    return info("slot") + b"\0" + canonical({"format": FORMAT, "store": store.hex(), "slot": slot.header()})


def _sealed(slot: Slot, key: bytes, store: bytes, kek: bytes) -> Slot:
    nonce = new_nonce()
    return replace(slot, nonce=nonce, sealed=seal_key(key, kek, nonce=nonce, associated=_associated(slot, store)))


def _opened(slot: Slot, store: bytes, kek: bytes) -> bytes | None:
    return unseal_key(slot.sealed, kek, nonce=slot.nonce, associated=_associated(slot, store))
