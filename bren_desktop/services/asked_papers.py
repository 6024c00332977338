"""Documents and discussions that somebody asks for in so many words: `adviesbrief Berkenbos`, `bespreking 3 maart`.

The words that name a kind, and those that name a day, month or year, are taken out; what is left names the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.papers.kinds import PAPERS
from bren_desktop.domain.records import CASE_SHEET
from bren_desktop.domain.typed_days import span_in
from bren_desktop.domain.vocabulary import folded
from bren_desktop.language.asked import SAY_NOTHING

FEWEST_LETTERS = 4
"""Fewer begin too many words to name a kind."""
_LONGEST_DAY, _LONGEST_NAME = 3, 4
_ANY = {
    Kind.DISCUSSION: ("bespreking", "besprekingen"),
    Kind.DOCUMENT: ("document", "documenten", "brief", "brieven"),
}
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class AskedPapers:
    """What was asked for: the sorts by kind (none: any sort), when, and what else was said, which names the case.

    `is_whole`: every word of a name was finished, or no kind was named but a day.
    """

    sorts: Mapping[Kind, tuple[str, ...]]
    span: Span | None
    rest: str
    is_whole: bool


def asked_papers(text: str, today: date) -> AskedPapers | None:
    """What `text` asks for; None where it names neither a kind of document, nor a discussion, nor a day."""
    words = [word for word in folded(text).split() if word not in SAY_NOTHING]
    place, sorts, is_whole = _named(words)
    others = [word for number, word in enumerate(words) if number not in place]
    if not sorts and not any(word[0].isdecimal() for word in others):
        return None
    when, span = _span(others, today)
    if not sorts and (span is None or span[0] != span[1]):
        return None
    rest = " ".join(word for number, word in enumerate(others) if number not in when)
    return AskedPapers(sorts or dict.fromkeys(_ANY, ()), span, rest, is_whole or not sorts)


def _named(words: Sequence[str]) -> tuple[range, dict[Kind, tuple[str, ...]], bool]:
    """The longest run of words that begins the name of a kind, and what is called so."""
    for run in _runs(len(words), _LONGEST_NAME):
        typed = " ".join(words[place] for place in run)
        called = [(name, kind, sort) for name, kind, sort in _names() if name.startswith(typed)]
        if len(typed) >= FEWEST_LETTERS and called:
            sorts = {kind: tuple(sort for _, each, sort in called if each is kind and sort) for _, kind, _ in called}
            return run, sorts, any(name == typed for name, _, _ in called)
    return range(0), {}, False


@cache
def _names() -> Sequence[tuple[str, Kind, str]]:
    """What kinds are called without the words that say nothing, with the sort as documents have it; empty for any."""
    titles = [*(paper.title for paper in PAPERS), CASE_SHEET]
    sorts = [(_bare(title), Kind.DOCUMENT, title) for title in titles]
    return [*sorts, *((name, kind, "") for kind, names in _ANY.items() for name in names)]


def _bare(title: str) -> str:
    return " ".join(word for word in folded(title).split() if word not in SAY_NOTHING)


def _span(words: Sequence[str], today: date) -> tuple[range, Span | None]:
    """The longest run of words that names a day, month or year."""
    for run in _runs(len(words), _LONGEST_DAY):
        span = span_in(" ".join(words[place] for place in run), today)
        if span:
            return run, span
    return range(0), None


def _runs(count: int, longest: int) -> Iterator[range]:
    """The runs of at most `longest` of so many words, the longest first."""
    for length in range(min(count, longest), 0, -1):
        yield from (range(first, first + length) for first in range(count - length + 1))
