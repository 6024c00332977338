"""Starts the window. The unlock screen needs Qt and little else; everything heavy is imported behind it.

Alembic, reportlab and openpyxl are never imported at start (decision 26).
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLockFile, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from bren_desktop import __version__
from bren_desktop.gui import theme
from bren_desktop.gui.collecting import Collector
from bren_desktop.gui.door import Founding
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.theme import Look
from bren_desktop.storage.founding import REPORTED_LOST, is_present

if TYPE_CHECKING:
    from bren_desktop.domain.keyring_state import Created
    from bren_desktop.services.workspace import Workspace

NAME = "BREN Desktop"
IN_USE = 3
"""What the program ends with when the profile is open in another window."""
BEHIND_THE_DIALOG = (
    *("argon2.low_level", "nacl.bindings", "bren_desktop.wiring"),
    *("bren_desktop.gui.session", "bren_desktop.gui.guard", "bren_desktop.gui.pages.cases"),
    "bren_desktop.gui.pages.worklist",
)
"""What is imported while the user types the passphrase, in the order in which it is needed."""


class LateProfile:
    """The profile folder as the window's door; the composition root is imported when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def exists(self) -> bool:
        return is_present(self.folder) and not (self.folder / REPORTED_LOST).exists()

    def found(self, founding: Founding) -> tuple[Workspace, Created]:
        from bren_desktop import wiring
        from bren_desktop.domain.actors import Role

        founder = wiring.Founder(founding.name, Role(founding.role), founding.team)
        return wiring.Profile(self.folder).found(founding.passphrase, founder)

    def unlock(self, passphrase: str) -> Workspace:
        from bren_desktop import wiring

        return wiring.Profile(self.folder).unlock(passphrase)

    def unlock_with_recovery(self, code: str) -> Workspace:
        from bren_desktop import wiring

        return wiring.Profile(self.folder).unlock_with_recovery(code)

    def restore(self, backup: Path) -> None:
        from bren_desktop import wiring

        wiring.Profile(self.folder).restore(backup, replacing=True)


class Program(QObject):
    """The running program: application, look, window and its guard."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        super().__init__(app)
        self.app = app
        self._collector = Collector(self)
        self.preferences = Preferences()
        self.look = Look(app, self.preferences.theme, self.preferences.size)
        self.window = MainWindow(LateProfile(folder), self.preferences)
        self.window.opened.connect(self._on_opened, Qt.ConnectionType.SingleShotConnection)
        self._imports: threading.Thread | None = None

    def start(self) -> None:
        """Show the window; import the rest once it is painted."""
        self.window.show_door()
        self.window.show()
        QTimer.singleShot(0, self._import_behind)

    def until_closed(self) -> int:
        """Run until the window is closed, by its user or by a signal; the exit code."""
        from bren_desktop.gui import ending

        with ending.on_signals(self.window.close):
            code = self.app.exec()
        self.finish()
        return code

    def finish(self) -> None:
        """Leave nothing behind; wait for the imports, so that the interpreter does not end below them."""
        from bren_desktop.gui import clipboard

        clipboard.forget_all()
        self._collector.stop()
        if self._imports is not None:
            self._imports.join()

    def _on_opened(self) -> None:
        from bren_desktop.gui.guard import Guard

        guard = Guard(self.app, self.window)
        guard.idle.start()

    def _import_behind(self) -> None:
        from bren_desktop.gui import icons

        theme.load_other_fonts()
        self.app.setWindowIcon(icons.icon("app", "accent"))
        self._imports = threading.Thread(target=_import_rest, name="imports", daemon=True)
        self._imports.start()


def run(folder: Path) -> int:
    """Open the window on a profile folder until its user closes it; the exit code."""
    app = make_app()
    with only_window(folder) as alone:
        if not alone:
            _say_in_use()
            return IN_USE
        program = Program(app, folder)
        _install_crash_funnel(program)
        program.start()
        return program.until_closed()


def make_app() -> QApplication:
    """The one QApplication, named."""
    QCoreApplication.setApplicationName(NAME)
    QCoreApplication.setOrganizationName(NAME)
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("bren-desktop")
    running = QApplication.instance()
    if running is None:
        QApplication.setStyle(theme.STYLE)
    return running if isinstance(running, QApplication) else QApplication(sys.argv[:1])


def default_folder() -> Path:
    """Where a profile lies when nobody says otherwise: on this computer, never in a roaming folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / NAME
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "bren-desktop"


@contextlib.contextmanager
def only_window(folder: Path) -> Iterator[bool]:
    """Whether this is the only window on the profile; it is claimed until the block ends."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    claim = QLockFile(str(folder / "window.lock"))
    claim.setStaleLockTime(0)
    alone = claim.tryLock(0) or claim.error() != QLockFile.LockError.LockFailedError
    try:
        yield alone
    finally:
        claim.unlock()


def _say_in_use() -> None:
    text = QCoreApplication.translate(
        "Program",
        "Dit profiel is al geopend in een ander venster. Er is niets veranderd. "
        "Ga naar dat venster, of sluit het en probeer het opnieuw.",
    )
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Information)
    box.setWindowTitle(NAME)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.addButton(QCoreApplication.translate("Program", "Sluiten"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def _install_crash_funnel(program: Program) -> None:
    from bren_desktop.gui import crash
    from bren_desktop.gui.dialogs.crashed import CrashTeller

    crash.install(CrashTeller(program.window).tell)


def _import_rest() -> None:
    """What unlocking and the first page need; a failure shows again when it is really asked for."""
    with contextlib.suppress(ImportError):
        for name in BEHIND_THE_DIALOG:
            importlib.import_module(name)
        from bren_desktop.domain.vocabulary import vocabulary

        vocabulary("casusstatus")
