"""Finding the terms of the field in running text: single words, parts of compounds, and words near each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from bren_desktop.language.stems import fold, stem
from bren_desktop.language.tokens import Token, folded

SLACK = 5
"""How many other words may stand between the words of one term."""
SHORTEST_PART = 5
SHORTEST_REST = 3
SHORTEST_BEGINNING = 4
OPENING = 6
"""How much of a word promises it, whatever its inflection."""
_PASSED_OVER = frozenset({"de", "het", "een", "zijn", "haar", "hun", "en"})
_BEFORE_THEIR_NOUN = frozenset(map(stem, "aan bij door in met naar op tegen tot uit van voor zonder".split()))
"""What follows these in a label follows them in the text: `naar school` is not in `naar papa en vraagt op school`."""
_NOUN_REACH = 3
_ONLY_IN_CAPITALS = frozenset("ACT ART DUO FAST MBT NET STAP VERS VRAG".split())
"""Names that are ordinary words, or the `mbt` of a hasty note, in small letters."""


class Meaning(NamedTuple):
    """What a term points at, and whether it does so on its own."""

    code: str
    strong: bool


class Term(NamedTuple):
    """A word or group of words, as stems, with what it means. The longest stem stands first, the others around it.

    `bound` are pairs of them in which the second comes after the first, so many words on at most.
    """

    written: str
    keys: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    bound: tuple[tuple[str, str, int], ...] = ()


class Found(NamedTuple):
    """A term in a text, at these places in its list of tokens."""

    term: Term
    places: tuple[int, ...]


_Said = tuple[str, tuple[str, ...], str, bool]
"""A phrase, its stems, and what it means: a code, and whether it does so on its own."""


class Lexicon:
    """The terms of one word list, ready to be found. One is made when a text first has the rarest of its stems."""

    def __init__(self, words: Mapping[str, Mapping[str, Sequence[str]]], exceptions: Iterable[str] = ()) -> None:
        phrases = {phrase for strengths in words.values() for each in strengths.values() for phrase in each}
        read = {phrase: folded(phrase) for phrase in phrases}
        stems = {phrase: stems_of(each) for phrase, each in read.items()}
        self._words = words
        self._by_rarest = _by_rarest(words, stems)
        self._parts = frozenset(_parts(self._by_rarest))
        self._written = sorted(_written(words, read))
        self._exceptions = frozenset(stem(fold(word)) for word in exceptions)
        self._keys = lru_cache(maxsize=32_768)(self._keys_of)
        self._terms = cache(self._terms_of)
        self._opening = cache(self._openings_of)

    def find(self, text: Sequence[Token]) -> list[Found]:
        """Every term in `text`, in no particular order."""
        places = self._places(text)
        known = places.__contains__
        rarest = [key for key in places if key in self._by_rarest]
        whole = [term for key in rarest for term in self._terms(key) if all(map(known, term.keys))]
        return [hit for term in whole for hit in _hits(term, places, text)]

    def begun(self, folded: str) -> tuple[str, ...]:
        """What the strong terms mean that begin with these folded words; nothing where that could be too much."""
        if len(folded) < SHORTEST_BEGINNING:
            return ()
        first = bisect_left(self._written, (folded, ""))
        last = bisect_left(self._written, (f"{folded}\U0010ffff", ""))
        return tuple(sorted({code for _, code in self._written[first:last]}))

    def openings(self, codes: Iterable[str]) -> tuple[str, ...]:
        """How the longest words begin of the terms that mean one of `codes`; a text without one of them has no term."""
        return tuple(sorted({opening for code in codes for opening in self._opening(code)}))

    def _openings_of(self, code: str) -> Collection[str]:
        phrases = [phrase for each in self._words.get(code, {}).values() for phrase in each]
        return {max(stems_of(folded(phrase)), key=len)[:OPENING] for phrase in phrases}

    def _terms_of(self, rarest: str) -> Collection[Term]:
        terms: dict[tuple[str, ...], Term] = {}
        for phrase, keys, code, is_strong in self._by_rarest[rarest]:
            meaning = Meaning(code, is_strong)
            new = Term(phrase, _anchored(keys), (meaning,), tuple(_bound(phrase, keys)))
            terms[keys] = _joined(terms[keys], meaning) if keys in terms else new
        return terms.values()

    def _places(self, text: Sequence[Token]) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, token in enumerate(text):
            for key in self._keys(token.text):
                places.setdefault(key, []).append(place)
        for place, (first, second) in enumerate(pairwise(text)):
            joined = first.word + second.word
            if joined in self._parts and first.clause == second.clause and _are_parts(first, second):
                places.setdefault(stem(joined), []).append(place)
        return places

    def _keys_of(self, written: str) -> tuple[str, ...]:
        word = fold(written)
        pieces = [stem(fold(piece)) for piece in written.split("-")] if "-" in written[1:-1] else []
        return tuple(dict.fromkeys([stem(word), *pieces, *self._compound(word)]))

    def _compound(self, word: str) -> Iterator[str]:
        whole = stem(word)
        if whole in self._exceptions or whole in self._parts or word in self._parts:
            return
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_REST + 1):
            if word[:cut] in self._parts:
                yield stem(word[:cut])
        for cut in range(SHORTEST_REST, len(whole) - SHORTEST_PART + 1):
            if whole[cut:] in self._parts:
                yield stem(whole[cut:])


def _are_parts(first: Token, second: Token) -> bool:
    """Whether two words may be one that was written apart: `ga met` is no `gamet`."""
    return min(len(first.word), len(second.word)) >= SHORTEST_REST


def _joined(term: Term, meaning: Meaning) -> Term:
    strong = dict(term.meanings)
    strong[meaning.code] = strong.get(meaning.code, False) or meaning.strong
    return term._replace(meanings=tuple(Meaning(*each) for each in strong.items()))


def stems_of(folded: str) -> tuple[str, ...]:
    """The stems of the words of a folded phrase that a text must hold to hold the phrase."""
    words = folded.split()
    telling = [word for word in words if word not in _PASSED_OVER] or words
    return tuple(map(stem, telling))


def _bound(written: str, keys: tuple[str, ...]) -> Iterator[tuple[str, str, int]]:
    """A name, all of whose words have a capital, stands as it is written; a preposition stands before its noun."""
    if len(keys) == 1 or len(set(keys)) < len(keys):
        return
    is_name = written.istitle()
    for first, second in pairwise(keys):
        if is_name:
            yield first, second, 1
        elif first in _BEFORE_THEIR_NOUN and second not in _BEFORE_THEIR_NOUN:
            yield first, second, _NOUN_REACH


def _anchored(keys: tuple[str, ...]) -> tuple[str, ...]:
    anchor = keys.index(max(keys, key=len))
    return keys[anchor], *keys[:anchor], *keys[anchor + 1 :]


def _written(words: Mapping[str, Mapping[str, Sequence[str]]], read: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for code, strengths in words.items():
        for phrase in strengths.get("sterk", ()):
            yield read[phrase], code


def _by_rarest(
    words: Mapping[str, Mapping[str, Sequence[str]]], stems: Mapping[str, tuple[str, ...]]
) -> Mapping[str, list[_Said]]:
    """What is said by the stem that the fewest terms have: a text then brings up few that it does not have whole."""
    common = Counter(chain.from_iterable(set(stems.values())))
    index: dict[str, list[_Said]] = {}
    for code, strengths in words.items():
        for strength, phrases in strengths.items():
            is_strong = strength == "sterk"
            for phrase in phrases:
                keys = stems[phrase]
                rarest = min(keys, key=common.__getitem__) if len(keys) > 1 else keys[0]
                index.setdefault(rarest, []).append((phrase, keys, code, is_strong))
    return index


def _parts(index: Mapping[str, Iterable[_Said]]) -> Iterator[str]:
    """The single words, as stems and as they are first written, that are looked for inside longer ones."""
    for key, said in index.items():
        written = next((phrase for phrase, keys, *_ in said if len(keys) == 1), "")
        for shape in (key, fold(written)) if written else ():
            if len(shape) >= SHORTEST_PART and shape.isalpha():
                yield shape


def _hits(term: Term, places: Mapping[str, list[int]], text: Sequence[Token]) -> Iterator[Found]:
    anchor, *others = term.keys
    in_capitals = term.written in _ONLY_IN_CAPITALS
    for place in places[anchor]:
        around = _around(place, others, places, text) if others else []
        if around is not None and _is_bound(term, around) and (not in_capitals or text[place].text.isupper()):
            yield Found(term, tuple(sorted({place, *around})))


def _is_bound(term: Term, around: Sequence[int]) -> bool:
    """Whether what belongs together stands so; `around` are the places of the keys of `term`."""
    at = dict(zip(term.keys, around, strict=False))
    return all(0 < at[second] - at[first] <= reach for first, second, reach in term.bound)


def _around(
    anchor: int, keys: Sequence[str], places: Mapping[str, list[int]], text: Sequence[Token]
) -> list[int] | None:
    """The places of `keys` nearest to `anchor`, or None where one is missing or they lie too far apart."""
    taken = [anchor]
    reach = len(keys) + SLACK
    for key in keys:
        all_places = places[key]
        near = all_places[bisect_left(all_places, anchor - reach) : bisect_right(all_places, anchor + reach)]
        free = [place for place in near if place not in taken and text[place].clause == text[anchor].clause]
        if not free:
            return None
        taken.append(min(free, key=lambda place: abs(place - anchor)))
    return taken if max(taken) - min(taken) < len(taken) + SLACK else None
