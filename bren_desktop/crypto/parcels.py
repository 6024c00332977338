"""One operation as it is kept and travels: compressed, and sealed under its case's own key (docs/share-format.md §3).

Taking a case's key away takes its operations away, in the store and on the share (decision 18a of the design).
"""

from __future__ import annotations

import threading
from functools import cache
from typing import Any, NamedTuple

from bren_desktop import bundled
from bren_desktop.crypto.derive import hkdf
from bren_desktop.crypto.seal import NONCE_BYTES, new_nonce, seal, unseal

LARGEST = 16 * 1024 * 1024
"""Bytes of one parcel's content."""
EXPANSION = 64
"""How many times its packed size the content of a parcel may have: who sends little fills no disk of others."""
KEY_ID_BYTES = 16
LEVEL = 3
_OPEN, _SEALED = 0, 1
_EMPTY_BLOCK = bytes(3)
_DICTIONARY = "share/parcels-1.zdict"


class BadParcelError(ValueError):
    """Bytes that are no parcel, or not the parcel they are said to be."""


class OversizeError(BadParcelError):
    """A content that is too large, or that expands too far."""


class Address(NamedTuple):
    """What a parcel is bound to. Ids have 16 bytes; `subject` is empty where it is about no case."""

    space: bytes
    device: bytes
    counter: int
    subject: bytes
    domain: bytes = b"bren/parcel/v1"

    def associated(self) -> bytes:
        """The bytes that the seal covers besides the content."""
        return b"".join((self.domain, self.space, self.device, self.counter.to_bytes(8, "big"), self.subject))


def case_key_id(key: bytes, space: bytes, subject: bytes) -> bytes:
    """The id that binds a case key to itself, its space and its case."""
    return hkdf(key, salt=space + subject, info=b"bren/case-key/v1", length=KEY_ID_BYTES)


def close(content: bytes, address: Address, key_id: bytes, key: bytes) -> bytes:
    """The parcel of `content` about a case, under that case's key."""
    nonce = new_nonce()
    sealed = seal(_compressed(content), key, nonce=nonce, associated=address.associated())
    return b"".join((bytes([_SEALED]), key_id, nonce, sealed))


def close_open(content: bytes) -> bytes:
    """The parcel of `content` that is about no case."""
    return bytes([_OPEN]) + _compressed(content)


def key_id(body: bytes) -> bytes:
    """Which case key opens a parcel; empty where it needs none. Raises BadParcelError."""
    if body[:1] == bytes([_OPEN]):
        return b""
    if body[:1] != bytes([_SEALED]) or len(body) < 1 + KEY_ID_BYTES + NONCE_BYTES:
        raise BadParcelError("not a parcel")
    return body[1 : 1 + KEY_ID_BYTES]


def content(body: bytes, address: Address, key: bytes, *, kept: bool = False) -> bytes:
    """What is in a parcel; `key` is not used where it needs none. Raises BadParcelError.

    One that was `kept` may expand further: it may be from before that had a limit.
    """
    expansion = LARGEST if kept else EXPANSION
    if not key_id(body):
        return _expanded(body[1:], expansion)
    at = 1 + KEY_ID_BYTES
    nonce, sealed = body[at : at + NONCE_BYTES], body[at + NONCE_BYTES :]
    packed = unseal(sealed, key, nonce=nonce, associated=address.associated())
    if packed is None:
        raise BadParcelError("not sealed with this key for this address")
    return _expanded(packed, expansion)


def _compressed(plain: bytes) -> bytes:
    if len(plain) > LARGEST:
        raise OversizeError("too large")
    return _padded(bytes(_contexts().compressor.compress(plain)), -(-len(plain) // EXPANSION))


def _padded(packed: bytes, least: int) -> bytes:
    """The same frame, with empty blocks behind its header where it is smaller than it may be."""
    import zstandard

    lack = least - len(packed)
    if lack <= 0:
        return packed
    at = zstandard.frame_header_size(packed)
    return packed[:at] + _EMPTY_BLOCK * -(-lack // len(_EMPTY_BLOCK)) + packed[at:]


def _expanded(packed: bytes, expansion: int) -> bytes:
    import zstandard

    try:
        size = zstandard.frame_content_size(packed)
        if size < 0:
            raise BadParcelError("no size")
        if size > min(LARGEST, expansion * len(packed)):
            raise OversizeError("too large")
        return bytes(_contexts().decompressor.decompress(packed, max_output_size=size, allow_extra_data=False))
    except zstandard.ZstdError as error:
        raise BadParcelError("not compressed as agreed") from error


@cache
def _dictionary() -> Any:
    import zstandard

    dictionary = zstandard.ZstdCompressionDict((bundled.folder("resources") / _DICTIONARY).read_bytes())
    dictionary.precompute_compress(LEVEL)
    return dictionary


class _Contexts(threading.local):
    """Compressor and decompressor of one thread: neither may be used by two at once."""

    def __init__(self) -> None:
        import zstandard

        self.compressor = zstandard.ZstdCompressor(LEVEL, dict_data=_dictionary(), write_checksum=False)
        self.decompressor = zstandard.ZstdDecompressor(dict_data=_dictionary())


@cache
def _contexts() -> _Contexts:
    return _Contexts()
