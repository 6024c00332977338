"""The text of a key file: to JSON, and back from JSON that anyone may have written."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, replace

from bren_desktop.crypto.derive import Argon2Work, hkdf
from bren_desktop.crypto.seal import NONCE_BYTES, SEALED_KEY_BYTES
from bren_desktop.keystore import slots
from bren_desktop.keystore.slots import Kind, Slot

MOST_BYTES = 65_536


class DamagedError(Exception):
    """These bytes are no key file of this format."""


class NewerError(Exception):
    """A sound key file of a later format."""


@dataclass(frozen=True)
class KeyFile:
    """What a key file says: which store, and the slots; `mac` proves that a holder of the key wrote it."""

    store: bytes
    slots: tuple[Slot, ...]
    mac: bytes = b""

    def slot(self, *kinds: Kind) -> Slot | None:
        """The first slot of one of these kinds."""
        return next((slot for slot in self.slots if slot.kind in kinds), None)

    def signed(self, key: bytes) -> KeyFile:
        """The same file with the MAC of the database key."""
        return replace(self, mac=self._mac(key))

    def is_signed_by(self, key: bytes) -> bool:
        """Whether all slots are as someone who had this key left them."""
        return hmac.compare_digest(self.mac, self._mac(key))

    def to_bytes(self) -> bytes:
        """The file as it is written."""
        body = self._body() | {"mac": self.mac.hex()}
        return slots.canonical(body | {"checksum": _checksum(body)}) + b"\n"

    def _mac(self, key: bytes) -> bytes:
        mac_key = hkdf(key, salt=self.store, info=slots.info("mac"))
        return hmac.digest(mac_key, slots.canonical(self._body()), "sha256")

    def _body(self) -> dict[str, object]:
        rows = [slot.header() | {"nonce": slot.nonce.hex(), "sealed": slot.sealed.hex()} for slot in self.slots]
        return {"format": slots.FORMAT, "store": self.store.hex(), "slots": rows}


def parse(data: bytes) -> KeyFile:
    """The key file in `data`; DamagedError or NewerError when there is none that this program reads."""
    shape = _json_object(data)
    body = {name: value for name, value in shape.items() if name != "checksum"}
    version = shape.get("format")
    if type(version) is not int or shape.get("checksum") != _checksum(body):
        raise DamagedError
    if version > slots.FORMAT:
        raise NewerError
    if version != slots.FORMAT or set(body) != {"format", "store", "slots", "mac"}:
        raise DamagedError
    return KeyFile(_hex(body, "store", slots.STORE_BYTES), _slots(body["slots"]), _hex(body, "mac", 32))


def _checksum(body: dict[str, object]) -> str:
    try:
        return hashlib.sha256(slots.canonical(body)).hexdigest()
    except RecursionError as error:
        raise DamagedError from error


def _json_object(data: bytes) -> dict[str, object]:
    if len(data) > MOST_BYTES:
        raise DamagedError
    try:
        shape = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_no_key_twice)
    except (ValueError, RecursionError) as error:
        raise DamagedError from error
    if not isinstance(shape, dict):
        raise DamagedError
    return shape


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    shape = dict(pairs)
    if len(shape) != len(pairs):
        raise DamagedError
    return shape


def _slots(rows: object) -> tuple[Slot, ...]:
    if not isinstance(rows, list) or not 1 <= len(rows) <= len(Kind):
        raise DamagedError
    read = tuple(_slot(row) for row in rows)
    if len({slot.kind for slot in read}) != len(read):
        raise DamagedError
    return read


def _slot(row: object) -> Slot:
    if not isinstance(row, dict) or row.get("kind") not in list(Kind):
        raise DamagedError
    kind = Kind(row["kind"])
    slot = Slot(
        kind=kind,
        salt=_hex(row, "salt", slots.SALT_BYTES),
        work=None if kind is Kind.RECOVERY else _work(row),
        ring=_hex(row, "ring", slots.RING_CHECK_BYTES) if kind is Kind.KEYRING else b"",
        nonce=_hex(row, "nonce", NONCE_BYTES),
        sealed=_hex(row, "sealed", SEALED_KEY_BYTES),
    )
    if set(row) != {*slot.header(), "nonce", "sealed"}:
        raise DamagedError
    return slot


def _work(row: dict[str, object]) -> Argon2Work:
    work = Argon2Work(_whole(row, "t"), _whole(row, "m"), _whole(row, "p"))
    if not work.is_bearable():
        raise DamagedError
    return work


def _whole(row: dict[str, object], name: str) -> int:
    value = row.get(name)
    if type(value) is not int:
        raise DamagedError
    return value


def _hex(row: dict[str, object], name: str, length: int) -> bytes:
    value = row.get(name)
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{length * 2}}}", value, re.ASCII):
        raise DamagedError
    return bytes.fromhex(value)
