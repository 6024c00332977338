"""What people add to a subject when they search, and no thesaurus knows: a language, a man or a woman, a region."""

from __future__ import annotations

import re
from functools import cache

from bren_desktop.domain.vocabulary import Term, vocabulary
from bren_desktop.language.lexicon import Lexicon
from bren_desktop.language.words import searched_words

_PARTS = re.compile(r"[^()/]+")
_ALSO_WORDS = frozenset({"Buren", "Borne", "Best"})
"""Municipalities that people who type without capitals do not mean."""


@cache
def whom() -> Lexicon:
    """Finds the names of languages and countries, words for a man or a woman, and regions with their municipalities."""
    regions = {term.code: _names(term) for term in vocabulary("jeugdregios")}
    return Lexicon({key: {"sterk": names} for key, names in (searched_words() | regions).items()})


def _names(region: Term) -> list[str]:
    """`Friesland (Fryslân)` and `Midden IJssel / Oost Veluwe` are two names each; the code of a region is one too."""
    names = [region.code, *_PARTS.findall(region.label), *region.extra.get("gemeenten", ())]
    return [name.strip() for name in names if name not in _ALSO_WORDS]
