"""The one-time code that opens what travels by another way: an invite, or a case that is handed over."""

from __future__ import annotations

import secrets

from bren_desktop.crypto import spelling
from bren_desktop.errors import InvalidInputError

CODE_BYTES = 10
CODE_FIELD = "code"
_SYMBOLS = 16


def new_code() -> bytes:
    """A one-time code of 80 random bits."""
    return secrets.token_bytes(CODE_BYTES)


def format_code(code: bytes) -> str:
    """The code as it is read out: four groups of four."""
    return spelling.grouped(spelling.spelled(code))


def parse_code(typed: str) -> bytes:
    """The bytes of a typed code; case, spaces, dashes, O for 0 and I or L for 1 do not matter."""
    symbols = spelling.cleaned(typed)
    if symbols is None:
        raise InvalidInputError(
            "In de code staat een teken dat er niet in voorkomt. Gebruik alleen cijfers en letters; "
            "de letter U komt niet voor.",
            field=CODE_FIELD,
        )
    if len(symbols) != _SYMBOLS:
        raise InvalidInputError(
            "Een code heeft 4 groepen van 4 tekens. U typte {count} van de 16 tekens. "
            "Vergelijk uw invoer met wat uw collega u gaf.",
            field=CODE_FIELD,
            count=len(symbols),
        )
    return spelling.value(symbols)
