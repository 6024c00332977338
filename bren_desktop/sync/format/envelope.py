"""The envelope around every signed file of the share (docs/share-format.md §2): made, read, checked, opened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from bren_desktop.crypto.derive import hkdf
from bren_desktop.crypto.padding import pad, unpad
from bren_desktop.crypto.seal import NONCE_BYTES, SIGNATURE_BYTES, TAG_BYTES, is_signed, new_nonce, seal, sign, unseal
from bren_desktop.sync.format.packing import FormatError, array, identity, number, pack, unpack

FORMAT = 1
READER = 1
"""The newest `min_reader` that this program understands."""
MAGIC = b"BREN"
NO_DIGEST = bytes(32)
COMMITMENT_BYTES = 16
LARGEST_HEADER = 4096
_PREFIX = len(MAGIC) + 2 + 4
_SIGNED = b"bren/sign/v1"
LARGEST_START = _PREFIX + LARGEST_HEADER + NONCE_BYTES
"""Bytes of a file that come before its body, at most."""
_MIB = 1024 * 1024


class FileKind(Enum):
    """What a file holds: the byte after the magic."""

    AUTH = b"A"
    CASE_KEYS = b"C"
    EPOCH_KEY = b"K"
    SEGMENT = b"S"

    @property
    def largest(self) -> int:
        """Bytes of a body of this kind."""
        return 64 * _MIB if self is FileKind.SEGMENT else 4 * _MIB


class IncompleteError(FormatError):
    """The file ends before its own lengths say; the rest may still come."""


class TooNewError(FormatError):
    """Written by a later version, which says that this one cannot read it."""


class OversizeError(FormatError):
    """A body that is larger than any of its kind."""


class OtherKeyError(FormatError):
    """Sealed under another key than the one given."""


@dataclass(frozen=True, slots=True)
class Header:
    """Who wrote what, under which key; in clear. Ids have 16 bytes, `prev` and `commitment` 32 and 16."""

    kind: FileKind
    network: bytes
    space: bytes
    epoch: bytes
    device: bytes
    seq: int = 0
    prev: bytes = NO_DIGEST


class SignedFile(NamedTuple):
    """A file that was made here, and the hash that it is named by: H(file)."""

    data: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """A file taken apart, nothing of it believed yet."""

    header: Header
    commitment: bytes
    nonce: bytes
    prefix: bytes
    body: bytes
    signature: bytes

    @property
    def data(self) -> bytes:
        """The file as it is."""
        return self.prefix + self.body + self.signature

    @property
    def digest(self) -> bytes:
        """H(file)."""
        digest = hashlib.sha256(self.prefix)
        digest.update(self.body)
        digest.update(self.signature)
        return digest.digest()

    @property
    def signed(self) -> bytes:
        """What the signature is over: a digest of all bytes before it."""
        digest = hashlib.sha256(self.prefix)
        digest.update(self.body)
        return _SIGNED + digest.digest()

    def is_by(self, sign_key: bytes) -> bool:
        """Whether the owner of `sign_key` wrote this file, every byte."""
        return is_signed(self.signed, self.signature, sign_key)

    def opened(self, epoch_key: bytes) -> bytes:
        """The text inside. Raises OtherKeyError, or FormatError for bytes that are not as sealed."""
        key, commitment = _derived(self.header, self.nonce, epoch_key)
        if commitment != self.commitment:
            raise OtherKeyError("another key")
        padded = unseal(self.body, key, nonce=self.nonce, associated=self.prefix)
        text = None if padded is None else unpad(padded)
        if text is None:
            raise FormatError("does not open")
        return text


def sealed(header: Header, text: bytes, epoch_key: bytes, sign_seed: bytes) -> SignedFile:
    """The file of `text`, sealed under the epoch key and signed."""
    nonce = new_nonce()
    key, commitment = _derived(header, nonce, epoch_key)
    padded = pad(text)
    prefix = _prefix(header, len(padded) + TAG_BYTES, commitment, nonce)
    return _signed_file(prefix, seal(padded, key, nonce=nonce, associated=prefix), sign_seed)


def in_clear(header: Header, body: bytes, sign_seed: bytes) -> SignedFile:
    """The file of a body that needs no sealing (kind K), signed."""
    prefix = _prefix(header, len(body), bytes(COMMITMENT_BYTES), bytes(NONCE_BYTES))
    return _signed_file(prefix, body, sign_seed)


def parse(data: bytes) -> Envelope:
    """The one envelope that `data` is. Raises FormatError, IncompleteError or TooNewError."""
    envelope, rest = parse_first(data)
    if rest:
        raise FormatError("more bytes than it says")
    return envelope


def parse_first(data: bytes) -> tuple[Envelope, bytes]:
    """The envelope at the start of `data` (a pack holds several) and the bytes after it. Raises as `parse`."""
    kind, body_at = _start(data)
    header, length, commitment = _header(kind, data[_PREFIX : body_at - NONCE_BYTES])
    end = body_at + length
    if len(data) < end + SIGNATURE_BYTES:
        raise IncompleteError("shorter than it says")
    nonce = data[body_at - NONCE_BYTES : body_at]
    signature = data[end : end + SIGNATURE_BYTES]
    envelope = Envelope(header, commitment, nonce, data[:body_at], data[body_at:end], signature)
    return envelope, data[end + SIGNATURE_BYTES :]


def whole_length(start: bytes) -> int:
    """How many bytes the file that begins with `start` should have; `LARGEST_START` bytes are enough to tell.

    Raises FormatError, IncompleteError or TooNewError.
    """
    kind, body_at = _start(start)
    _, length, _ = _header(kind, start[_PREFIX : body_at - NONCE_BYTES])
    return body_at + length + SIGNATURE_BYTES


def _start(data: bytes) -> tuple[FileKind, int]:
    if not data.startswith(MAGIC[: len(data)]):
        raise FormatError("another kind of file")
    if len(data) < _PREFIX:
        raise IncompleteError("no header")
    try:
        kind = FileKind(data[4:5])
    except ValueError as error:
        raise FormatError("unknown kind") from error
    if data[5] != FORMAT:
        raise TooNewError("format")
    length = int.from_bytes(data[6:_PREFIX], "big")
    if length > LARGEST_HEADER:
        raise FormatError("header too large")
    body_at = _PREFIX + length + NONCE_BYTES
    if len(data) < body_at:
        raise IncompleteError("header")
    return kind, body_at


def _header(kind: FileKind, data: bytes) -> tuple[Header, int, bytes]:
    fields = unpack(data)
    if array(fields, int)[0] > READER:
        raise TooNewError("min_reader")
    shape = (int, bytes, bytes, bytes, bytes, int, bytes, int, bytes)
    _, network, space, epoch, device, seq, prev, length, commitment = array(fields, *shape)[: len(shape)]
    if length > kind.largest:
        raise OversizeError("body")
    header = Header(
        kind, identity(network), identity(space), identity(epoch), identity(device), number(seq), identity(prev, 32)
    )
    return header, number(length), identity(commitment, COMMITMENT_BYTES)


def _prefix(header: Header, length: int, commitment: bytes, nonce: bytes) -> bytes:
    fields = pack(
        [READER, header.network, header.space, header.epoch, header.device, header.seq, header.prev, length, commitment]
    )
    start = MAGIC + header.kind.value + bytes([FORMAT])
    return b"".join((start, len(fields).to_bytes(4, "big"), fields, nonce))


def _signed_file(prefix: bytes, body: bytes, sign_seed: bytes) -> SignedFile:
    """Signature and name are of one hash, which goes on from the first to the second."""
    digest = hashlib.sha256(prefix)
    digest.update(body)
    signature = sign(_SIGNED + digest.digest(), sign_seed)
    digest.update(signature)
    return SignedFile(b"".join((prefix, body, signature)), digest.digest())


def _derived(header: Header, nonce: bytes, epoch_key: bytes) -> tuple[bytes, bytes]:
    info = b"".join((b"bren/file/v1", header.kind.value, header.device, header.seq.to_bytes(8, "big"), nonce))
    both = hkdf(epoch_key, salt=header.space, info=info, length=48)
    return both[:32], both[32:]
