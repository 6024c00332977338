"""Words a typing error away from what was typed, for words that are found nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

SHORTEST = 5
LONG = 6
"""From this length on two errors are forgiven, and one in the beginning of a word; before it one."""
MOST = 3


class Words:
    """Words that may have been meant, all folded, laid out by their length and by their first letter."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            self._by_length[len(word)].append(word)
            self._by_letter[word[:1]].append(word)

    def near(self, word: str) -> tuple[str, ...]:
        """The few words nearest to `word`; beginnings of words count where no word is near.

        Who has not finished a word has its first letter right, or finishes it first: so few beginnings are compared.
        """
        length = len(word)
        if length < SHORTEST:
            return ()
        errors = 2 if length >= LONG else 1
        as_long = (self._by_length.get(each, []) for each in range(length - errors, length + errors + 1))
        found = _within(word, [*chain.from_iterable(as_long)], errors)
        if found or length < LONG:
            return found
        begun = {each[:length] for each in self._by_letter.get(word[0], []) if len(each) > length}
        return _within(word, sorted(begun), 1)


def _within(word: str, known: Sequence[str], errors: int) -> tuple[str, ...]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    alike = extract(word, known, scorer=OSA.distance, score_cutoff=errors, limit=MOST)
    return tuple(each for each, distance, _ in alike if distance == alike[0][1])
