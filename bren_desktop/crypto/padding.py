"""Hide a length: padded with zero bytes to the few lengths that Padmé knows (Nikitin et al., 2019), 12 % at most."""

from __future__ import annotations

_LENGTH_BYTES = 4


def padme(length: int) -> int:
    """The length that something of `length` bytes (at least 2) is padded to."""
    exponent = length.bit_length() - 1
    kept = exponent.bit_length()
    step = 1 << max(exponent - kept, 0)
    return -(-length // step) * step


def pad(text: bytes) -> bytes:
    """`text` with its length in front and zero bytes behind."""
    length = _LENGTH_BYTES + len(text)
    return b"".join((len(text).to_bytes(_LENGTH_BYTES, "big"), text, bytes(padme(length) - length)))


def unpad(padded: bytes) -> bytes | None:
    """The text, or None where the bytes were not made by `pad`."""
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    text, rest = padded[_LENGTH_BYTES : _LENGTH_BYTES + length], padded[_LENGTH_BYTES + length :]
    whole = len(padded) >= _LENGTH_BYTES and len(text) == length
    if not whole or any(rest) or len(padded) != padme(_LENGTH_BYTES + length):
        return None
    return text
