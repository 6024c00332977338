"""Somebody who only types, and reads what the window says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QListWidget,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.workspace import Workspace

MOST_TABS = 80
W = TypeVar("W", bound=QWidget)


class Typist:
    """Types into whatever has the focus, and counts every key that is not free text."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.counted = 0

    @property
    def bench(self) -> Workbench:
        assert self.window.session is not None
        return self.window.session.workbench

    @property
    def workspace(self) -> Workspace:
        return self.bench.desk.workspace

    def begin(self) -> Typist:
        """Sit down once everything is there."""
        self.wait()
        return self

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, or one with Ctrl held."""
        self.counted += 1
        QTest.keyClick(self._target(), key, modifiers)

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def alt(self, key: Qt.Key) -> None:
        """The letter of a button, which shows for a moment that it goes down."""
        self.press(key, Qt.KeyboardModifier.AltModifier)
        while any(button.isDown() for button in self._front().findChildren(QAbstractButton)):
            QTest.qWait(10)
        self.wait()

    def tab(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Qt.Key.Key_Tab)

    def pick(self, letters: str) -> None:
        """A few letters of a choice, and Tab, which takes it and goes on."""
        self.letters(letters)
        self.tab()

    def add(self, letters: str) -> None:
        """A few letters of a tag, and Enter, which takes it and stays."""
        self.letters(letters)
        self.press(Qt.Key.Key_Return)

    def letters(self, text: str) -> None:
        for letter in text:
            self.counted += 1
            QTest.keyClicks(self._target(), letter)
        self.wait()

    def free(self, text: str) -> None:
        """Free text: names and sentences, which are not counted."""
        QTest.keyClicks(self._target(), text)

    def wait(self) -> None:
        """Until all background work is done, also on the share."""
        assert self.window.session is not None
        share = self.window.session.syncing.thread_of_share
        self.bench.desk.tasks.drain()
        while share.is_busy:
            QTest.qWait(5)
            self.bench.desk.tasks.drain()

    @property
    def here(self) -> str:
        """What a screen reader calls the place that has the keyboard."""
        return QAccessible.queryAccessibleInterface(self._target()).text(QAccessible.Text.Name)

    def to(self, name: str) -> None:
        """Tab on to the place with this name."""
        passed = [self.here]
        while self.here != name:
            self.tab()
            passed.append(self.here)
            assert len(passed) < MOST_TABS, f"{name!r} is not among {passed}"

    @property
    def bar(self) -> str:
        """What the status bar says."""
        return self.bench.ui.message.text()

    def steps(self) -> dict[str, str]:
        """What F4 offers: each step with what stands beneath it."""
        self.press(Qt.Key.Key_F4)
        self.wait()
        shown = self._target()
        assert isinstance(shown, QListWidget)
        lines = (shown.item(row).text().partition("\n") for row in range(shown.count()))
        return {verb: beneath for verb, _, beneath in lines}

    def step(self, verb: str) -> None:
        """Choose a step of those that F4 offers."""
        for _ in range(list(self.steps()).index(verb)):
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)
        self.wait()

    def save(self) -> None:
        """Ctrl+S, and until it is stored."""
        self.ctrl(Qt.Key.Key_S)
        self.wait()

    def record(self) -> None:
        """Ctrl+Enter in a window, and until it is stored."""
        self.ctrl(Qt.Key.Key_Return)
        self.wait()

    def write(self, name: str, text: str) -> None:
        """Tab on to a field and write in it."""
        self.to(name)
        self.free(text)

    def push(self, name: str) -> None:
        """Tab on to a button, and Space."""
        self.to(name)
        self.press(Qt.Key.Key_Space)
        self.wait()

    @contextmanager
    def asked(self, verb: str) -> Iterator[list[str]]:
        """A question comes up within; it is read, and answered with the button that bears this verb."""
        questions: list[str] = []

        def answer(box: QMessageBox) -> None:
            questions.append(box.text())
            self.to(verb)
            self.press(Qt.Key.Key_Return)

        with self._meeting(QMessageBox, QApplication.activeModalWidget, answer):
            yield questions
        assert questions

    def more(self, letter: Qt.Key) -> None:
        """A line of the menu Meer."""
        with self._meeting(QMenu, QApplication.activePopupWidget, lambda _: self.press(letter)):
            self.alt(Qt.Key.Key_E)
        self.wait()

    @contextmanager
    def _meeting(self, kind: type[W], look: Callable[[], QWidget | None], then: Callable[[W], None]) -> Iterator[None]:
        """Does `then` with what comes up within and waits for its user."""
        looking = QTimer(interval=5)

        def meet() -> None:
            shown = look()
            if isinstance(shown, kind):
                looking.stop()
                then(shown)

        looking.timeout.connect(meet)
        looking.start()
        yield
        looking.stop()

    def read_to(self, words: str) -> None:
        """Go down a text to the line that begins with these words, and select it."""
        text = self._target()
        assert isinstance(text, QPlainTextEdit)
        for _ in range(text.blockCount()):
            if text.textCursor().block().text().startswith(words):
                break
            self.press(Qt.Key.Key_Down)
        assert text.textCursor().block().text().startswith(words)
        self.press(Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)

    def row(self, *cells: str | None) -> None:
        """Write in cell after cell of a row; None leaves one as it is."""
        for number, cell in enumerate(cells):
            if number:
                self.tab()
            if cell is not None:
                self.free(cell)

    def choose(self, name: str, *letters: str) -> None:
        """Tab on to a field, and take of its list what a few letters leave."""
        self.to(name)
        for each in letters:
            self.add(each)

    def _target(self) -> QWidget:
        """What has the keyboard."""
        self._settle()
        popup: QWidget | None = QApplication.activePopupWidget()
        if popup is None:
            return QApplication.focusWidget() or self._front()
        inside: QWidget | None = popup.focusWidget()
        return inside or popup

    def _front(self) -> QWidget:
        return QApplication.activeModalWidget() or self.window

    def _settle(self) -> None:
        """A list or window that went gives the keyboard back, which the platform of the tests leaves to us."""
        QTest.qWait(0)
        if QApplication.activePopupWidget() is None and QApplication.activeWindow() is not self._front():
            self._front().activateWindow()
            QTest.qWait(0)
