"""A casuskaart as PDF: facts in a grid, then the story in short, and room for notes; at most two pages."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bren_desktop.documents.fit import fit
from bren_desktop.documents.fonts import BOLD, REGULAR, width
from bren_desktop.documents.layout import Columns, Part
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
    new_canvas,
)
from bren_desktop.documents.text import ACCENT, QUIET, Style, draw_line, draw_line_right
from bren_desktop.domain.dutch import SHEET_MARK, short_date
from bren_desktop.domain.records import Team
from bren_desktop.services.case_sheet import CaseSheet

_LATER_TOP = 28 * mm
_FACTS_TOP = 33 * mm
_FACTS_IN_A_ROW = 3
_FACT_HEIGHT = 10.5 * mm
_NOTES = 34 * mm
_PALE = HexColor(0xEEF3F4)
_VALUE = Style(9.5)
_COLUMN = (TEXT_RIGHT - LEFT) / _FACTS_IN_A_ROW
_PADDING = 6 * mm


class _Fact(NamedTuple):
    """A fact in its place in the grid, and how wide it may be."""

    row: int
    column: int
    label: str
    value: str
    room: float


def case_sheet_pdf(sheet: CaseSheet, team: Team) -> bytes:
    """The bytes of the PDF."""
    target = BytesIO()
    paper = _paper(sheet, team)
    canvas = new_canvas(target, paper)
    facts = _placed(sheet.facts)
    rows = 1 + max((fact.row for fact in facts), default=-1)
    first_top = _FACTS_TOP + rows * _FACT_HEIGHT + 4 * mm
    columns = Columns(MARGIN_COLUMN, GUTTER, TEXT_WIDTH, HEIGHT - first_top - BOTTOM, HEIGHT - _LATER_TOP - BOTTOM)
    parts = [
        Part(s.heading, s.text, s.items, s.marks, essential=s.essential, tails=s.tails, mark=SHEET_MARK)
        for s in sheet.sections
    ]
    laid = fit(parts, columns, keep=_NOTES).pages
    for number, placed in enumerate(laid.pages, start=1):
        top = first_top if number == 1 else _LATER_TOP
        _draw_head(canvas, sheet, team)
        if number == 1:
            _draw_facts(canvas, facts, rows)
        draw_page(canvas, placed, top, number)
        if number == len(laid.pages):
            _draw_notes(canvas, HEIGHT - top - laid.at)
        draw_footer(canvas, paper, number, len(laid.pages))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _paper(sheet: CaseSheet, team: Team) -> Paper:
    made = f"{sheet.nummer}  ·  afgedrukt door {sheet.made_by} op {short_date(sheet.date)}"
    return Paper(
        title=f"Casuskaart {sheet.nummer}",
        author=team.naam,
        subject="Casuskaart",
        footer=("Vertrouwelijk. Na de bespreking vernietigen.", made, team.voettekst),
    )


def _draw_head(canvas: Canvas, sheet: CaseSheet, team: Team) -> None:
    room = (TEXT_RIGHT - LEFT) / 2
    draw_line(canvas, LEFT, HEIGHT - 19 * mm, "Casuskaart", Style(15, BOLD, ACCENT), room)
    draw_line_right(canvas, TEXT_RIGHT, HEIGHT - 17 * mm, team.naam, Style(9, BOLD, ACCENT), room)
    draw_line_right(canvas, TEXT_RIGHT, HEIGHT - 21 * mm, sheet.nummer, Style(8.5, color=QUIET), room)


def _placed(facts: Sequence[tuple[str, str]]) -> list[_Fact]:
    """Three in a row; what is too wide for that has a row of its own below them."""
    narrow = [fact for fact in facts if width(fact[1], REGULAR, _VALUE.size) <= _COLUMN - _PADDING]
    wide = [fact for fact in facts if fact not in narrow]
    below = -(-len(narrow) // _FACTS_IN_A_ROW)
    return [
        *(_Fact(*divmod(place, _FACTS_IN_A_ROW), *fact, _COLUMN) for place, fact in enumerate(narrow)),
        *(_Fact(row, 0, *fact, TEXT_RIGHT - LEFT) for row, fact in enumerate(wide, start=below)),
    ]


def _draw_facts(canvas: Canvas, facts: Sequence[_Fact], rows: int) -> None:
    canvas.setFillColor(_PALE)
    top = HEIGHT - _FACTS_TOP + 5 * mm
    canvas.roundRect(
        LEFT, top - rows * _FACT_HEIGHT - 2 * mm, TEXT_RIGHT - LEFT, rows * _FACT_HEIGHT + 2 * mm, 4, stroke=0, fill=1
    )
    for fact in facts:
        x = LEFT + 4 * mm + fact.column * _COLUMN
        y = top - fact.row * _FACT_HEIGHT - 5 * mm
        draw_line(canvas, x, y, fact.label, Style(7.5, color=QUIET), fact.room - _PADDING)
        draw_line(canvas, x, y - 4.2 * mm, fact.value, _VALUE, fact.room - _PADDING)


def _draw_notes(canvas: Canvas, y: float) -> None:
    """Lines to write on, in the room that was kept free."""
    y -= 5 * mm
    draw_line(canvas, LEFT, y, "Notities", Style(9.5, BOLD, ACCENT), MARGIN_COLUMN)
    canvas.setStrokeColor(HexColor(0xC3CBD1))
    canvas.setLineWidth(0.5)
    y -= 4 * mm
    while y > BOTTOM + 1 * mm:
        canvas.line(LEFT + MARGIN_COLUMN + GUTTER, y, TEXT_RIGHT, y)
        y -= 8 * mm
