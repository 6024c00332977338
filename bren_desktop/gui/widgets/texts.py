"""Lines and running text: Tab goes on, a paste that is too long is refused in a sentence, never cut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.domain.typed_days import shown, understood
from bren_desktop.domain.values import LONGEST_TEXT
from bren_desktop.gui.widgets.spelling_marks import SpellingMarks

FEWEST_LINES, MOST_LINES = 2, 14
ROOM_AROUND, ROOM_IN_ROW = 22, 12
NEVER_CUT = 10_000_000
"""Qt cuts a paste into a line at 32,767 characters without a word; what is too long is refused by its field instead."""


class LineEdit(QLineEdit):
    """One line of text. Without anything to undo of its own, it leaves Ctrl+Z to the page."""

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(NEVER_CUT)
        self.textEdited.connect(lambda _: self.edited.emit())

    def raw(self) -> str:
        """The text as it stands."""
        return self.text()

    def set_raw(self, value: object) -> None:
        """Show `value`."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        return _leaves_undo(self, event) or super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class DayEdit(LineEdit):
    """A date, typed as people do. `raw` is ISO once it is understood, else the text itself.

    A `brief` one names only the plain form: for a narrow place, and for a day that lies long ago.
    """

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None, *, brief: bool = False) -> None:
        super().__init__(parent)
        self._today = today
        self.setPlaceholderText(self.tr("dd-mm-jjjj") if brief else self.tr("dd-mm-jjjj, morgen, +14d"))
        self.setProperty("short", True)
        self.left.connect(self._on_left)

    def raw(self) -> str:
        """The ISO date, or what was typed."""
        return understood(self.text(), self._today())

    def set_raw(self, value: object) -> None:
        """Show an ISO date as `22-11-2026`."""
        super().set_raw(shown(str(value or "")))

    def _on_left(self) -> None:
        as_read = shown(self.raw())
        if as_read != self.text():
            self.setText(as_read)


class LongText(QPlainTextEdit):
    """Running text that grows with what is typed. `refused` says why a paste was not taken."""

    edited = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines, self._room = FEWEST_LINES, ROOM_AROUND
        self._filling = False
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()
        self.marks = SpellingMarks(self)

    def raw(self) -> str:
        """The text as it stands."""
        return self.toPlainText()

    def set_raw(self, value: object) -> None:
        """Show `value`."""
        self._filling = True
        self.setPlainText("" if value is None else str(value))
        self._filling = False

    def set_in_row(self) -> None:
        """Stand beside lines in a row: as high as they are, until more is typed."""
        self.document().setDocumentMargin(0)
        self._room = ROOM_IN_ROW
        self.set_fewest_lines(1)

    def set_fewest_lines(self, lines: int) -> None:
        """Be at least this high."""
        self._lines = lines
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take a paste as plain text, if it fits."""
        text = source.text()
        room = LONGEST_TEXT - self.document().characterCount() + 1 + len(self.textCursor().selectedText())
        if len(text) > room:
            self.refused.emit(
                self.tr(
                    "Deze tekst is te lang: een veld houdt ten hoogste {most} tekens. Er is niets geplakt. "
                    "Bewaar de tekst als bestand en vat hem hier samen."
                ).format(most=counted(LONGEST_TEXT))
            )
            return
        self.insertPlainText(text)

    def event(self, event: QEvent) -> bool:
        return _leaves_undo(self, event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the word under the mouse, or at the cursor for who asks with the keyboard."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        menu = self.marks.menu(event.pos() if by_mouse else None)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos() if by_mouse else self.mapToGlobal(self.cursorRect().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _on_text_changed(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _fit(self) -> None:
        needed = max(round(self.document().size().height()), self._lines)
        lines = min(needed, MOST_LINES)
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + self._room)


def _leaves_undo(edit: QLineEdit | QPlainTextEdit, event: QEvent) -> bool:
    """Whether Ctrl+Z is for the page: there is nothing to undo in the text itself."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if not event.matches(QKeySequence.StandardKey.Undo):
        return False
    available = edit.isUndoAvailable() if isinstance(edit, QLineEdit) else edit.document().isUndoAvailable()
    if not available:
        event.ignore()
    return not available
