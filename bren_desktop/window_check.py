"""Opens the window on a fictional profile, paints it once and ends: shows that a frozen program can."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from PySide6.QtCore import QTimer

from bren_desktop import app, wiring
from bren_desktop.cli.secrets import first_line
from bren_desktop.domain.actors import Role
from bren_desktop.services.workspace import Workspace

_PATIENCE_MS = 60_000
_FOLDER = "window-check"


def check_window(folder: Path | None) -> int:
    """0 once the werkvoorraad was painted; 1 when that took too long."""
    running = app.make_app()
    program = app.Program(running, folder or _own_folder())
    workspace = _workspace(folder)
    program.window.open_session(workspace)
    program.window.show()
    painted: list[bool] = []

    def shoot() -> None:
        session = program.window.session
        if session is not None:
            session.desk.tasks.drain()
            painted.append(not program.window.grab().isNull())
        program.window.close()
        running.quit()

    QTimer.singleShot(0, shoot)
    QTimer.singleShot(_PATIENCE_MS, running.quit)
    running.exec()
    if folder is None:
        shutil.rmtree(_own_folder(), ignore_errors=True)
    return 0 if painted and all(painted) else 1


def _own_folder() -> Path:
    return app.default_folder().parent / f"{app.default_folder().name}-{_FOLDER}"


def _workspace(folder: Path | None) -> Workspace:
    """The given profile with the passphrase of BREN_PASSPHRASE_FILE, or an empty one of our own."""
    if folder is not None:
        return wiring.Profile(folder).unlock(first_line(Path(os.environ["BREN_PASSPHRASE_FILE"])))
    shutil.rmtree(_own_folder(), ignore_errors=True)
    founder = wiring.Founder("Proef", Role.VOORZITTER, "JZ24")
    return wiring.Profile(_own_folder()).found(secrets.token_urlsafe(24), founder)[0]
