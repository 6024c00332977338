"""The recovery code on paper: 160 random bits in 8 groups of 4, and a ninth that tells a typo from a wrong code."""

from __future__ import annotations

import hashlib

from bren_desktop.crypto.spelling import GROUP, cleaned, grouped, spelled, value
from bren_desktop.errors import InvalidInputError

CODE_BYTES = 20
FIELD = "herstelcode"
_SYMBOLS = 36


def format_code(secret: bytes) -> str:
    """The code as it is printed: nine groups of four, with dashes."""
    if len(secret) != CODE_BYTES:
        raise ValueError("a recovery code carries 20 bytes")
    return grouped(spelled(secret) + _check(secret))


def parse_code(typed: str) -> bytes:
    """The 20 bytes of a typed code; case, spaces, dashes, O for 0 and I or L for 1 do not matter."""
    symbols = _symbols(typed)
    if len(symbols) != _SYMBOLS:
        raise InvalidInputError(
            "Een herstelcode heeft 9 groepen van 4 tekens. U typte {count} van de 36 tekens. "
            "Vergelijk uw invoer met het papier.",
            field=FIELD,
            count=len(symbols),
        )
    secret = value(symbols[:-GROUP])
    if symbols[-GROUP:] != _check(secret):
        raise InvalidInputError(
            "In de herstelcode zit een typefout. Er is niets veranderd. Vergelijk elke groep met het papier.",
            field=FIELD,
        )
    return secret


def _symbols(typed: str) -> str:
    symbols = cleaned(typed)
    if symbols is None:
        raise InvalidInputError(
            "In de herstelcode staat een teken dat er niet in voorkomt. "
            "Gebruik alleen cijfers en letters; de letter U komt niet voor.",
            field=FIELD,
        )
    return symbols


def _check(secret: bytes) -> str:
    digest = hashlib.sha256(b"bren/recovery-code/v1" + secret).digest()
    return spelled(digest[:5])[:GROUP]
