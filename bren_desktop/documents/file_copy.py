"""The copy of a file for a family (inzage) as PDF: contents, then every field under its label, as long as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from textwrap import wrap

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bren_desktop.documents.fonts import BOLD
from bren_desktop.documents.layout import Columns, Head, Pages, Part, Placed, place
from bren_desktop.documents.page import (
    BOTTOM,
    GUTTER,
    HEIGHT,
    LEFT,
    MARGIN_COLUMN,
    TEXT_RIGHT,
    TEXT_WIDTH,
    Paper,
    draw_footer,
    new_canvas,
)
from bren_desktop.documents.text import ACCENT, QUIET, Style, draw_line, draw_line_right, paragraph
from bren_desktop.domain.blackening import BLACK
from bren_desktop.domain.dutch import capitalised, long_date, short_date
from bren_desktop.domain.file_copy import CopiedChapter, CopiedField, FileCopy, SeenLine
from bren_desktop.domain.records import Team

_TOP = 28 * mm
_WIDTH = TEXT_RIGHT - LEFT
_SIZE = 9.5
_CHAPTER, _RECORD = Style(13, BOLD, ACCENT), Style(10, BOLD, ACCENT)
_CONTENTS_LINE = 5.6 * mm
_KEPT_TOGETHER = 22 * mm
"""So much room there is at least under a title, or it goes to the next page."""
_LONGEST_PIECE = 3000
_SEEN = "Wie dit dossier heeft gezien"


@dataclass(slots=True)
class _Book:
    """The pages so far, with the titles that stand in the contents: each with its page (from 0) and place on it."""

    pages: Pages
    titles: list[tuple[str, int, float]] = field(default_factory=list)

    def title(self, text: str, style: Style) -> None:
        """A title over the whole width, together with what follows it."""
        piece = paragraph(text, style)
        _, height = piece.wrap(_WIDTH, HEIGHT)
        if height + _KEPT_TOGETHER > self.pages.room:
            self.pages.turn()
        self.pages.at += style.size * 0.6 if self.pages.at else 0
        self.pages.put_head(Head(piece, height, ""))
        self.pages.at += height + style.size * 0.5

    def chapter(self, text: str) -> None:
        """A title that stands in the contents."""
        self.title(text, _CHAPTER)
        self.titles.append((text, len(self.pages.pages) - 1, self.pages.at))


def file_copy_pdf(copy: FileCopy, team: Team) -> bytes:
    """The bytes of the PDF."""
    target = BytesIO()
    paper = Paper(f"Inzage {copy.kenmerk}", team.naam, "Kopie van een dossier", _footer(copy, team))
    canvas = new_canvas(target, paper)
    body = _body(copy)
    front = _front(copy)
    lines = _contents(front, [title for title, *_ in body.titles])
    before, count = len(front.pages.pages), len(front.pages.pages) + len(body.pages.pages)
    for number, placed in enumerate((*front.pages.pages, *body.pages.pages)):
        _draw_head(canvas, copy, team, is_first=number == 0)
        _draw(canvas, placed)
        for line, (title, page, top) in zip(lines, body.titles, strict=True):
            if line[0] == number:
                _draw_line_of_contents(canvas, line[1], title, before + page + 1)
            if before + page == number:
                canvas.bookmarkHorizontal(title, 0, HEIGHT - _TOP - top + 24)
                canvas.addOutlineEntry(title, title, level=0)
        draw_footer(canvas, paper, number + 1, count)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _footer(copy: FileCopy, team: Team) -> tuple[str, ...]:
    made = f"{copy.kenmerk} · gemaakt door {copy.gemaakt_door} op {short_date(copy.gemaakt_op)}"
    return "Vertrouwelijk. Alleen voor wie om inzage heeft gevraagd.", made, team.voettekst


def _empty() -> _Book:
    room = HEIGHT - _TOP - BOTTOM
    return _Book(Pages(Columns(MARGIN_COLUMN, GUTTER, TEXT_WIDTH, room, room)))


def _front(copy: FileCopy) -> _Book:
    """Whose copy it is and how it came about; the contents follow it."""
    book = _empty()
    book.pages.at = 8 * mm
    read = f"{copy.doorgelezen_door} op {long_date(copy.doorgelezen_op)}" if copy.doorgelezen_op else "nog niemand"
    facts = {
        "Kenmerk": copy.kenmerk,
        "Expertteam": copy.team,
        "Verzoek van": long_date(copy.verzoek_ontvangen_op) if copy.verzoek_ontvangen_op else "",
        "Gemaakt": f"{copy.gemaakt_door} op {long_date(copy.gemaakt_op)}",
        "Doorgelezen": read,
        "Toelichting": "\n".join(copy.toelichting),
    }
    for label, text in facts.items():
        if text:
            place(Part(label, text), book.pages, 10)
    book.title("Inhoud", _CHAPTER)
    return book


def _contents(front: _Book, titles: Sequence[str]) -> list[tuple[int, float]]:
    """Page and place of each line of the contents."""
    found = []
    for _ in titles:
        if front.pages.room < _CONTENTS_LINE:
            front.pages.turn()
        found.append((len(front.pages.pages) - 1, front.pages.at))
        front.pages.at += _CONTENTS_LINE
    return found


def _body(copy: FileCopy) -> _Book:
    book = _empty()
    for chapter in copy.hoofdstukken:
        _add(book, chapter)
    book.chapter(_SEEN)
    for line in copy.gezien:
        place(_seen(line), book.pages, _SIZE)
    return book


def _add(book: _Book, chapter: CopiedChapter) -> None:
    book.chapter(chapter.titel)
    for record in chapter.onderdelen:
        if record.titel and len(chapter.onderdelen) > 1:
            book.title(record.titel, _RECORD)
        for each in record.velden:
            place(Part(each.label, "\n".join(_pieces(each))), book.pages, _SIZE)


def _pieces(copied: CopiedField) -> Iterator[str]:
    """The text in paragraphs that a page can hold, and why parts of it are black."""
    why = _why(copied.zwart)
    if copied.waarde == BLACK:
        yield f"{BLACK} {why}"
        return
    for line in copied.waarde.split("\n"):
        yield from wrap(line, _LONGEST_PIECE) if len(line) > _LONGEST_PIECE else (line,)
    yield why


def _seen(line: SeenLine) -> Part:
    times = f" ({line.keer} keer)" if line.keer > 1 else ""
    about = f": {line.waarover}" if line.waarover else ""
    emergency = " Met noodtoegang." if line.noodtoegang else ""
    told = f"{line.wie} ({line.rol}) {line.wat}{times}{about}.{emergency} {_why(line.zwart)}"
    return Part(short_date(line.dag), told.rstrip())


def _why(reasons: Sequence[str]) -> str:
    return f"({capitalised(', '.join(reasons))}.)" if reasons else ""


def _draw(canvas: Canvas, placed: Sequence[Placed]) -> None:
    for item in placed:
        x = LEFT if item.in_margin else LEFT + MARGIN_COLUMN + GUTTER
        item.paragraph.drawOn(canvas, x, HEIGHT - _TOP - item.top - item.height)


def _draw_line_of_contents(canvas: Canvas, top: float, title: str, page: int) -> None:
    y = HEIGHT - _TOP - top - _SIZE
    draw_line(canvas, LEFT, y, title, Style(_SIZE), _WIDTH - 20 * mm)
    draw_line_right(canvas, TEXT_RIGHT, y, str(page), Style(_SIZE), 18 * mm)
    canvas.linkRect("", title, (LEFT, y - 3, TEXT_RIGHT, y + _SIZE), relative=0, thickness=0)


def _draw_head(canvas: Canvas, copy: FileCopy, team: Team, *, is_first: bool) -> None:
    room = _WIDTH / 2
    if is_first:
        draw_line(canvas, LEFT, HEIGHT - 19 * mm, "Kopie van het dossier", Style(15, BOLD, ACCENT), _WIDTH * 0.6)
        draw_line_right(canvas, TEXT_RIGHT, HEIGHT - 19 * mm, team.naam, Style(9, BOLD, ACCENT), room)
        return
    style = Style(8.5, color=QUIET)
    draw_line(canvas, LEFT, HEIGHT - 18 * mm, f"Ons kenmerk {copy.kenmerk}", style, room)
    draw_line_right(canvas, TEXT_RIGHT, HEIGHT - 18 * mm, "Vertrouwelijk", style, room)
