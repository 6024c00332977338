"""The one door through which text from people reaches reportlab: escaped, in a font that can draw it, never markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from bren_desktop.documents.fonts import BOLD, REGULAR, runs, width

INK = HexColor(0x1B1F23)
QUIET = HexColor(0x56616B)
ACCENT = HexColor(0x14505F)
WARNING = HexColor(0x9A1B1B)
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks. `indent` leaves room for a bullet or number, in points."""

    size: float
    font: str = REGULAR
    color: Color = INK
    leading: float = 1.3
    indent: float = 0


def clean(text: str) -> str:
    """`text` without invisible characters and on one line."""
    return " ".join(_INVISIBLE.sub("", text).split())


def paragraph(text: str, style: Style, bullet: str = "") -> Paragraph:
    """A paragraph of plain `text`, with `bullet` in front of it."""
    return Paragraph(_markup(clean(text), style.font), _reportlab_style(style), bulletText=bullet or None)


def _markup(text: str, font: str) -> str:
    pieces = [
        escape(piece) if name == font else f'<font name="{name}">{escape(piece)}</font>'
        for name, piece in runs(text, font)
    ]
    return "".join(pieces)


@cache
def _reportlab_style(style: Style) -> ParagraphStyle:
    return ParagraphStyle(
        "text",
        fontName=style.font,
        fontSize=style.size,
        leading=style.size * style.leading,
        textColor=style.color,
        leftIndent=style.indent,
        bulletFontName=BOLD,
        bulletFontSize=style.size,
        bulletColor=ACCENT,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )


def draw_line(canvas: Canvas, x: float, y: float, text: str, style: Style, room: float) -> None:
    """Draw `text` on one line from `x`, cut with an ellipsis where it is wider than `room`."""
    draw_clean_line(canvas, x, y, clean(text), style, room)


def draw_clean_line(canvas: Canvas, x: float, y: float, text: str, style: Style, room: float) -> None:
    """As `draw_line`, for text that went through `clean` already; its spaces stay as they are."""
    canvas.setFillColor(style.color)
    for font, piece in runs(cut(text, style, room), style.font):
        canvas.setFont(font, style.size)
        canvas.drawString(x, y, piece)
        x += width(piece, font, style.size)


def wrapped(text: str, style: Style, room: float) -> list[str]:
    """`text` on as many lines as it needs, broken between words; what fits keeps its spaces."""
    if width(text, style.font, style.size) <= room:
        return [text]
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, style.font, style.size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def draw_line_right(canvas: Canvas, x: float, y: float, text: str, style: Style, room: float) -> None:
    """Draw `text` on one line that ends at `x`."""
    shown = cut(clean(text), style, room)
    draw_line(canvas, x - width(shown, style.font, style.size), y, shown, style, room + 1)


def cut(text: str, style: Style, room: float) -> str:
    """As much of `text` as fits in `room`, with an ellipsis where it was cut."""
    if width(text[:500], style.font, style.size) <= room and len(text) <= 500:
        return text
    low, high = 0, min(len(text), 500)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width(f"{text[:middle].rstrip()}…", style.font, style.size) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return f"{text[:low].rstrip()}…"
