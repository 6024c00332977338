"""One unlocked session in the window: made after unlocking, left and closed by a lock or at quitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bren_desktop.gui import spelling
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.navigator import Navigator
from bren_desktop.gui.place import Place
from bren_desktop.gui.reading_ahead import ReadingAhead
from bren_desktop.gui.spelling import Speller
from bren_desktop.gui.syncing import Syncing
from bren_desktop.gui.tasks import Tasks
from bren_desktop.gui.workbench import Workbench

if TYPE_CHECKING:
    from bren_desktop.services.workspace import Workspace


class Session:
    """The workspace with its desk and workbench."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        messages = Messages(window)
        self.desk = Desk(workspace, Tasks(messages, window), messages, Navigator(window))
        self._speller = Speller(self.desk, window)
        spelling.use(self._speller)
        self.workbench = Workbench(self.desk, window)
        self._window = window
        self._ahead = ReadingAhead(self.desk, self.desk.navigator)
        self.syncing = Syncing(self.desk, window)
        self.workbench.show_syncing(self.syncing)

    def start(self, where: Place) -> None:
        """Show the user where they were, read ahead behind it, and begin to sync."""
        self.workbench.go_back(where)
        self._ahead.painted.connect(self._speller.start)
        self._ahead.start()
        self.desk.tasks.idle.connect(self.syncing.start, Qt.ConnectionType.SingleShotConnection)

    def renew(self) -> Workbench:
        """Another workbench in place of the one there was: the user has another role, and so other pages."""
        where = self.workbench.here()
        _leave_dialogs()
        self.workbench.keep_drafts()
        self.workbench = Workbench(self.desk, self._window)
        self.workbench.show_syncing(self.syncing)
        self.workbench.go_back(where)
        return self.workbench

    def leave(self) -> Place:
        """Keep drafts and finish writing. Gives where the user was."""
        where = self.workbench.here()
        self._ahead.stop()
        _leave_dialogs()
        if not self.syncing.is_dropped:
            self.workbench.keep_drafts()
        self.desk.tasks.close()
        return where

    def close(self) -> None:
        """Leave the share and close the store."""
        self.syncing.close()
        spelling.use(None)
        self.desk.workspace.lock()
        for part in (self.syncing, self._speller, self.desk.tasks, self.desk.navigator, self.desk.messages):
            part.deleteLater()


def _leave_dialogs() -> None:
    """Let every open dialog keep what was typed, then close it without doing what it was for."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    for window in reversed(QApplication.topLevelWidgets()):
        if isinstance(window, QDialog) and window.isVisible():
            keep = getattr(window, "keep_draft", None)
            if callable(keep):
                keep()
            window.done(QDialog.DialogCode.Rejected)
