"""What every page of the house has: margins, watermark, footer, and the text put where the layout says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bren_desktop.documents.fonts import BOLD, REGULAR, register
from bren_desktop.documents.layout import Placed
from bren_desktop.documents.text import QUIET, Style, draw_line, draw_line_right

WIDTH, HEIGHT = A4
LEFT, RIGHT = 25 * mm, 20 * mm
TEXT_RIGHT = WIDTH - RIGHT
BOTTOM = 25 * mm
MARGIN_COLUMN = 33 * mm
GUTTER = 4 * mm
TEXT_WIDTH = TEXT_RIGHT - LEFT - MARGIN_COLUMN - GUTTER
_FOOTER = 19.5 * mm
_FAINT = HexColor(0xE9ECEE)
_RULE = HexColor(0xC3CBD1)
_SMALL = Style(7.5, color=QUIET)


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands around the text: `footer` lines under it, and whether it is a concept."""

    title: str
    author: str
    subject: str
    footer: tuple[str, ...]
    concept: bool = False


def new_canvas(target: BytesIO, paper: Paper) -> Canvas:
    """An empty PDF in Dutch with its title, author and subject."""
    register()
    rl_config.useA85 = 0
    canvas = Canvas(target, pagesize=A4, lang="nl-NL", initialFontName=REGULAR, pageCompression=1)  # type: ignore[arg-type]
    canvas.setTitle(paper.title)
    canvas.setAuthor(paper.author)
    canvas.setSubject(paper.subject)
    canvas.setCreator("BREN Desktop")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def draw_page(canvas: Canvas, placed: Sequence[Placed], top: float, number: int) -> None:
    """Draw the texts of one page, `top` being the distance of the first from the top edge."""
    for index, item in enumerate(placed):
        y = HEIGHT - top - item.top - item.height
        if item.in_margin:
            key = f"p{number}-{index}"
            canvas.bookmarkHorizontal(key, 0, HEIGHT - top - item.top + 4)
            canvas.addOutlineEntry(item.outline, key, level=0)
        item.paragraph.drawOn(canvas, LEFT if item.in_margin else LEFT + MARGIN_COLUMN + GUTTER, y)


def draw_watermark(canvas: Canvas) -> None:
    """The word CONCEPT across the page, under the text."""
    canvas.saveState()
    canvas.setFillColor(_FAINT)
    canvas.setFont(BOLD, 118)
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, -40, "CONCEPT")
    canvas.restoreState()


def draw_footer(canvas: Canvas, paper: Paper, number: int, count: int) -> None:
    """The rule, the lines of the footer and the page number."""
    canvas.setStrokeColor(_RULE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, _FOOTER, TEXT_RIGHT, _FOOTER)
    room = TEXT_RIGHT - LEFT - 28 * mm
    for index, line in enumerate(paper.footer):
        draw_line(canvas, LEFT, _FOOTER - 4 * mm - index * 9.5, line, _SMALL, room)
    draw_line_right(canvas, TEXT_RIGHT, _FOOTER - 4 * mm, f"pagina {number} van {count}", _SMALL, 28 * mm)
