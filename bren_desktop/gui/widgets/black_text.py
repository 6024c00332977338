"""A chapter of a file to read through, with what will be black in its copy; chosen by keyboard or mouse.

What is black stays readable here, struck out in white on black in every theme, for who decides about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from bren_desktop.domain.blackening import Passage, is_stale
from bren_desktop.domain.requests import MaskRow
from bren_desktop.gui import theme
from bren_desktop.services.gathering import Chapter

Span = tuple[int, int]
"""From and up to a position in the text as Qt counts it: in units of UTF-16."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a passage, from `start` up to `end`."""

    passage: Passage
    start: int
    end: int

    def touches(self, mask: MaskRow) -> bool:
        """Whether any of it is black by this mask."""
        is_here = mask.plek == self.passage.place
        return is_here and (mask.van or 0) < self.end and self.start < (mask.tot or 0)


class BlackText(QPlainTextEdit):
    """Shows one chapter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        by_keyboard = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(by_keyboard | Qt.TextInteractionFlag.TextSelectableByMouse)
        self._places: dict[str, tuple[Span, Passage]] = {}
        self._titles: list[Span] = []
        self._masks: Sequence[MaskRow] = ()
        look = theme.look()
        if look is not None:
            look.changed.connect(self._paint)

    def show_chapter(self, chapter: Chapter, masks: Sequence[MaskRow]) -> None:
        """Show its records under each other, every field after its label."""
        self._places, self._titles = {}, []
        parts: list[str] = []
        at = 0
        for text, passage in _parts(chapter):
            span = at, at + _units(text)
            if passage is not None:
                self._places[passage.place] = span, passage
            elif text.strip():
                self._titles.append(span)
            parts.append(text)
            at = span[1]
        self.setPlainText("".join(parts))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.show_masks(masks)

    def show_masks(self, masks: Sequence[MaskRow]) -> None:
        """Show what is black now."""
        self._masks = [mask for mask in masks if mask.plek in self._places]
        self._paint()

    def pieces(self) -> list[Piece]:
        """What is selected of each passage, or else the word at the cursor."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        found = []
        for (start, end), passage in self._places.values():
            first, last = max(start, cursor.selectionStart()), min(end, cursor.selectionEnd())
            if first < last:
                text = passage.text
                found.append(Piece(passage, _characters(text, first - start), _characters(text, last - start)))
        return found

    def go_to_next(self) -> bool:
        """Select the next black place after the cursor; whether there is one."""
        at = self.textCursor().selectionEnd()
        found = next((span for span in sorted(map(self._span, self._masks)) if span[0] >= at), None)
        if found is not None:
            self.setTextCursor(self._cursor(found))
            self.centerCursor()
        return found is not None

    def _span(self, mask: MaskRow) -> Span:
        """Where a mask stands; over all of a passage that changed since."""
        (start, end), passage = self._places[mask.plek]
        if is_stale(passage, mask):
            return start, end
        return start + _units(passage.text[: mask.van]), start + _units(passage.text[: mask.tot])

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = self.textCursor()
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _paint(self) -> None:
        black, title = QTextCharFormat(), QTextCharFormat()
        black.setBackground(Qt.GlobalColor.black)
        black.setForeground(Qt.GlobalColor.white)
        black.setFontStrikeOut(True)
        title.setForeground(theme.current().colour("muted"))
        title.setFontWeight(QFont.Weight.DemiBold)
        shown = [(span, title) for span in self._titles] + [(self._span(mask), black) for mask in self._masks]
        self.setExtraSelections([self._selection(span, looks) for span, looks in shown])

    def _selection(self, span: Span, looks: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = self._cursor(span), looks
        return selection


def _parts(chapter: Chapter) -> list[tuple[str, Passage | None]]:
    """The text of a chapter in parts, each with the passage whose text it is, if it is one."""
    found: list[tuple[str, Passage | None]] = []
    for entry in chapter.entries:
        if entry.title and len(chapter.entries) > 1:
            found.append((f"{entry.title}\n", None))
        for passage in entry.passages:
            found += [(f"{passage.label}: ", None), (passage.text, passage), ("\n", None)]
        found.append(("\n", None))
    return found


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _characters(text: str, units: int) -> int:
    """How many characters the first `units` of a text are."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))
