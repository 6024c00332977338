"""Everything the program says to its user passes here: five verbs, always plain text.

The main window shows what the signals carry. While a dialog is open its user cannot see the main window, so a
failure then appears in a message box of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from bren_desktop.errors import UserFacingError
from bren_desktop.gui.widgets.look import restyle

_log = logging.getLogger(__name__)


def sentence(error: UserFacingError) -> str:
    """What `error` says to the user, in the language of the window."""
    return QCoreApplication.translate("UserFacingError", error.template).format(**error.values)


class Messages(QObject):
    """The funnel to the user."""

    informed = Signal(str)
    undo_offered = Signal(str, object)
    outlived = Signal()
    warned = Signal(str)
    failed = Signal(str)

    def inform(self, text: str) -> None:
        """Say in the status bar that something was done."""
        self.informed.emit(text)

    def undoable(self, text: str, undo: Callable[[], None]) -> None:
        """Say in the status bar that something was done, with a button that takes it back."""
        self.undo_offered.emit(text, undo)

    def forget(self) -> None:
        """Take back what stands in the status bar: it was about something that is not on the page any more."""
        self.outlived.emit()

    def warn(self, text: str) -> None:
        """Say above the page what deserves attention; the work goes on."""
        self._say(text, self.warned)

    def fail(self, error: UserFacingError) -> None:
        """Say above the page what went wrong, what is safe and what to do now."""
        _log.warning("told: %s", type(error).__name__)
        self._say(sentence(error), self.failed)

    def confirm(self, question: str, verb: str) -> bool:
        """Ask before something that cannot be taken back. `verb` is what its button says, such as `Verwijderen`."""
        box = _box(QMessageBox.Icon.Question, question)
        deed = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(self.tr("Annuleren"), QMessageBox.ButtonRole.RejectRole)
        restyle(deed, "role", "primary")
        restyle(cancel, "role", "quiet")
        box.setDefaultButton(cancel)
        box.exec()
        return box.clickedButton() is deed

    def _say(self, text: str, bar: SignalInstance) -> None:
        if QApplication.activeModalWidget() is None:
            bar.emit(text)
            return
        box = _box(QMessageBox.Icon.Warning, text)
        box.addButton(self.tr("Sluiten"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()


def note(text: str) -> None:
    """Say something where there is no page to say it above; the window goes on behind it."""
    box = _box(QMessageBox.Icon.Information, text)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.addButton(QCoreApplication.translate("Messages", "Sluiten"), QMessageBox.ButtonRole.AcceptRole)
    box.open()


def _box(icon: QMessageBox.Icon, text: str) -> QMessageBox:
    parent: QWidget | None = QApplication.activeModalWidget() or QApplication.activeWindow()
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle(QCoreApplication.applicationName())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    return box
