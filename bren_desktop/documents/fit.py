"""At most so many pages, always: smaller letters first, then shorter texts, the essential ones last.

What is cut ends at a sentence with a mark that the reader sees. A smaller letter also spares a last page that would
hold hardly anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from bren_desktop.documents.layout import Columns, Pages, Part, Widths, estimate, lay_out
from bren_desktop.domain.dutch import first_sentences, shortened

MOST_PAGES = 2
SIZES = (10.5, 10.0, 9.5)
"""Points, from comfortable to the smallest that still reads well on paper."""
UNCUT = 1_000_000
_LIMITS = (1600, 1100, 800, 550, 380, 260, 180, 120)
"""Characters of a part."""
_LONGEST_SENTENCE = 180
"""In characters: a sentence up to this long is not broken off."""


class Fitted(NamedTuple):
    """Where everything goes, the size of the letter, and the parts as they were shortened to fit."""

    pages: Pages
    size: float
    parts: Sequence[Part]


def fit(parts: Sequence[Part], columns: Columns, keep: float = 0, most: int = MOST_PAGES) -> Fitted:
    """The parts on at most `most` pages."""
    widths = Widths()
    laid = next(_fitting(parts, columns, keep, most, widths), None)
    if laid is None:
        raise ValueError("too many parts for these pages")
    if _is_scarce(laid.pages) and len(laid.pages.pages) > 1:
        return next(_fitting(parts, columns, keep, len(laid.pages.pages) - 1, widths, whole=True), laid)
    return laid


def _is_scarce(pages: Pages) -> bool:
    """Whether the last page holds one part at most."""
    return sum(1 for placed in pages.pages[-1] if placed.in_margin) <= 1


def _fitting(
    parts: Sequence[Part], columns: Columns, keep: float, most: int, widths: Widths, *, whole: bool = False
) -> Iterator[Fitted]:
    """The ways to lay the parts out on at most `most` pages, the nicest first; only the `whole` text if asked."""
    room = columns.first + (most - 1) * columns.later - keep
    attempts = ((parts, size) for size in SIZES) if whole else _attempts(parts, columns, room, widths)
    for shorter, size in attempts:
        if estimate(shorter, columns, size, widths) <= room:
            pages = lay_out(shorter, columns, size, keep)
            if len(pages.pages) <= most:
                yield Fitted(pages, size, shorter)


def _attempts(
    parts: Sequence[Part], columns: Columns, room: float, widths: Widths
) -> Iterator[tuple[Sequence[Part], float]]:
    """Ever shorter: whole at each size; then the optional parts; then the essential ones a step, and so on."""
    yield from ((parts, size) for size in SIZES)
    smallest = SIZES[-1]
    for essential in (UNCUT, *_LIMITS):
        if estimate(_limited(parts, essential, _LIMITS[-1]), columns, smallest, widths) <= room:
            yield from ((_limited(parts, essential, optional), smallest) for optional in _LIMITS)
    yield from ((_limited(parts, essential, 0), smallest) for essential in (*_LIMITS[-2:], 0))


def _limited(parts: Sequence[Part], essential: int, optional: int) -> Sequence[Part]:
    return [_cut(part, essential if part.essential else optional) for part in parts]


def _cut(part: Part, limit: int) -> Part:
    """The part in at most about `limit` characters; with none, just the mark that something was left out."""
    if limit == 0:
        return replace(part, text=part.mark if part.text or part.items else "", items=())
    items = _fewer(part.items, limit, part.mark)
    whole = len(items) if len(items) == len(part.items) else len(items) - 1
    return replace(part, text=_whole(part.text, limit, part.mark), items=items, tails=part.tails[:whole])


def _fewer(items: tuple[str, ...], limit: int, mark: str) -> tuple[str, ...]:
    """Items of together about `limit` characters: each shorter first, and fewer where that does not do."""
    if sum(map(len, items)) <= limit:
        return items
    shorter = tuple(_whole(item, max(60, limit // len(items)), mark) for item in items)
    kept = max(1, limit // 60)
    return shorter if len(shorter) <= kept else (*shorter[:kept], mark)


def _whole(text: str, limit: int, mark: str) -> str:
    """`text` in about `limit` characters, with its first sentence whole unless that is very long."""
    first = len(first_sentences(text[: _LONGEST_SENTENCE + 1], 1))
    return shortened(text, max(limit, min(first, _LONGEST_SENTENCE)), mark)
