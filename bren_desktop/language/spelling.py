"""Which words of a Dutch text a spelling list can judge. A word with a capital may be a name: it is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

_WORD = re.compile(r"[^\s\"“”„()\[\]{}<>,;:!?…/\\|]+")
_TRIMMED = "'’‘.-–—*•_"
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SHORTEST = 2
_ALPHABET = "enatirodslgvhkmubpwjczfxyqéëïöü'"
"""By how often Dutch uses them."""


class Word(NamedTuple):
    """A word and where it begins."""

    start: int
    text: str


def judged_words(text: str) -> Iterator[Word]:
    """The words of `text` in small letters, without addresses, codes and what may be a name."""
    for found in _WORD.finditer(text):
        piece = found[0]
        start = found.start() + len(piece) - len(piece.lstrip(_TRIMMED))
        word = piece.strip(_TRIMMED)
        if len(word) >= SHORTEST and word == word.lower() and _LETTERS.fullmatch(word):
            yield Word(start, word)


def word_at(text: str, place: int) -> Word | None:
    """The judged word in or around which `place` lies."""
    return next((word for word in judged_words(text) if word.start <= place <= word.start + len(word.text)), None)


def near(word: str) -> Iterator[str]:
    """What is one slip of the finger away: a letter too many, two that changed places, one too few, another one."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    slips = chain(
        (left + right[1:] for left, right in parts if right),
        (left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1),
        (left + letter + right for left, right in parts for letter in _ALPHABET),
        (left + letter + right[1:] for left, right in parts if right for letter in _ALPHABET),
    )
    return (each for each in dict.fromkeys(slips) if each != word)
