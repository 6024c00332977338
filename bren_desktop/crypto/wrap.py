"""Wrap one 32-byte key under another: XChaCha20-Poly1305, bound to associated data.

PyNaCl is imported inside the functions: it costs some 45 ms, and the unlock dialog comes first.
"""

from __future__ import annotations

import secrets

KEY_BYTES = 32
NONCE_BYTES = 24
WRAPPED_BYTES = KEY_BYTES + 16


def new_nonce() -> bytes:
    """A random nonce; 24 bytes never meet by chance."""
    return secrets.token_bytes(NONCE_BYTES)


def wrap(key: bytes, kek: bytes, *, nonce: bytes, associated: bytes) -> bytes:
    """The 32-byte `key` sealed under `kek`."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt

    if len(key) != KEY_BYTES:
        raise ValueError("only a 32-byte key is wrapped")
    return crypto_aead_xchacha20poly1305_ietf_encrypt(key, associated, nonce, kek)


def unwrap(wrapped: bytes, kek: bytes, *, nonce: bytes, associated: bytes) -> bytes | None:
    """The key, or None when `kek`, nonce, associated data or the sealed bytes are not the ones it was wrapped with."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
    from nacl.exceptions import CryptoError

    if len(wrapped) != WRAPPED_BYTES:
        return None
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(wrapped, associated, nonce, kek)
    except CryptoError:
        return None
