"""Who may be the witness (getuige) of a closing: another person than who confirms, and not of the family."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bren_desktop.domain.cases import Case, full_name
from bren_desktop.domain.vocabulary import folded

_PARTICLES = frozenset({"de", "den", "der", "het", "la", "le", "t", "te", "ten", "ter", "van", "von"})
_FULL_NAME = 2


def witness_fault(witness: str, confirms: str, case: Case) -> str:
    """Why `witness` will not do beside the one who confirms, as a sentence; empty where it will."""
    words = words_of(witness)
    if len(words) < _FULL_NAME or all(len(word) == 1 for word in words):
        return "Vul de voornaam en achternaam in van wie naast u zit en meekijkt."
    if _is_same(words, words_of(confirms)):
        return "Dat bent u zelf. Vul de naam in van iemand anders, die naast u zit en meekijkt."
    if any(_is_same(words, words_of(name)) for name in family(case)):
        return "Wie bij deze casus hoort, kan geen getuige zijn. Vul de naam in van een collega."
    return ""


def family(case: Case) -> Iterable[str]:
    """The names of the jeugdige and of everybody around."""
    return full_name(case), case.jim_naam, *(row.naam for row in case.betrokkenen)


def words_of(name: str) -> Sequence[str]:
    """The words of a name by which people are told apart."""
    return [word for word in re.findall(r"[^\W\d_]+", folded(name)) if word not in _PARTICLES]


def _is_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names may be of one person: each word of the shorter is in the longer, in any order or as initial."""
    shorter, longer = sorted((one, other), key=len)
    left = list(longer)
    for word in sorted(shorter, key=len, reverse=True):
        match = next((each for each in left if _fits(word, each)), None)
        if match is None:
            return False
        left.remove(match)
    return len(shorter) >= _FULL_NAME


def _fits(word: str, other: str) -> bool:
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])
