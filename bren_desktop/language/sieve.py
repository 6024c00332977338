"""Telling from its letters alone that a text holds none of some phrases: quick, and never wrong about that."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bren_desktop.language.lexicon import stems_of
from bren_desktop.language.stems import spelled
from bren_desktop.language.tokens import folded, letters


class Sieve:
    """Keeps back texts that no lexicon finds one of `phrases` in, nor splits a word of otherwise because of one.

    A word of a phrase is found in a text only where the letters of its stem follow each other, with at most hyphens
    or spaces between them and another ending; and all words of a phrase are found in one clause.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        stems = {stems_of(folded(phrase)) for phrase in phrases}
        self._phrases = [[spelled(stem) for stem in sorted(each, key=len, reverse=True)] for each in stems]

    def lets_through(self, text: str) -> bool:
        """Whether one of the phrases may stand in `text`."""
        whole = letters(text)
        return any(
            _holds(whole, words) and any(_holds(clause, words) for clause in whole.split("\n"))
            for words in self._phrases
        )


def _holds(letters: str, words: Iterable[Collection[str]]) -> bool:
    return all(any(spelling in letters for spelling in word) for word in words)
