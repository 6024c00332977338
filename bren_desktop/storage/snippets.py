"""What a search result shows: a heading without a young person's name, and a piece of text around the first word."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import Sensitivity, notes
from bren_desktop.storage.plain import Plain
from bren_desktop.storage.projections import case_initials, labels, long_texts

START, END = "\u0002", "\u0003"
"""Around a found word."""
LONGEST = 120
_BEFORE = 40
_LATIN_ENDS = 0x250
_LABELLED = {
    Kind.CASE: ("knelpunten", "ontbrekend_aanbod", "vastloopredenen", "domeinen", "regio"),
    Kind.EXPERT: ("expertise", "domeinen", "regio"),
}
_LINES = {Kind.CASE: ("gemeente", "verwijzer_organisatie"), Kind.EXPERT: ("functie", "organisatie")}


def heading(kind: Kind, values: Plain) -> str:
    """Number and initials of a case; name and organisation of an expert."""
    if kind is Kind.EXPERT:
        parts = [values.line("naam"), values.line("organisatie")]
    else:
        parts = [values.line("nummer"), case_initials(values)]
    return " · ".join(part for part in parts if part)


def snippet(kind: Kind, values: Plain, words: Sequence[str]) -> str:
    """At most 120 characters around the first place where a word of `words` begins; the opening where none does."""
    pattern = _pattern(tuple(words))
    opening = ""
    for text in _readable(kind, values):
        found = pattern.search(text)
        if found:
            return _cut(text, found.start(), pattern)
        opening = opening or text
    return _cut(opening, 0, pattern)


def _readable(kind: Kind, values: Plain) -> Iterator[str]:
    """The texts a snippet may show: no names, nothing of a criminal-law kind."""
    yield from long_texts(kind, values, closed=_closed(kind))
    for field in _LABELLED[kind]:
        yield " · ".join(labels(kind, values, field))
    yield from (values.line(field) for field in _LINES[kind])


@cache
def _closed(kind: Kind) -> frozenset[str]:
    shut = {Sensitivity.CRIMINAL, Sensitivity.PERSONAL} if kind is Kind.CASE else {Sensitivity.CRIMINAL}
    return frozenset(field for field, note in notes(MODELS[kind]).items() if note.sensitivity in shut)


def _cut(text: str, place: int, pattern: re.Pattern[str]) -> str:
    start = max(0, place - _BEFORE)
    if start:
        start = text.find(" ", start, place) + 1 or start
    room = LONGEST - 2 * (start > 0 or place > 0) - 2
    piece = re.sub(r"[\s\x00-\x1f]", " ", text[start : start + room])
    lead, tail = "…" * (start > 0), "…" * (start + room < len(text))
    marked = pattern.sub(lambda found: f"{START}{found[0]}{END}", piece, count=1)
    return f"{lead}{marked}{tail}"


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A word that starts with one of `words`, with or without accents, in any case."""
    begun = "|".join("".join(map(_accented, word)) for word in words) or r"(?!)"
    return re.compile(rf"(?<![^\W_])(?:{begun})[^\W_]*", re.IGNORECASE)


def _accented(char: str) -> str:
    return _variants().get(_bare(char), re.escape(char))


def _bare(char: str) -> str:
    return unicodedata.normalize("NFD", char.lower())[0]


@cache
def _variants() -> Mapping[str, str]:
    """Per Latin letter a character class of its accented forms."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code in range(ord("a"), _LATIN_ENDS):
        char = chr(code)
        if char.isalpha():
            found[_bare(char)].add(char)
    return {bare: f"[{''.join(sorted(chars | {bare}))}]" for bare, chars in found.items()}
