"""Red waves below words of a long text that nobody knows, and a menu that mends them; the text is not touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QAction, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit

from bren_desktop.gui import spelling, theme
from bren_desktop.language.spelling import Word, judged_words, word_at

QUIET_MS = 400
"""Judged is what stands still: never a word that is being typed."""


class _Meant(QObject):
    """Looks for what was meant by a word, and puts it on top of its menu, which may be open by then."""

    def __init__(self, menu: QMenu, speller: spelling.Speller, word: str, chosen: Callable[[str], object]) -> None:
        super().__init__(menu)
        self._menu, self._chosen = menu, chosen
        self._waiting = QAction(self.tr("Verbeteringen zoeken…"), menu)
        self._waiting.setEnabled(False)
        menu.insertAction(menu.actions()[0], self._waiting)
        speller.suggest(word, self._show)

    def _show(self, texts: Sequence[str]) -> None:
        for text in texts:
            action = QAction(text, self._menu)
            action.triggered.connect(partial(self._chosen, text))
            self._menu.insertAction(self._waiting, action)
        if texts:
            self._menu.removeAction(self._waiting)
        else:
            self._waiting.setText(self.tr("Geen verbetering gevonden"))


class SpellingMarks(QObject):
    """Marks what is in view of one editor."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._later = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._later.timeout.connect(self.mark)
        speller = spelling.current()
        if speller is not None:
            edit.textChanged.connect(self._later.start)
            edit.updateRequest.connect(self._on_update)
            speller.changed.connect(self._later.start)

    def mark(self) -> None:
        """Judge the words in view."""
        shown = [] if self._edit.isReadOnly() else [self._wave(block, word) for block, word in self._wrong()]
        self._edit.setExtraSelections(shown)

    def marked(self) -> list[str]:
        """The words that bear a wave."""
        return [selection.cursor.selectedText() for selection in self._edit.extraSelections()]

    def menu(self, at: QPoint | None) -> QMenu:
        """The menu of the editor, for the word at `at`, or at the cursor: what was meant comes first."""
        menu = self._edit.createStandardContextMenu()
        for action in menu.actions():
            _, _, keys = action.text().partition("\t")
            if name := self._dutch().get(action.objectName()):
                action.setText(f"{name}\t{keys}")
        cursor = self._edit.textCursor() if at is None else self._edit.cursorForPosition(at)
        word, speller = word_at(cursor.block().text(), cursor.positionInBlock()), spelling.current()
        if word is not None and speller is not None and not self._edit.isReadOnly():
            self._add_verbs(menu, speller, cursor.block(), word)
        return menu

    def _dutch(self) -> dict[str, str]:
        """What Qt names in English, for it brings no translations."""
        return {
            "edit-undo": self.tr("Ongedaan maken"),
            "edit-redo": self.tr("Opnieuw"),
            "edit-cut": self.tr("Knippen"),
            "edit-copy": self.tr("Kopiëren"),
            "edit-paste": self.tr("Plakken"),
            "edit-delete": self.tr("Verwijderen"),
            "select-all": self.tr("Alles selecteren"),
        }

    def _add_verbs(self, menu: QMenu, speller: spelling.Speller, block: QTextBlock, word: Word) -> None:
        """What can be done about a word, on top of the menu; what was meant by it follows when it is known."""
        is_wrong, is_own = speller.is_wrong(word.text), speller.is_own(word.text)
        may_learn = speller.may_learn() and (is_wrong or is_own)
        if not (is_wrong or may_learn):
            return
        top = menu.insertSeparator(menu.actions()[0])
        if may_learn:
            add, take_out = self.tr("Toevoegen aan woordenlijst"), self.tr("Uit de woordenlijst halen")
            action = QAction(take_out if is_own else add, menu)
            action.triggered.connect(partial(speller.learn, word.text, known=not is_own))
            menu.insertAction(top, action)
        if is_wrong:
            _Meant(menu, speller, word.text, partial(self._replace, block, word))

    def _replace(self, block: QTextBlock, word: Word, text: str) -> None:
        self._selected(block, word).insertText(text)

    def _wrong(self) -> Iterator[tuple[QTextBlock, Word]]:
        speller = spelling.current()
        if speller is not None:
            for block in self._in_view():
                yield from ((block, word) for word in judged_words(block.text()) if speller.is_wrong(word.text))

    def _in_view(self) -> Iterator[QTextBlock]:
        view = self._edit.viewport().rect()
        block = self._edit.cursorForPosition(view.topLeft()).block()
        last = self._edit.cursorForPosition(view.bottomRight()).block().blockNumber()
        while block.isValid() and block.blockNumber() <= last:
            yield block
            block = block.next()

    def _wave(self, block: QTextBlock, word: Word) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(theme.current().colour("alarm"))
        selection.format = wave
        selection.cursor = self._selected(block, word)
        return selection

    def _selected(self, block: QTextBlock, word: Word) -> QTextCursor:
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + word.start)
        cursor.setPosition(block.position() + word.start + len(word.text), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _on_update(self, _: object, scrolled: int) -> None:
        if scrolled:
            self._later.start()
