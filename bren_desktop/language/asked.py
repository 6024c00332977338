"""What somebody typed into the search box, in parts: spans that name a concept, and the words that name none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bren_desktop.language.lexicon import Found, Lexicon
from bren_desktop.language.tokens import Token, tokens
from bren_desktop.language.whom import whom

MOST_PARTS = 8
MOST_BEGUN = 6
"""What begins more labels than this says too little."""
SAY_NOTHING = frozenset(
    "de het een en of in op van voor met bij naar aan om te is zijn heeft die dat wie wat niet geen als er door uit "
    "over tot meer zich hij zij ze haar hem hun er ook nog maar jaar jr jarige spreekt".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """Words of the query as typed, and the ids of the concepts that they name, if any."""

    text: str
    concepts: tuple[str, ...]


def parts(lexicon: Lexicon, text: str) -> list[Part]:
    """The parts of `text` in order; the last may be unfinished and then names what begins so.

    A language, a man or a woman, and a region are named by what `whom` calls them.
    """
    words = tokens(text)
    named = _spans([*lexicon.find(words), *whom().find(words)])
    taken = {place for places in named for place in places}
    begun = _begun(lexicon, words, taken)
    if begun:
        taken.update(begun[0])
        named[begun[0]] = begun[1]
    for place, word in enumerate(words):
        if place not in taken and word.word not in SAY_NOTHING:
            named[place,] = ()
    ordered = sorted(named.items())[:MOST_PARTS]
    return [Part(" ".join(words[place].text for place in places), concepts) for places, concepts in ordered]


def _spans(hits: Iterable[Found]) -> dict[tuple[int, ...], tuple[str, ...]]:
    """What the words at these places name, the longest terms first; a word belongs to one span."""
    named: dict[tuple[int, ...], tuple[str, ...]] = {}
    taken: set[int] = set()
    for found in sorted(hits, key=_longest_first):
        strong = tuple(meaning.code for meaning in found.term.meanings if meaning.strong)
        if strong and (found.places in named or taken.isdisjoint(found.places)):
            taken.update(found.places)
            named[found.places] = (*named.get(found.places, ()), *strong)
    return named


def _longest_first(found: Found) -> tuple[int, int, tuple[int, ...]]:
    return -len(found.places), -len(found.term.written), found.places


def _begun(lexicon: Lexicon, words: Sequence[Token], taken: set[int]) -> tuple[tuple[int, ...], tuple[str, ...]] | None:
    """The longest tail of the words that begins a label, where it is telling enough."""
    for first in range(len(words)):
        places = tuple(range(first, len(words)))
        if taken.isdisjoint(places):
            concepts = lexicon.begun(" ".join(words[place].word for place in places))
            if 0 < len(concepts) <= MOST_BEGUN:
                return places, concepts
    return None
