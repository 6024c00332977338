"""At most two pages, always: smaller letters first, then shorter texts, the essential ones last.

What is cut ends at a sentence with a mark that the reader sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bren_desktop.documents.layout import Columns, Pages, Part, estimate, lay_out
from bren_desktop.domain.dutch import CUT_MARK, shortened

MOST_PAGES = 2
SIZES = (10.5, 10.0, 9.5)
"""Points, from comfortable to the smallest that still reads well on paper."""
_OPTIONAL = (1600, 1100, 800, 550, 350, 220, 120)
_ESSENTIAL = (1600, 1100, 800, 550, 350, 220, 120, 60)


def fit(parts: Sequence[Part], columns: Columns, keep: float = 0) -> tuple[Pages, float]:
    """The parts on at most two pages, and the size of the letter."""
    room = columns.first + (MOST_PAGES - 1) * columns.later - keep
    for shorter, size in _attempts(parts):
        if estimate(shorter, columns, size) > room:
            continue
        pages = lay_out(shorter, columns, size, keep)
        if len(pages.pages) <= MOST_PAGES:
            return pages, size
    raise AssertionError("the shortest texts fit on two pages")


def _attempts(parts: Sequence[Part]) -> Iterator[tuple[Sequence[Part], float]]:
    yield from ((parts, size) for size in SIZES)
    smallest = SIZES[-1]
    for limit in _OPTIONAL:
        parts = [part if part.essential else _cut(part, limit) for part in parts]
        yield parts, smallest
    for limit in _ESSENTIAL:
        parts = [_cut(part, limit) if part.essential else part for part in parts]
        yield parts, smallest


def _cut(part: Part, limit: int) -> Part:
    return replace(part, text=shortened(part.text, limit), items=_fewer(part.items, limit))


def _fewer(items: tuple[str, ...], limit: int) -> tuple[str, ...]:
    """Items of together about `limit` characters: each shorter first, and fewer where that does not do."""
    if sum(map(len, items)) <= limit:
        return items
    shorter = tuple(shortened(item, max(60, limit // len(items))) for item in items)
    kept = max(1, limit // 60)
    return shorter if len(shorter) <= kept else (*shorter[:kept], CUT_MARK)
