"""Random bytes as people type them: 32 digits and letters in groups of four, forgiving of case and look-alikes."""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
_READ_AS = str.maketrans("OIL", "011")
_MOST_TYPED = 200
_BETWEEN = re.compile(r"[\s\-_.\u2010-\u2015\u2212\u00ad\u200b]")


def spelled(data: bytes) -> str:
    """The symbols of `data`, five bits each, the first bits first; its bits must be a multiple of five."""
    value = int.from_bytes(data, "big")
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(len(data) * 8 // 5)))


def grouped(symbols: str) -> str:
    """`symbols` as they are shown: in groups of four, with dashes."""
    return "-".join(symbols[at : at + GROUP] for at in range(0, len(symbols), GROUP))


def cleaned(typed: str) -> str | None:
    """The symbols that were typed; None where one is not in the alphabet."""
    folded = unicodedata.normalize("NFKC", typed[:_MOST_TYPED]).upper().translate(_READ_AS)
    symbols = _BETWEEN.sub("", folded)
    return symbols if all(symbol in ALPHABET for symbol in symbols) else None


def value(symbols: str) -> bytes:
    """The bytes that `spelled` made `symbols` of."""
    number = 0
    for symbol in symbols:
        number = number * 32 + ALPHABET.index(symbol)
    return number.to_bytes(len(symbols) * 5 // 8, "big")
