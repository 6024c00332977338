"""Reading one text: which codes it mentions, in which words, and how much that says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bren_desktop.language.context import denied, of_parent
from bren_desktop.language.lexicon import Found, Lexicon, Meaning
from bren_desktop.language.tokens import Token, tokens

LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """A code that a text mentions: the term of the word list, and the words as they stand in the text."""

    code: str
    term: str
    words: str
    strong: bool
    denied: bool
    of_parent: bool


def read(lexicon: Lexicon, text: str) -> list[Mention]:
    """What `text` mentions. One place in the text counts once for a code, as its longest term."""
    words = tokens(text)
    mentions: list[Mention] = []
    for found, meanings in _chosen(lexicon.find(words)):
        said = quoted(text, words, found)
        not_so, parent = denied(words, found.places), of_parent(words, found.places)
        mentions += [Mention(one.code, found.term.written, said, one.strong, not_so, parent) for one in meanings]
    return mentions


def _chosen(hits: Iterable[Found]) -> Iterator[tuple[Found, Sequence[Meaning]]]:
    """The hits with the meanings that no longer term has claimed; within a longer term a weak word says nothing."""
    claimed: set[tuple[str, int]] = set()
    covered: set[int] = set()
    for found in hits:
        inside = covered.issuperset(found.places)
        meanings = [
            one
            for one in found.term.meanings
            if (one.strong or not inside) and claimed.isdisjoint((one.code, place) for place in found.places)
        ]
        if meanings:
            claimed.update((one.code, place) for one in meanings for place in found.places)
            covered.update(found.places if len(found.places) > 1 else ())
            yield found, meanings


def quoted(text: str, words: Sequence[Token], found: Found) -> str:
    """The words of the text that made `found`, as they stand there; only the words themselves where that is long."""
    whole = " ".join(text[words[found.places[0]].start : words[found.places[-1]].end].split())
    if len(whole) <= LONGEST_QUOTE:
        return whole
    return " … ".join(words[place].text for place in found.places)[:LONGEST_QUOTE]
