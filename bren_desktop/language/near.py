"""Words a typing error away from what was typed, for words that are found nowhere."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

SHORTEST = 5
LONG = 6
"""From this length on two errors are forgiven, and one in the beginning of a word; before it one."""
MOST = 3


def near(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The few words of `known` nearest to `word`, all folded; beginnings of words count where no word is near.

    Who has not finished a word has its first letter right, or finishes it first: so few beginnings are compared.
    """
    if len(word) < SHORTEST:
        return ()
    found = _within(word, known, 2 if len(word) >= LONG else 1)
    if found or len(word) < LONG:
        return found
    begun = {each[: len(word)] for each in known if each[0] == word[0] and len(each) > len(word)}
    return _within(word, begun, 1)


def _within(word: str, known: Collection[str], errors: int) -> tuple[str, ...]:
    alike = extract(word, known, scorer=OSA.distance, score_cutoff=errors, limit=MOST)
    return tuple(each for each, distance, _ in alike if distance == alike[0][1])
