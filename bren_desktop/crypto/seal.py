"""Seal, sign and box: XChaCha20-Poly1305, Ed25519 and libsodium's sealed boxes over bytes.

PyNaCl is imported inside the functions: it costs some 45 ms, and the unlock dialog comes first.
"""

from __future__ import annotations

import secrets

KEY_BYTES = 32
NONCE_BYTES = 24
TAG_BYTES = 16
SIGNATURE_BYTES = 64
SEALED_KEY_BYTES = KEY_BYTES + TAG_BYTES
BOX_BYTES = 48
"""What a box adds to its content."""


def new_nonce() -> bytes:
    """A random nonce; 24 bytes never meet by chance."""
    return secrets.token_bytes(NONCE_BYTES)


def new_key() -> bytes:
    """32 random bytes: a key, or the seed of a key pair."""
    return secrets.token_bytes(KEY_BYTES)


def seal(plain: bytes, key: bytes, *, nonce: bytes, associated: bytes) -> bytes:
    """`plain` encrypted, with its tag."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt

    return crypto_aead_xchacha20poly1305_ietf_encrypt(plain, associated, nonce, key)


def unseal(sealed: bytes, key: bytes, *, nonce: bytes, associated: bytes) -> bytes | None:
    """What was sealed, or None when key, nonce, associated data or bytes are not the ones it was sealed with."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
    from nacl.exceptions import CryptoError

    if len(sealed) < TAG_BYTES or len(nonce) != NONCE_BYTES or len(key) != KEY_BYTES:
        return None
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, associated, nonce, key)
    except CryptoError:
        return None


def seal_key(key: bytes, kek: bytes, *, nonce: bytes, associated: bytes) -> bytes:
    """A 32-byte key sealed under another."""
    if len(key) != KEY_BYTES:
        raise ValueError("only a 32-byte key is sealed as one")
    return seal(key, kek, nonce=nonce, associated=associated)


def unseal_key(sealed: bytes, kek: bytes, *, nonce: bytes, associated: bytes) -> bytes | None:
    """The key that `seal_key` sealed, or None."""
    return unseal(sealed, kek, nonce=nonce, associated=associated) if len(sealed) == SEALED_KEY_BYTES else None


def public_sign_key(seed: bytes) -> bytes:
    """The key that verifies what `seed` signs."""
    from nacl.bindings import crypto_sign_seed_keypair

    return crypto_sign_seed_keypair(seed)[0]


def sign(message: bytes, seed: bytes) -> bytes:
    """The Ed25519 signature of `message`, 64 bytes."""
    from nacl.bindings import crypto_sign, crypto_sign_seed_keypair

    return crypto_sign(message, crypto_sign_seed_keypair(seed)[1])[:SIGNATURE_BYTES]


def is_signed(message: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the owner of `public` signed `message`."""
    from nacl.bindings import crypto_sign_open
    from nacl.exceptions import CryptoError

    if len(signature) != SIGNATURE_BYTES or len(public) != KEY_BYTES:
        return False
    try:
        crypto_sign_open(signature + message, public)
    except CryptoError:
        return False
    return True


def public_box_key(seed: bytes) -> bytes:
    """The key that boxes are closed with, for whoever holds `seed`."""
    from nacl.bindings import crypto_box_seed_keypair

    return crypto_box_seed_keypair(seed)[0]


def box(plain: bytes, public: bytes) -> bytes:
    """`plain` for the owner of `public` alone."""
    from nacl.bindings import crypto_box_seal

    return crypto_box_seal(plain, public)


def unbox(boxed: bytes, seed: bytes) -> bytes | None:
    """What is in a box for the owner of `seed`, or None where it is not for them."""
    from nacl.bindings import crypto_box_seal_open, crypto_box_seed_keypair
    from nacl.exceptions import CryptoError

    if len(boxed) < BOX_BYTES:
        return None
    try:
        return crypto_box_seal_open(boxed, *crypto_box_seed_keypair(seed))
    except CryptoError:
        return None
