"""How strong a new passphrase is, in words; the program never judges one that is already in use."""

from __future__ import annotations

from enum import Enum

from bren_desktop.domain.passphrase import SHORTEST

_FEW_CHARACTERS = 6
_LONG = 20


class Strength(Enum):
    """From too short to strong."""

    EMPTY = 0
    SHORT = 1
    WEAK = 2
    FAIR = 3
    STRONG = 4


def strength(passphrase: str) -> Strength:
    """Length counts most; a few characters over and over are weak however long they get."""
    text = passphrase.strip()
    if not text:
        return Strength.EMPTY
    if len(text) < SHORTEST:
        return Strength.SHORT
    if len(set(text.casefold())) < _FEW_CHARACTERS or text.isdigit():
        return Strength.WEAK
    return Strength.STRONG if len(text) >= _LONG or len(text.split()) >= 4 else Strength.FAIR
