"""The recovery code on paper: 160 random bits in 8 groups of 4, and a ninth that tells a typo from a wrong code."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from bren_desktop.errors import InvalidInputError

CODE_BYTES = 20
FIELD = "herstelcode"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_GROUP = 4
_SYMBOLS = 36
_MOST_TYPED = 200


def format_code(secret: bytes) -> str:
    """The code as it is printed: nine groups of four, with dashes."""
    if len(secret) != CODE_BYTES:
        raise ValueError("a recovery code carries 20 bytes")
    symbols = _symbols(secret) + _check(secret)
    return "-".join(symbols[at : at + _GROUP] for at in range(0, _SYMBOLS, _GROUP))


def parse_code(typed: str) -> bytes:
    """The 20 bytes of a typed code; case, spaces, dashes, O for 0 and I or L for 1 do not matter."""
    symbols = _cleaned(typed)
    if len(symbols) != _SYMBOLS:
        raise InvalidInputError(
            "Een herstelcode heeft 9 groepen van 4 tekens. U typte {count} van de 36 tekens. "
            "Vergelijk uw invoer met het papier.",
            field=FIELD,
            count=len(symbols),
        )
    secret = _value(symbols[:-_GROUP]).to_bytes(CODE_BYTES, "big")
    if symbols[-_GROUP:] != _check(secret):
        raise InvalidInputError(
            "In de herstelcode zit een typefout. Er is niets veranderd. Vergelijk elke groep met het papier.",
            field=FIELD,
        )
    return secret


def _cleaned(typed: str) -> str:
    folded = unicodedata.normalize("NFKC", typed[:_MOST_TYPED]).upper().translate(_READ_AS)
    symbols = re.sub(r"[\s\-_.\u2010-\u2015\u2212\u00ad\u200b]", "", folded)
    if any(symbol not in _ALPHABET for symbol in symbols):
        raise InvalidInputError(
            "In de herstelcode staat een teken dat er niet in voorkomt. "
            "Gebruik alleen cijfers en letters; de letter U komt niet voor.",
            field=FIELD,
        )
    return symbols


def _symbols(data: bytes) -> str:
    bits = int.from_bytes(data, "big")
    count = len(data) * 8 // 5
    return "".join(_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(count)))


def _value(symbols: str) -> int:
    value = 0
    for symbol in symbols:
        value = value * 32 + _ALPHABET.index(symbol)
    return value


def _check(secret: bytes) -> str:
    digest = hashlib.sha256(b"bren/recovery-code/v1" + secret).digest()
    return _symbols(digest[:5])[:_GROUP]
