"""From parts of text to positions on pages, with the heading in a column of its own at the left.

Laying out is apart from drawing, so that trying a smaller letter costs no second PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Paragraph

from bren_desktop.documents.fonts import BOLD
from bren_desktop.documents.text import ACCENT, WARNING, Style, paragraph

BETWEEN_PARAGRAPHS = 0.25
BETWEEN_PARTS = 0.62
"""In lines of the text."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its paragraphs: running `text` (a paragraph per line) or `items`, then what is still a `gap`.

    `essential` parts are shortened last.
    """

    heading: str
    text: str = ""
    items: tuple[str, ...] = ()
    numbered: bool = False
    gap: str = ""
    essential: bool = False


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

    def head(self, heading: Paragraph, height: float, title: str) -> None:
        """Place a heading beside the line that comes next."""
        self.pages[-1].append(Placed(heading, self.at, height, in_margin=True, outline=title))


def lay_out(parts: Iterable[Part], columns: Columns, size: float, keep: float = 0) -> Pages:
    """The parts on as many pages as they need; `keep` points stay free together after the last one."""
    pages = Pages(columns)
    for part in parts:
        _place(part, pages, size)
    if keep > pages.room:
        pages.turn()
    return pages


def _place(part: Part, pages: Pages, size: float) -> None:
    heading = paragraph(part.heading, Style(size * 0.92, BOLD, ACCENT, leading=1.3 / 0.92))
    _, heading_height = heading.wrap(pages.columns.heading, 10_000)
    line = size * 1.3
    top: float | None = None
    for number, piece in enumerate(_paragraphs(part, size)):
        pages.at += line * BETWEEN_PARAGRAPHS if number else 0
        top = _put(piece, pages, (heading, heading_height, part.heading) if number == 0 else None, top)
    on_page = top is not None
    pages.at = max(pages.at, (top or 0) + heading_height if on_page else 0) + line * BETWEEN_PARTS


def _put(
    piece: Paragraph, pages: Pages, heading: tuple[Paragraph, float, str] | None, top: float | None
) -> float | None:
    """Place a paragraph, split over pages where it must be; where on the last page the part began, if it did there."""
    rest: Paragraph | None = piece
    while rest is not None:
        _, height = rest.wrap(pages.columns.text, 10_000)
        needed = max(height, heading[1]) if heading else height
        halves = [] if needed <= pages.room else rest.split(pages.columns.text, pages.room)
        if needed > pages.room and len(halves) != 2:
            if pages.at > 0:
                pages.turn()
                top = None
                continue
            halves = []
        if heading:
            pages.head(*heading)
            heading, top = None, pages.at
        first = halves[0] if halves else rest
        pages.put(first, first.wrap(pages.columns.text, 10_000)[1] if halves else height)
        rest = halves[1] if halves else None
        if halves:
            pages.turn()
            top = None
    return top


def _paragraphs(part: Part, size: float) -> list[Paragraph]:
    plain = Style(size)
    listed = Style(size, indent=size * 1.35)
    texts = [paragraph(line, plain) for line in part.text.split("\n") if line.strip()]
    for number, item in enumerate(part.items, start=1):
        texts.append(paragraph(item, listed, f"{number}." if part.numbered else "•"))
    if part.gap:
        texts.append(paragraph(f"[Nog invullen: {part.gap}]", Style(size, BOLD, WARNING)))
    return texts


def outline(pages: Sequence[Sequence[Placed]]) -> list[str]:
    """The headings in the order of the pages."""
    return [placed.outline for page in pages for placed in page if placed.outline]
