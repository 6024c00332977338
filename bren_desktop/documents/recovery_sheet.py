"""The sheet with the recovery code: one page to print and to keep in a safe."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bren_desktop.documents.fonts import BOLD, width
from bren_desktop.documents.page import HEIGHT, LEFT, TEXT_RIGHT, Paper, draw_footer, new_canvas
from bren_desktop.documents.text import ACCENT, QUIET, Style, clean, draw_line, paragraph
from bren_desktop.domain.dutch import long_date, short_date

_LARGEST, _SMALLEST = 17, 8
_EXPLANATION = (
    "Met deze code opent u uw profiel als u uw wachtwoord niet meer weet, of als de sleutelbos van uw computer is "
    "vervangen. Wie deze code én uw computer of een back-up heeft, kan alle casussen lezen."
)
_STEPS = (
    "Druk dit blad af en bewaar het in een kluis of een afgesloten kast, niet bij de computer.",
    "Maak er geen foto van en stuur het niet per e-mail.",
    "Kies bij het ontgrendelen «Wachtwoord vergeten» en typ de code over. Hoofdletters en streepjes maken niet uit.",
    "Kies daarna een nieuw wachtwoord.",
    "Hebt u de code gebruikt of is dit blad zoek? Maak dan bij Instellingen een nieuwe code. Deze werkt dan niet meer.",
)


def recovery_sheet(code: str, team: str, made_on: date) -> bytes:
    """The bytes of the PDF."""
    target = BytesIO()
    paper = Paper(
        title="Herstelcode BREN Desktop",
        author=clean(team),
        subject="Herstelcode",
        footer=("Geheim. Bewaar dit blad in een kluis.", f"Gemaakt op {short_date(made_on)}"),
    )
    canvas = new_canvas(target, paper)
    room = TEXT_RIGHT - LEFT
    draw_line(canvas, LEFT, HEIGHT - 35 * mm, "Uw herstelcode", Style(22, BOLD, ACCENT), room)
    about = f"{clean(team)}  ·  gemaakt op {long_date(made_on)}"
    draw_line(canvas, LEFT, HEIGHT - 43 * mm, about, Style(10.5, color=QUIET), room)
    _draw_code(canvas, clean(code), HEIGHT - 80 * mm)
    _draw_text(canvas, HEIGHT - 96 * mm)
    draw_footer(canvas, paper, 1, 1)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw_code(canvas: Canvas, code: str, y: float) -> None:
    room = TEXT_RIGHT - LEFT - 10 * mm
    size = next((s for s in range(_LARGEST, _SMALLEST, -1) if width(code, BOLD, s) <= room), _SMALLEST)
    canvas.setStrokeColor(ACCENT)
    canvas.setFillColor(HexColor(0xEEF3F4))
    canvas.roundRect(LEFT, y, TEXT_RIGHT - LEFT, 22 * mm, 5, stroke=1, fill=1)
    start = LEFT + (TEXT_RIGHT - LEFT - min(width(code, BOLD, size), room)) / 2
    draw_line(canvas, start, y + 11 * mm - size * 0.35, code, Style(size, BOLD), room + 1)


def _draw_text(canvas: Canvas, y: float) -> None:
    room = TEXT_RIGHT - LEFT
    pieces = [paragraph(_EXPLANATION, Style(11, leading=1.4))]
    pieces += [paragraph(text, Style(11, leading=1.4, indent=16), f"{n}.") for n, text in enumerate(_STEPS, start=1)]
    for piece in pieces:
        _, height = piece.wrap(room, HEIGHT)
        y -= height
        piece.drawOn(canvas, LEFT, y)
        y -= 3 * mm
