"""From parts of text to positions on pages, with the heading in a column of its own at the left.

Laying out is apart from drawing, so that trying a smaller letter costs no second PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from string import ascii_lowercase
from typing import NamedTuple, cast

from reportlab.platypus import Paragraph

from bren_desktop.documents.fonts import BOLD, REGULAR, width
from bren_desktop.documents.text import ACCENT, WARNING, Style, clean, paragraph
from bren_desktop.domain.dutch import CUT_MARK
from bren_desktop.domain.letters import Marks

BETWEEN_PARAGRAPHS = 0.25
BETWEEN_PARTS = 0.62
"""In lines of the text."""
_LEADING = 1.3
_HEADING = 0.92
"""Size of a heading beside the size of the text."""
_INDENT, _WIDE_INDENT = 1.35, 1.85
_TWO_DIGITS = 10
_ENDLESS = 100_000
_SIGNS = {Marks.BULLETS: "•", Marks.BOXES: "☐"}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its paragraphs: running `text` (a paragraph per line) or `items`, then what is still a `gap`.

    `essential` parts are shortened last; `tails` end the items one by one, and are never shortened; `mark`
    stands where text was left out.
    """

    heading: str
    text: str = ""
    items: tuple[str, ...] = ()
    marks: Marks = Marks.BULLETS
    gap: str = ""
    essential: bool = False
    under: str = ""
    tails: tuple[str, ...] = ()
    mark: str = CUT_MARK

    @property
    def lines(self) -> tuple[str, ...]:
        """The items as they are printed, each with its tail."""
        ends = (*self.tails, *("" for _ in self.items))
        return tuple(f"{item} {end}".strip() for item, end in zip(self.items, ends, strict=False))


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in points: the column of headings, the gutter, the text; and the room on the first and later pages."""

    heading: float
    gutter: float
    text: float
    first: float
    later: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph at `top` points below the top of the text area; `outline` where a part begins."""

    paragraph: Paragraph
    top: float
    height: float
    in_margin: bool = False
    outline: str = ""


class Head(NamedTuple):
    """The heading of a part, measured."""

    paragraph: Paragraph
    height: float
    title: str


class _Below(NamedTuple):
    """Where the heading of a part ends: page number, and points below its top."""

    page: int
    top: float


@dataclass(slots=True)
class Pages:
    """The pages filled so far, and where the next line goes on the last one."""

    columns: Columns
    pages: list[list[Placed]] = field(default_factory=lambda: [[]])
    at: float = 0

    @property
    def room(self) -> float:
        return (self.columns.first if len(self.pages) == 1 else self.columns.later) - self.at

    def turn(self) -> None:
        """Go on at a new page."""
        self.pages.append([])
        self.at = 0

    def put(self, piece: Paragraph, height: float) -> None:
        """Place a paragraph in the text column."""
        self.pages[-1].append(Placed(piece, self.at, height))
        self.at += height

    def put_head(self, head: Head) -> None:
        """Place a heading beside the line that comes next."""
        self.pages[-1].append(Placed(head.paragraph, self.at, head.height, in_margin=True, outline=head.title))


def lay_out(parts: Sequence[Part], columns: Columns, size: float, keep: float = 0) -> Pages:
    """The parts on as many pages as they need; `keep` points stay free after the last one, on the same page."""
    pages = _laid(parts, columns, size)
    if keep > pages.room:
        pages = _laid(parts[:-1], columns, size)
        pages.turn()
        _place_all(parts[-1:], pages, size)
    if keep > pages.room:
        pages.turn()
    return pages


def _laid(parts: Iterable[Part], columns: Columns, size: float) -> Pages:
    pages = Pages(columns)
    _place_all(parts, pages, size)
    return pages


def _place_all(parts: Iterable[Part], pages: Pages, size: float) -> None:
    for part in parts:
        place(part, pages, size)


class Widths(dict[str, float]):
    """How wide each text of one document is at size 1, worked out once: trying sizes and cuts asks for it often."""

    def __missing__(self, text: str) -> float:
        self[text] = found = width(clean(text), REGULAR, 1)
        return found


def estimate(parts: Iterable[Part], columns: Columns, size: float, widths: Widths) -> float:
    """About how high the parts are in all, without laying them out: a few percent too low at most."""
    line = size * _LEADING
    total = 0.0
    for part in parts:
        room = columns.text - (size * _INDENT if part.items else 0)
        under = part.under.split("\n") * len(part.items)
        texts = [text for text in (*part.text.split("\n"), *part.lines, *under, part.gap) if text]
        lines = sum(ceil(widths[text] * size / room) for text in texts)
        total += line * (max(lines, 1) + (len(texts) - 1) * BETWEEN_PARAGRAPHS + BETWEEN_PARTS)
    return total


def place(part: Part, pages: Pages, size: float) -> None:
    """Put one part after what is there, on as many pages as it needs."""
    line = size * _LEADING
    head: Head | None = _head(part.heading, size, pages.columns.heading)
    below = _Below(0, 0)
    pieces = _paragraphs(part, size)
    for number, piece in enumerate(pieces):
        pages.at += line * BETWEEN_PARAGRAPHS if number else 0
        if _parts_from_what_follows(part, pieces[number:], number, pages, line):
            pages.turn()
        rest: Paragraph | None = piece
        while rest is not None:
            now, height, rest = _split(rest, pages, head)
            if now is None:
                pages.turn()
                continue
            if head is not None:
                below = _Below(len(pages.pages), pages.at + head.height)
                pages.put_head(head)
                head = None
            pages.put(now, height)
            if rest is not None:
                pages.turn()
    if below.page == len(pages.pages):
        pages.at = max(pages.at, below.top)
    pages.at += line * BETWEEN_PARTS


def _parts_from_what_follows(part: Part, pieces: Sequence[Paragraph], number: int, pages: Pages, line: float) -> bool:
    """Whether an item would stand on this page and what is to be filled in below it on the next."""
    below = len(part.under.split("\n")) if part.under else 0
    if not below or number % (below + 1) or pages.at == 0:
        return False
    heights = [piece.wrap(pages.columns.text, _ENDLESS)[1] for piece in pieces[: below + 1]]
    return sum(heights) + below * line * BETWEEN_PARAGRAPHS > pages.room


def _split(piece: Paragraph, pages: Pages, head: Head | None) -> tuple[Paragraph | None, float, Paragraph | None]:
    """What of `piece` goes on this page, how high it is, and the rest; nothing where the page must turn first."""
    column = pages.columns.text
    _, height = piece.wrap(column, _ENDLESS)
    if max(height, head.height if head else 0) <= pages.room:
        return piece, height, None
    halves = piece.split(column, pages.room)
    if len(halves) == 2:
        first, rest = (cast(Paragraph, half) for half in halves)
        return first, first.wrap(column, _ENDLESS)[1], rest
    return (None, 0, piece) if pages.at > 0 else (piece, height, None)


def _head(text: str, size: float, column: float) -> Head:
    piece = paragraph(text, Style(size * _HEADING, BOLD, ACCENT, leading=_LEADING / _HEADING))
    _, height = piece.wrap(column, _ENDLESS)
    return Head(piece, height, text)


def _mark(marks: Marks, number: int) -> str:
    if marks is Marks.NUMBERS:
        return f"{number}."
    return f"{ascii_lowercase[(number - 1) % 26]}." if marks is Marks.LETTERS else _SIGNS[marks]


def _paragraphs(part: Part, size: float) -> list[Paragraph]:
    plain = Style(size)
    listed = Style(size, indent=size * (_INDENT if len(part.items) < _TWO_DIGITS else _WIDE_INDENT))
    texts = [paragraph(line, plain) for line in part.text.split("\n") if line.strip()]
    for number, item in enumerate(part.lines, start=1):
        texts.append(paragraph(item, listed, _mark(part.marks, number)))
        texts += [paragraph(line, listed) for line in part.under.split("\n") if line]
    if part.gap:
        texts.append(paragraph(f"[Nog invullen: {part.gap}]", Style(size, BOLD, WARNING)))
    return texts
