"""The top of a letter's first page: letterhead, window address, reference block, subject and salutation.

Measures are in millimetres from the top left corner, for a window envelope DL (C5/6) and a sheet folded in three.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bren_desktop.documents.fonts import BOLD, width
from bren_desktop.documents.logo import logo_image
from bren_desktop.documents.page import HEIGHT, LEFT, TEXT_RIGHT
from bren_desktop.documents.text import (
    ACCENT,
    INK,
    QUIET,
    WARNING,
    Style,
    clean,
    draw_clean_line,
    draw_line,
    draw_line_right,
    wrapped,
)
from bren_desktop.domain.experts import address_lines
from bren_desktop.domain.letter_address import MOST_LINES, sender_line
from bren_desktop.domain.letters import Letter
from bren_desktop.domain.records import Team

WINDOW_TOP, WINDOW_WIDTH = 50, 90
WINDOW_LEFT, WINDOW_RIGHT = 25, 120
"""Left edge of the window, at the left or at the right of the envelope."""
REFERENCE_AT_RIGHT, REFERENCE_AT_LEFT = 130, 25
REFERENCE_TOP = 40.5
SUBJECT_TOP = 104
BODY_TOP = 119
_FOLDS = (99, 198)
_MOST_PARTS = 4
"""Lines below one label of the reference block."""
_ADDRESS = Style(10.5)
_LABEL = Style(7.5, color=QUIET)
_VALUE = Style(9.5)
_SENDER = Style(7, color=QUIET)


def draw_letterhead(canvas: Canvas, letter: Letter, team: Team, logo: bytes | None) -> None:
    """Everything above the body."""
    _draw_team(canvas, team, logo)
    at_right = team.venster_rechts is True
    _draw_address(canvas, letter, team, (WINDOW_RIGHT if at_right else WINDOW_LEFT) * mm)
    _draw_reference(canvas, letter, (REFERENCE_AT_LEFT if at_right else REFERENCE_AT_RIGHT) * mm)
    _draw_subject(canvas, letter)
    _draw_folds(canvas)


def _y(from_top: float) -> float:
    return HEIGHT - from_top * mm


def _draw_team(canvas: Canvas, team: Team, logo: bytes | None) -> None:
    image = logo_image(logo) if logo else None
    left = LEFT
    if image is not None:
        wide, high = image.getSize()
        scale = min(50 * mm / wide, 17 * mm / high)
        canvas.drawImage(image, LEFT, _y(13) - high * scale, wide * scale, high * scale)
        left += wide * scale + 6 * mm
    room = TEXT_RIGHT - left
    draw_line_right(canvas, TEXT_RIGHT, _y(18.5), team.naam, Style(15, BOLD, ACCENT), room)
    details = " · ".join(filter(None, (", ".join(address_lines(team.adres)), team.telefoon, team.email)))
    draw_line_right(canvas, TEXT_RIGHT, _y(24), details, Style(8, color=QUIET), room)
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1)
    canvas.line(LEFT, _y(33), TEXT_RIGHT, _y(33))


def _draw_address(canvas: Canvas, letter: Letter, team: Team, x: float) -> None:
    room = min(WINDOW_WIDTH * mm, TEXT_RIGHT - x)
    if not (letter.addressed or letter.recipient):
        return
    draw_line(canvas, x, _y(WINDOW_TOP + 2.5), sender_line(team, at_home=letter.at_home), _SENDER, room)
    lines = _lines_in_window(letter.recipient, room)
    for index, line in enumerate(lines):
        _draw_address_line(canvas, x, _y(WINDOW_TOP + 8.5) - index * 13.5, line, room)
    if not lines:
        draw_line(canvas, x, _y(WINDOW_TOP + 8.5), "[Nog invullen: Adres]", Style(10.5, BOLD, WARNING), room)


def _lines_in_window(recipient: Sequence[str], room: float) -> Sequence[str]:
    """Long names go on the next line, as long as the window has room."""
    lines = [line for each in recipient for line in wrapped("  ".join(map(clean, each.split("  "))), _ADDRESS, room)]
    return lines if len(lines) <= MOST_LINES else recipient[:MOST_LINES]


def _draw_address_line(canvas: Canvas, x: float, y: float, line: str, room: float) -> None:
    """One line in one piece, for who reads the text back; two spaces between postcode and place are kept."""
    draw_clean_line(canvas, x, y, "  ".join(map(clean, line.split("  "))), _ADDRESS, room)


def _draw_reference(canvas: Canvas, letter: Letter, x: float) -> None:
    room = (190 - REFERENCE_AT_RIGHT) * mm
    y = _y(REFERENCE_TOP)
    draw_line(canvas, x, y, "Vertrouwelijk", Style(9.5, BOLD, ACCENT), room)
    for label, value in letter.reference:
        if label != "Betreft":
            draw_line(canvas, x, y - 13, label, _LABEL, room)
            for line in _reference_lines(value, room):
                draw_line(canvas, x, y - 23.5, line, _VALUE, room)
                y -= 11.5
            y -= 12


def _reference_lines(value: str, room: float) -> Sequence[str]:
    if width(value, _VALUE.font, _VALUE.size) <= room:
        return [value]
    parts = value.split(" · ")
    more = len(parts) - _MOST_PARTS
    return [*parts[: _MOST_PARTS - 1], f"en nog {more + 1}"] if more > 0 else parts


def _draw_subject(canvas: Canvas, letter: Letter) -> None:
    room = TEXT_RIGHT - LEFT
    label = "Betreft:"
    draw_line(canvas, LEFT, _y(SUBJECT_TOP), label, Style(10.5, color=QUIET), room)
    start = LEFT + width(f"{label} ", _ADDRESS.font, _ADDRESS.size)
    draw_line(canvas, start, _y(SUBJECT_TOP), letter.subject, Style(10.5, BOLD, INK), TEXT_RIGHT - start)
    draw_line(canvas, LEFT, _y(SUBJECT_TOP + 10), letter.salutation, Style(10.5), room)


def _draw_folds(canvas: Canvas) -> None:
    canvas.setStrokeColor(HexColor(0x9AA5AD))
    canvas.setLineWidth(0.4)
    for fold in _FOLDS:
        canvas.line(5 * mm, _y(fold), 9 * mm, _y(fold))
