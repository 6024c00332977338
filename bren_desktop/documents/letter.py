"""A consultatievraag as PDF: at most two pages, for a window envelope."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bren_desktop.documents.fit import fit
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
from bren_desktop.documents.text import QUIET, Style, draw_line, draw_line_right
from bren_desktop.domain.dutch import long_date, short_date
from bren_desktop.domain.letter_texts import phrase
from bren_desktop.domain.letters import Letter
from bren_desktop.domain.records import Team

_LATER_TOP = 30 * mm
_SIGNATURE = 27 * mm


def letter_pdf(letter: Letter, team: Team, logo: bytes | None) -> bytes:
    """The bytes of the PDF."""
    target = BytesIO()
    paper = _paper(letter, team)
    canvas = new_canvas(target, paper)
    columns = Columns(MARGIN_COLUMN, GUTTER, TEXT_WIDTH, HEIGHT - BODY_TOP * mm - BOTTOM, HEIGHT - _LATER_TOP - BOTTOM)
    laid, size = fit(_parts(letter), columns, keep=_SIGNATURE)
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
            _draw_signature(canvas, letter, HEIGHT - top - laid.at, size)
        draw_footer(canvas, paper, number, len(laid.pages))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _paper(letter: Letter, team: Team) -> Paper:
    made = f"gemaakt door {letter.made_by} op {short_date(letter.date)}"
    state = "concept, nog niet vrijgegeven" if letter.concept else f"vrijgegeven door {letter.released_by}"
    return Paper(
        title=f"Consultatievraag {letter.kenmerk}",
        author=team.naam,
        subject="Consultatievraag",
        footer=(phrase("bewaren"), f"{letter.kenmerk} · {made} · {state}", team.voettekst),
        concept=letter.concept,
    )


def _parts(letter: Letter) -> list[Part]:
    return [
        Part(block.heading, block.text, block.items, block.numbered, block.gap, block.mandatory)
        for block in letter.blocks
    ]


def _draw_running_head(canvas: Canvas, letter: Letter) -> None:
    style = Style(8.5, color=QUIET)
    room = (TEXT_RIGHT - LEFT) / 2
    draw_line(canvas, LEFT, HEIGHT - 18 * mm, f"Ons kenmerk {letter.kenmerk}", style, room)
    draw_line_right(canvas, TEXT_RIGHT, HEIGHT - 18 * mm, f"Vertrouwelijk  ·  {long_date(letter.date)}", style, room)


def _draw_signature(canvas: Canvas, letter: Letter, y: float, size: float) -> None:
    x, line, room = LEFT + MARGIN_COLUMN + GUTTER, size * 1.35, TEXT_WIDTH
    y -= line * 0.9
    draw_line(canvas, x, y, phrase("slot"), Style(size), room)
    draw_line(canvas, x, y - line * 1.7, letter.made_by, Style(size, BOLD), room)
    draw_line(canvas, x, y - line * 2.7, f"{letter.role}, {letter.team}", Style(size), room)
    if letter.released_by:
        released = f"Elektronisch vrijgegeven door {letter.released_by} op {long_date(letter.date)}."
        draw_line(canvas, x, y - line * 3.8, released, Style(8.5, color=QUIET), room)
