"""Where scenes are played: the whole program on a fictional profile, at one size and in one theme."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from bren_desktop import app
from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Role
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.workbench import Workbench
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Founder, Profile

CHEAP = Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1)
_SETTLES_MS = 30


class Stage:
    """What a scene gets. `window` is the main window, unlocked; `settle` lets all work and layout finish."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self._folder = folder
        self._passphrase = secrets.token_urlsafe(16)
        self._profile = _profile(folder / "profile")
        workspace = self._profile.found(self._passphrase, Founder("Vera Voorbeeld", Role.VOORZITTER, "JZ24"))[0]
        _fill(workspace)
        self.program = app.Program(application, folder / "profile")
        self.window: MainWindow = self.program.window
        self.window.show()
        self.window.open_session(workspace)

    @property
    def bench(self) -> Workbench:
        """The workbench of the open session."""
        if self.window.session is None:
            raise LookupError("the window is locked")
        return self.window.session.workbench

    @property
    def desk(self) -> Desk:
        return self.bench.desk

    @property
    def workspace(self) -> Workspace:
        return self.desk.workspace

    def dress(self, theme: str, size: QSize) -> None:
        """Take a theme and a size."""
        self.program.look.choose(theme, "normaal")
        self.window.resize(size)
        self.settle()

    def unlock(self) -> None:
        """Open the window again after a scene that locked it."""
        if self.window.session is None:
            self.window.open_session(self._profile.unlock(self._passphrase))
            self.settle()

    def spare_folder(self, name: str) -> Path:
        """An empty folder for a scene."""
        folder = self._folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def settle(self) -> None:
        """Let the background finish and the layout come to rest."""
        for _ in range(3):
            if self.window.session is not None:
                self.desk.tasks.drain()
            loop = QEventLoop()
            QTimer.singleShot(_SETTLES_MS, loop.quit)
            loop.exec()

    def picture(self, widget: QWidget | None = None) -> QPixmap:
        """What is to be seen; without a widget the whole window with the dialog before it."""
        self.settle()
        if widget is not None:
            return widget.grab()
        dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        shown = self.window.grab()
        if dialog is not None and dialog is not self.window:
            _overlay(shown, dialog)
        return shown

    def close(self) -> None:
        self.window.close()
        self.program.finish()


def _overlay(shown: QPixmap, dialog: QWidget) -> None:
    painter = QPainter(shown)
    left = max(0, (shown.width() - dialog.width()) // 2)
    top = max(0, (shown.height() - dialog.height()) // 2)
    painter.drawPixmap(left, top, dialog.grab())
    painter.end()


def _profile(folder: Path) -> Profile:
    return Profile(folder, KeyVault(folder, work=CHEAP))


def _fill(workspace: Workspace) -> None:
    from bren_desktop.fiction.filling import fill

    fill(workspace, cases=120, experts=80, seed=7)
