"""A writer of share format 1, from docs/share-format.md alone: what a patched program with some keys can put down.

Every part can be made wrong. It imports nothing of bren_desktop.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgpack
import zstandard
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey

RESOURCES = Path(__file__).parents[3] / "resources/share"
NONE = bytes(32)
EXTENSIONS = {b"A": "bra", b"K": "brk", b"C": "brc", b"S": "brs"}


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def hkdf(key: bytes, salt: bytes, info: bytes, length: int = 32) -> bytes:
    return HKDF(SHA256(), length, salt or None, info).derive(key)


def aead(key: bytes, nonce: bytes, aad: bytes, text: bytes) -> bytes:
    return crypto_aead_xchacha20poly1305_ietf_encrypt(text, aad, nonce, key)


def base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()


def pack(value: Any) -> bytes:
    return bytes(msgpack.packb(value))


def padded(text: bytes) -> bytes:
    framed = len(text).to_bytes(4, "big") + text
    exponent = len(framed).bit_length() - 1
    step = 2 ** (exponent - exponent.bit_length())
    return framed.ljust(-(-len(framed) // step) * step, b"\0")


@dataclass(frozen=True)
class Pen:
    """A device of one space with its secrets. `box_private` is the X25519 private key itself."""

    network: bytes
    space: bytes
    device: bytes
    sign_seed: bytes
    box_private: bytes
    person: str = "p"
    name: str = "Naam"
    role: str = "voorzitter"
    team: str = "HGL"
    letters: str = "AA"

    @classmethod
    def new(cls, network: bytes, space: bytes, **card: str) -> Pen:
        return cls(network, space, secrets.token_bytes(16), secrets.token_bytes(32), secrets.token_bytes(32), **card)

    @property
    def sign_key(self) -> bytes:
        return bytes(SigningKey(self.sign_seed).verify_key)

    @property
    def box_key(self) -> bytes:
        return bytes(PrivateKey(self.box_private).public_key)

    def card(self) -> list[Any]:
        texts = [self.person, self.name, self.role, self.team, self.letters]
        return [self.device, self.sign_key, self.box_key, *texts]

    def sealed(  # noqa: PLR0913  each of them can be made wrong
        self,
        kind: bytes,
        text: bytes,
        epoch: bytes,
        key: bytes,
        *,
        seq: int = 0,
        prev: bytes = NONE,
        wrong: Mapping[int, Any] | None = None,
        body: bytes | None = None,
        nonce: bytes = b"",
    ) -> bytes:
        """A file of kind A, C or S. `wrong` replaces header positions; `body` what is sealed, whatever the text."""
        nonce = nonce or secrets.token_bytes(24)
        info = b"bren/file/v1" + kind + self.device + seq.to_bytes(8, "big") + nonce
        both = hkdf(key, self.space, info, 48)
        plain = padded(text)
        header = [1, self.network, self.space, epoch, self.device, seq, prev, len(plain) + 16, both[32:]]
        for at, value in (wrong or {}).items():
            header[at] = value
        before = _before(kind, header, nonce)
        return self.signed(before + (aead(both[:32], nonce, before, plain) if body is None else body))

    def signed(self, data: bytes) -> bytes:
        return data + SigningKey(self.sign_seed).sign(b"bren/sign/v1" + sha(data)).signature

    def segment(  # noqa: PLR0913  as the page has it
        self,
        epoch: bytes,
        key: bytes,
        seq: int,
        prev: bytes,
        parcels: Sequence[tuple[bytes, bytes]],
        *,
        first: int = 1,
        seen: Sequence[Any] = (),
        heads: Iterable[bytes] = (),
        state: bytes = b"",
        clock: tuple[int, int] = (1, 1),
        schema: int = 1,
        reads: Sequence[Any] = (),
        wrong: Mapping[int, Any] | None = None,
        raw_text: bytes | None = None,
        nonce: bytes = b"",
    ) -> bytes:
        sent = [list(parcel) for parcel in parcels]
        text = pack([*clock, "0", schema, list(seen), sorted(heads), state, first, sent, list(reads)])
        return self.sealed(b"S", raw_text or text, epoch, key, seq=seq, prev=prev, wrong=wrong, nonce=nonce)

    def entry(
        self,
        epoch: bytes,
        key: bytes,
        n: int,
        parents: Iterable[bytes],
        at: int,
        action: str,
        values: Sequence[Any],
        nonce: bytes = b"",
    ) -> bytes:
        return self.sealed(b"A", pack([sorted(parents), at, action, list(values)]), epoch, key, seq=n, nonce=nonce)

    def key_file(
        self,
        epoch: bytes,
        key: bytes,
        boxes: Iterable[tuple[bytes, bytes]],
        before: Sequence[tuple[bytes, bytes]] = (),
    ) -> bytes:
        """Kind K: `boxes` are (device, box key), `before` (epoch, key) of epochs to wrap."""
        wraps = []
        for old, old_key in before:
            nonce = secrets.token_bytes(24)
            wrapping = hkdf(key, self.space, b"bren/epoch-wrap/v1")
            wraps.append([old, nonce, aead(wrapping, nonce, b"bren/epoch/v1" + self.space + old + epoch, old_key)])
        body = pack([wraps, [[device, box(public, key)] for device, public in boxes], b""])
        header = [1, self.network, self.space, epoch, self.device, 0, NONE, len(body), bytes(16)]
        return self.signed(_before(b"K", header, bytes(24)) + body)

    def bundle(self, epoch: bytes, key: bytes, keys: Iterable[tuple[bytes, bytes]]) -> bytes:
        return self.sealed(b"C", pack([list(pair) for pair in keys]), epoch, key)

    def operation(
        self, counter: int, kind: str, entity: str, changes: Sequence[Any], *, clock: int = 1, author: Any = None
    ) -> bytes:
        who = author or [self.person, self.name, self.role]
        return pack([1, self.device, counter, clock, base32(self.space), kind, entity, who, list(changes)])

    def parcel(
        self,
        counter: int,
        subject: bytes,
        operation: bytes,
        case_key: bytes = b"",
        *,
        blobs: Sequence[Any] = (),
        packed: bytes | None = None,
        name: bytes = b"bren/parcel/v1",
        nonce: bytes = b"",
    ) -> tuple[bytes, bytes]:
        """(subject, body): sealed under `case_key`, or in the open form where there is none."""
        content = compressed(pack([operation, list(blobs)])) if packed is None else packed
        if not case_key:
            return subject, b"\0" + content
        nonce = nonce or secrets.token_bytes(24)
        aad = name + self.space + self.device + counter.to_bytes(8, "big") + subject
        return subject, b"\1" + key_id(self.space, subject, case_key) + nonce + aead(case_key, nonce, aad, content)


def _before(kind: bytes, header: list[Any], nonce: bytes) -> bytes:
    fields = pack(header)
    return b"BREN" + kind + b"\1" + len(fields).to_bytes(4, "big") + fields + nonce


def compressed(text: bytes) -> bytes:
    words = zstandard.ZstdCompressionDict((RESOURCES / "parcels-1.zdict").read_bytes())
    return zstandard.ZstdCompressor(dict_data=words).compress(text)


def box(public: bytes, text: bytes) -> bytes:
    return bytes(SealedBox(PublicKey(public)).encrypt(text))


def key_id(space: bytes, subject: bytes, case_key: bytes) -> bytes:
    return hkdf(case_key, space + subject, b"bren/case-key/v1", 16)


def epoch_check(space: bytes, key: bytes) -> bytes:
    return hkdf(key, space, b"bren/epoch-check/v1", 16)


def blob(space: bytes, key: bytes, content: bytes) -> bytes:
    nonce = secrets.token_bytes(24)
    return b"BREN\x42\x01" + nonce + aead(key, nonce, b"bren/blob/v1" + space, padded(content))


def path(data: bytes) -> str:
    """Where the page says that an enveloped file lies."""
    length = int.from_bytes(data[6:10], "big")
    _, _, space, epoch, device, seq, *_ = msgpack.unpackb(data[10 : 10 + length])
    folder, twelve = f"sp/{base32(space)}", sha(data).hex()[:12]
    return {
        b"A": f"{folder}/auth/{seq:06}-{twelve}.bra",
        b"K": f"{folder}/key/{base32(epoch)}-{twelve}.brk",
        b"C": f"{folder}/case/{sha(data).hex()[:32]}.brc",
        b"S": f"{folder}/log/{base32(device)}/{seq:08}-{twelve}.brs",
    }[data[4:5]]


def blob_path(space: bytes, data: bytes) -> str:
    digest = sha(data).hex()
    return f"sp/{base32(space)}/att/{digest[:2]}/{digest}.brb"
