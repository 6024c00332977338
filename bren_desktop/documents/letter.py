"""A letter or form as PDF, within its number of pages, for a window envelope."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bren_desktop.documents.fit import Fitted, fit
from bren_desktop.documents.fonts import BOLD
from bren_desktop.documents.layout import Columns, Part
from bren_desktop.documents.letterhead import BODY_TOP, draw_letterhead
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
    draw_page,
    draw_watermark,
    new_canvas,
)
from bren_desktop.documents.text import ACCENT, QUIET, Style, draw_line, draw_line_right
from bren_desktop.domain.dutch import CUT_MARK, long_date, short_date
from bren_desktop.domain.letters import Letter
from bren_desktop.domain.records import Team

_LATER_TOP = 30 * mm
_SIGNATURE = 27 * mm
_BY_HAND = 17 * mm
"""Room for one who signs by hand."""
_WRITTEN = (("Naam", 0.0), ("Plaats en datum", 58 * mm), ("Handtekening", 106 * mm))


def letter_pdf(letter: Letter, team: Team, logo: bytes | None) -> bytes:
    """The bytes of the PDF."""
    target = BytesIO()
    paper = _paper(letter, team)
    canvas = new_canvas(target, paper)
    laid, size, _ = _fitted(letter)
    for number, placed in enumerate(laid.pages, start=1):
        top = BODY_TOP * mm if number == 1 else _LATER_TOP
        if letter.concept:
            draw_watermark(canvas)
        if number == 1:
            draw_letterhead(canvas, letter, team, logo)
        else:
            _draw_running_head(canvas, letter)
        draw_page(canvas, placed, top, number)
        if number == len(laid.pages):
            _draw_end(canvas, letter, HEIGHT - top - laid.at, size)
        draw_footer(canvas, paper, number, len(laid.pages))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def cut_blocks(letter: Letter) -> tuple[str, ...]:
    """The names of the blocks that lose text, here or before, to fit on the pages of the letter."""
    pairs = zip(letter.blocks, _fitted(letter).parts, strict=True)
    return tuple(
        block.name
        for block, part in pairs
        if CUT_MARK in block.plain or (block.text, block.items) != (part.text, part.items)
    )


def _fitted(letter: Letter) -> Fitted:
    columns = Columns(MARGIN_COLUMN, GUTTER, TEXT_WIDTH, HEIGHT - BODY_TOP * mm - BOTTOM, HEIGHT - _LATER_TOP - BOTTOM)
    return fit(_parts(letter), columns, keep=_signing_room(letter), most=letter.pages)


def _paper(letter: Letter, team: Team) -> Paper:
    made = f"gemaakt door {letter.made_by} op {short_date(letter.date)}"
    state = "concept, nog niet vrijgegeven" if letter.concept else f"vrijgegeven door {letter.released_by}"
    return Paper(
        title=f"{letter.title} {letter.kenmerk}",
        author=team.naam,
        subject=letter.title,
        footer=(letter.keeping, f"{letter.kenmerk} · {made} · {state}", team.voettekst),
        concept=letter.concept,
    )


def _parts(letter: Letter) -> list[Part]:
    return [
        Part(block.heading, block.text, block.items, block.marks, block.gap, block.mandatory, block.under)
        for block in letter.blocks
    ]


def _draw_running_head(canvas: Canvas, letter: Letter) -> None:
    style = Style(8.5, color=QUIET)
    room = (TEXT_RIGHT - LEFT) / 2
    draw_line(canvas, LEFT, HEIGHT - 18 * mm, f"Ons kenmerk {letter.kenmerk}", style, room)
    draw_line_right(canvas, TEXT_RIGHT, HEIGHT - 18 * mm, f"Vertrouwelijk  ·  {long_date(letter.date)}", style, room)


def _signing_room(letter: Letter) -> float:
    own = _SIGNATURE if letter.salutation else 0
    return own + len(letter.signatures) * _BY_HAND


def _draw_end(canvas: Canvas, letter: Letter, y: float, size: float) -> None:
    """The signature of who writes, and room for who signs by hand; a form without a salutation has only the latter."""
    if letter.salutation:
        _draw_signature(canvas, letter, y, size)
        y -= _SIGNATURE
    for signer in letter.signatures:
        _draw_room_to_sign(canvas, signer, y)
        y -= _BY_HAND


def _draw_room_to_sign(canvas: Canvas, signer: str, y: float) -> None:
    draw_line(canvas, LEFT, y - 4 * mm, signer, Style(9.5, BOLD, ACCENT), TEXT_RIGHT - LEFT)
    for number, (label, at) in enumerate(_WRITTEN):
        ends = [*(start for _, start in _WRITTEN), TEXT_RIGHT - LEFT][number + 1]
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(0.5)
        canvas.line(LEFT + at, y - 12 * mm, LEFT + ends - 4 * mm, y - 12 * mm)
        draw_line(canvas, LEFT + at, y - 15 * mm, label, Style(7.5, color=QUIET), ends - at)


def _draw_signature(canvas: Canvas, letter: Letter, y: float, size: float) -> None:
    x, line, room = LEFT + MARGIN_COLUMN + GUTTER, size * 1.35, TEXT_WIDTH
    y -= line * 0.9
    draw_line(canvas, x, y, letter.closing, Style(size), room)
    draw_line(canvas, x, y - line * 1.7, letter.made_by, Style(size, BOLD), room)
    draw_line(canvas, x, y - line * 2.7, f"{letter.role}, {letter.team}", Style(size), room)
    if letter.released_by:
        released = f"Elektronisch vrijgegeven door {letter.released_by} op {long_date(letter.date)}."
        draw_line(canvas, x, y - line * 3.8, released, Style(8.5, color=QUIET), room)
