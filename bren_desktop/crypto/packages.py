"""The file in which a case goes to another team (docs/formats.md): sealed under a one-time code that goes another way.

`BRENO`, the version, salt and nonce; then, sealed under Argon2id of code and salt, the padded content.
"""

from __future__ import annotations

import secrets

from bren_desktop.crypto.codes import CODE_FIELD, parse_code
from bren_desktop.crypto.derive import Argon2Work, argon2id
from bren_desktop.crypto.padding import pad, unpad
from bren_desktop.crypto.seal import NONCE_BYTES, TAG_BYTES, new_nonce, seal, unseal
from bren_desktop.errors import InvalidInputError, UnreadableFileError

LARGEST_CONTENT = 128 * 1024 * 1024
LARGEST_FILE = LARGEST_CONTENT + LARGEST_CONTENT // 8
"""Bytes of a file that is looked at: the largest content with its padding and seal."""
_NAME, _VERSION = b"BRENO", b"\x01"
_SALT_BYTES = 16
_HEAD = len(_NAME + _VERSION) + _SALT_BYTES + NONCE_BYTES
_WORK = Argon2Work(passes=3, memory_kib=64 * 1024, lanes=4)
"""What the key of version 1 costs. It stands in no file: nobody can ask for more."""


class NoPackageError(UnreadableFileError):
    """Bytes that are no package, or no longer one."""

    def __init__(self) -> None:
        super().__init__(
            "Dit is geen overgedragen casus van BREN Desktop, of het bestand is beschadigd of niet compleet. Er is "
            "niets overgenomen. Vraag het andere team om het bestand opnieuw te maken."
        )


class NewerPackageError(UnreadableFileError):
    """A package of a version of the program that knows more."""

    def __init__(self) -> None:
        super().__init__(
            "Dit bestand is gemaakt met een nieuwere versie van BREN Desktop. Er is niets overgenomen. Werk het "
            "programma bij en probeer het opnieuw."
        )


class WrongPackageCodeError(InvalidInputError):
    """Another code, or a file that was changed: which of the two cannot be told."""

    def __init__(self) -> None:
        super().__init__(
            "De code past niet bij dit bestand, of het bestand is veranderd. Er is niets overgenomen. Bel het andere "
            "team en vergelijk de code.",
            field=CODE_FIELD,
        )


def seal_package(content: bytes, code: bytes) -> bytes:
    """The file of `content`, which has `LARGEST_CONTENT` bytes at most; another one at every call."""
    if len(content) > LARGEST_CONTENT:
        raise ValueError("too large for a package")
    salt, nonce = secrets.token_bytes(_SALT_BYTES), new_nonce()
    start = _NAME + _VERSION + salt
    return start + nonce + seal(pad(content), argon2id(code, salt, _WORK), nonce=nonce, associated=start)


def open_package(file: bytes, code: str) -> bytes:
    """The content of a file, by a code as it was typed. Raises a UserFacingError."""
    if not file.startswith(_NAME) or not _HEAD + TAG_BYTES <= len(file) <= LARGEST_FILE:
        raise NoPackageError
    at = len(_NAME + _VERSION)
    if file[len(_NAME) : at] != _VERSION:
        raise NewerPackageError
    start, nonce, sealed = file[: at + _SALT_BYTES], file[at + _SALT_BYTES : _HEAD], file[_HEAD:]
    key = argon2id(parse_code(code), start[at:], _WORK)
    padded = unseal(sealed, key, nonce=nonce, associated=start)
    if padded is None:
        raise WrongPackageCodeError
    content = unpad(padded)
    if content is None:
        raise NoPackageError
    return content
