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


def read(lexicon: Lexicon, text: str, *, offer: bool = False) -> list[Mention]:
    """What `text`, a case or an expert's `offer`, mentions. One place counts once for a code, as its longest term."""
    words = tokens(text)
    stands: dict[tuple[int, ...], tuple[str, bool, bool]] = {}
    mentions: list[Mention] = []
    for found, meaning in _chosen(lexicon.find(words)):
        places = found.places
        if places not in stands:
            stands[places] = quoted(text, words, found), denied(words, places, offer=offer), of_parent(words, places)
        mentions.append(
            Mention(meaning.code, found.term.written, stands[places][0], meaning.strong, *stands[places][1:])
        )
    return mentions


def _chosen(hits: Iterable[Found]) -> Iterator[tuple[Found, Meaning]]:
    """The meanings that no longer or stronger term has claimed; within a longer term a weak word says nothing."""
    claimed: set[tuple[str, int]] = set()
    covered: set[int] = set()
    for found, meaning in sorted(((hit, one) for hit in hits for one in hit.term.meanings), key=_first):
        marks = [(meaning.code, place) for place in found.places]
        if claimed.isdisjoint(marks) and (meaning.strong or not covered.issuperset(found.places)):
            claimed.update(marks)
            covered.update(found.places if len(found.places) > 1 else ())
            yield found, meaning


def _first(pair: tuple[Found, Meaning]) -> tuple[int, bool, int, tuple[int, ...], str]:
    found, meaning = pair
    written = found.term.written
    return -len(found.term.keys), not meaning.strong, -len(written), found.places, written


def quoted(text: str, words: Sequence[Token], found: Found) -> str:
    """The words of the text that made `found`, as they stand there; only the words themselves where that is long."""
    whole = " ".join(text[words[found.places[0]].start : words[found.places[-1]].end].split())
    if len(whole) <= LONGEST_QUOTE:
        return whole
    return " … ".join(words[place].text for place in found.places)[:LONGEST_QUOTE]
