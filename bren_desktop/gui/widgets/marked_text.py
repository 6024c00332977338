"""Read-only text with its differences marked: a line under what came, a line through what went, never colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.merging import Mark, Span
from bren_desktop.gui import theme
from bren_desktop.gui.widgets.texts import LongText

_LINES = {
    Mark.OURS: QTextCharFormat.UnderlineStyle.SingleUnderline,
    Mark.THEIRS: QTextCharFormat.UnderlineStyle.WaveUnderline,
    Mark.BOTH: QTextCharFormat.UnderlineStyle.SingleUnderline,
}


class MarkedText(LongText):
    """Shows a text, or the pieces of a proposal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[Span, ...] = ()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.set_fewest_lines(1)
        look = theme.look()
        if look is not None:
            look.changed.connect(self._paint_spans)

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Show what was added and what was removed."""
        self._spans = tuple(spans)
        self._paint_spans()

    def _paint_spans(self) -> None:
        self.clear()
        cursor = self.textCursor()
        for span in self._spans:
            cursor.insertText(span.text, _looks(span))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)


def _looks(span: Span) -> QTextCharFormat:
    looks, colours = QTextCharFormat(), theme.current()
    looks.setForeground(colours.colour("text"))
    if span.removed:
        looks.setFontStrikeOut(True)
        looks.setForeground(colours.colour("muted"))
    elif span.mark is not Mark.KEPT:
        tone = "info" if span.mark is Mark.THEIRS else "good"
        looks.setUnderlineStyle(_LINES[span.mark])
        looks.setFontWeight(QFont.Weight.DemiBold)
        looks.setForeground(colours.colour(tone))
        looks.setBackground(colours.colour(f"{tone}_soft"))
    return looks
