"""The embedded fonts, and which of them can draw a character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from bren_desktop import bundled

REGULAR = "SourceSans3-Regular"
BOLD = "SourceSans3-SemiBold"
FALLBACKS = ("DejaVuSans", "NotoEmoji-Regular")
_BEYOND = re.compile(r"<([0-9A-F]{5,6})>")
MISSING = "□"
"""Drawn for a character that no bundled font holds, so that the reader sees that something stood there."""


class _Widths(dict[str, float]):
    """The width of each character in thousandths of the size, looked up in the font once."""

    def __init__(self, face: TTFontFace) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        width = float(self._face.getCharWidth(ord(char)))  # type: ignore[no-untyped-call]
        self[char] = width
        return width


class _Font(TTFont):
    """A font whose text can be copied out of the PDF whole.

    reportlab writes a character beyond U+FFFF as five digits, which no reader understands; the format asks for UTF-16.
    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self._widths = _Widths(self.face)

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: ARG002, N802 (reportlab's names)
        """The width of `text`. reportlab asks it for every word, so that its speed is the speed of a letter."""
        return size * sum(map(self._widths.__getitem__, text)) / 1000

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 (as above)
        super().addObjects(doc)
        for item in doc.idToObject.values():
            if isinstance(item, PDFStream) and isinstance(item.content, str):
                item.content = _BEYOND.sub(_as_utf16, item.content)


def _as_utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


@cache
def _glyphs(name: str) -> frozenset[str]:
    """The characters that a font can draw; registers the font the first time."""
    font = _Font(name, str(bundled.folder("resources") / "fonts" / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return frozenset(map(chr, font.face.charToGlyph))


def register() -> None:
    """Make the two house fonts known to reportlab; once per process."""
    _glyphs(REGULAR)
    _glyphs(BOLD)


def runs(text: str, font: str) -> Iterator[tuple[str, str]]:
    """`text` in pieces that one font can draw, as (font, piece). Nothing is dropped."""
    if _glyphs(font).issuperset(text):
        yield font, text
        return
    for chosen, group in groupby(text, key=lambda char: _font_for(char, font)):
        piece = "".join(group)
        yield (chosen, piece) if chosen else (font, MISSING * len(piece))


def _font_for(char: str, font: str) -> str:
    return next((name for name in (font, *FALLBACKS) if char in _glyphs(name)), "")


def width(text: str, font: str, size: float) -> float:
    """How wide `text` is in points."""
    return sum(pdfmetrics.stringWidth(piece, name, size) for name, piece in runs(text, font))
