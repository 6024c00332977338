"""What a search result shows: a heading without a young person's name, and a piece of text around the first word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from bren_desktop.domain.cases import Case, InvolvedRow
from bren_desktop.domain.dutch import long_date
from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import Sensitivity, notes
from bren_desktop.domain.pseudonyms import LEFT_OUT, NAME_LINES, mask_for, named_in
from bren_desktop.oplog.registers import packed_values
from bren_desktop.services.rows import Spot
from bren_desktop.storage.plain import Plain
from bren_desktop.storage.projections import case_initials, labels, long_texts

KEPT = 200
"""So many records are kept readable."""
START, END = "\u0002", "\u0003"
"""Around a found word."""
LONGEST = 120
_ROOM = LONGEST - len(f"……{START}{END}")
_BEFORE = 40
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f]")
_LABELLED = {
    Kind.CASE: ("knelpunten", "ontbrekend_aanbod", "vastloopredenen", "domeinen", "regio"),
    Kind.EXPERT: ("expertise", "domeinen", "regio"),
}
_HEADS = {Kind.EXPERT: ("naam", "organisatie"), Kind.DOCUMENT: ("kenmerk", "soort")}
_LINES = {Kind.CASE: ("gemeente", "verwijzer_organisatie"), Kind.EXPERT: ("functie", "organisatie")}


class Shown(NamedTuple):
    """The values of a record, and the text that a snippet is cut from, also without case and accents."""

    values: Plain
    text: str
    folded: str


class Texts:
    """What hits show of records, kept while their store is open: with the next key most hits are the same."""

    def __init__(self) -> None:
        self._of = lru_cache(KEPT)(_shown)

    def of(self, kind: Kind, registers: bytes) -> Shown:
        """What may be shown of a record, as its packed registers have it."""
        return self._of(kind, registers)

    def forget(self) -> None:
        """Keep none of them: one may have been destroyed."""
        self._of.cache_clear()


def _shown(kind: Kind, registers: bytes) -> Shown:
    values = Plain(packed_values(registers))
    text = "\n".join(_readable(kind, values)) if kind in _LABELLED else ""
    return Shown(values, text, text.translate(_FOLDING))


def heading(kind: Kind, values: Plain, case: str) -> str:
    """Number and initials of a case; name and organisation of an expert; reference and sort of a document.

    Of a discussion the day, and what its `case` is known by.
    """
    if kind is Kind.DISCUSSION:
        parts = [f"Bespreking van {_day(values)}" if _day(values) else "Bespreking", case]
    elif kind in _HEADS:
        parts = [values.line(field) for field in _HEADS[kind]]
    else:
        parts = [values.line("nummer"), case_initials(values)]
    return " · ".join(part for part in parts if part)


def snippet(kind: Kind, shown: Shown, words: Sequence[str], spot: Spot) -> str:
    """At most 120 characters around a word of `words`, or around what `spot` finds; the opening where neither does.

    Nothing is quoted from documents and discussions: the day of the one, and where the other was held.
    """
    if kind is Kind.DOCUMENT:
        return _day(shown.values)
    if kind is Kind.DISCUSSION:
        return "".join(labels(kind, shown.values, "gremium"))
    text = shown.text
    found = next(filter(None, (_standing(word.translate(_FOLDING), shown.folded) for word in words)), None)
    piece = _cut(text, *(found or spot(text) or (0, 0)))
    return _nameless(piece, shown.values) if kind is Kind.CASE else piece


def _nameless(shown: str, values: Plain) -> str:
    around = named_in(shown, (str(row.get("naam", "")) for _, row in values.rows("betrokkenen")))
    own = {field: values.line(field) for field in NAME_LINES}
    if not around and not named_in(shown, own.values()):
        return shown
    rows = tuple(InvolvedRow(id=name, naam=name) for name in around)
    masked = mask_for(Case().model_copy(update={**own, "betrokkenen": rows}), LEFT_OUT)(shown)
    head, mark, tail = masked.rpartition(END)
    return f"{head}{mark}{tail[: LONGEST - len(head) - len(mark)]}"


def _day(values: Plain) -> str:
    day = values.day("datum")
    return long_date(date.fromisoformat(day)) if day else ""


def _readable(kind: Kind, values: Plain) -> Iterator[str]:
    """The texts a snippet may show: no names, nothing of a criminal-law kind."""
    yield from long_texts(kind, values, closed=_closed(kind))
    for field in _LABELLED[kind]:
        yield " · ".join(labels(kind, values, field, criminal=False))
    yield from (values.line(field) for field in _LINES[kind])


@cache
def _closed(kind: Kind) -> frozenset[str]:
    shut = {Sensitivity.CRIMINAL, Sensitivity.PERSONAL} if kind is Kind.CASE else {Sensitivity.CRIMINAL}
    return frozenset(field for field, note in notes(MODELS[kind]).items() if note.sensitivity in shut)


def _cut(text: str, start: int, end: int) -> str:
    """The paragraph around `start`, cut to size, with what lies before `end` marked."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    begin = first if start - first <= _BEFORE else text.find(" ", start - _BEFORE, start) + 1 or start
    end = min(end, begin + _ROOM)
    stop = min(last, begin + _ROOM)
    marked = f"{START}{text[start:end]}{END}" if end > start else ""
    lead, tail = "…" * (begin > first), "…" * (stop < last)
    return _UNPRINTABLE.sub(" ", f"{lead}{text[begin:start]}") + marked + _UNPRINTABLE.sub(" ", text[end:stop]) + tail


def _standing(word: str, folded: str) -> tuple[int, int] | None:
    """Where the first word stands that begins with `word`, both folded."""
    start = folded.find(word)
    while start > 0 and folded[start - 1].isalnum():
        start = folded.find(word, start + 1)
    end = start + len(word)
    while end < len(folded) and folded[end].isalnum():
        end += 1
    return None if start < 0 else (start, end)


class _Folding(dict[int, str]):
    """Each letter without case and accent, so that a folded text is as long as the text."""

    def __missing__(self, code: int) -> str:
        self[code] = unicodedata.normalize("NFD", chr(code).lower())[0]
        return self[code]


_FOLDING = _Folding()
