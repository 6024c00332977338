"""Somebody types in the search box of an open window: first with the share away, then while it brings cases.

Arguments: the profile, the share, which lies aside under its name with `.away`, and how many seconds to type before it
comes back; a third of that the window gets to settle. Answers with wall and processor time
of each key, until the window is ready for the next one.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from bren_desktop import app
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.session import Session
from bren_desktop.gui.theme import Look
from bren_desktop.wiring import Profile
from tests.benchmarks.children import PASSPHRASE

EVERY_MS = 60
LETTERS = itertools.cycle("noor slaapt ")
Moments = list[tuple[float, float]]


class Typist:
    """Types a letter every so often, as long as the event loop turns."""

    def __init__(self, session: Session) -> None:
        self._box = session.workbench.search.edit
        self.spent: Moments = []
        self._timer = QTimer(interval=EVERY_MS)
        self._timer.timeout.connect(self._type)

    def during(self, loop: QEventLoop) -> Moments:
        """The slots while `loop` runs: one at once, however short that is."""
        self.spent = []
        QTimer.singleShot(0, self._type)
        self._timer.start()
        loop.exec()
        self._timer.stop()
        return self.spent

    def _type(self) -> None:
        if len(self._box.text()) > len("noor slaapt"):
            self._box.clear()
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, next(LETTERS))
        wall, processor = time.perf_counter(), time.thread_time()
        QApplication.sendEvent(self._box, key)
        self.spent.append((time.perf_counter() - wall, time.thread_time() - processor))


def _loop(milliseconds: int) -> QEventLoop:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    return loop


def _synced(session: Session) -> QEventLoop:
    """Runs until a sync that starts now has ended."""
    loop = QEventLoop()
    session.syncing.finished.connect(loop.quit)
    QTimer.singleShot(0, loop, session.syncing.run)
    return loop


def main(profile: str, share: str, seconds: str) -> None:
    application = app.make_app()
    Look(application)
    window = MainWindow(app.LateProfile(Path(profile)), Preferences())
    window.resize(1366, 768)
    window.show()
    window.open_session(Profile(Path(profile)).unlock(PASSPHRASE))
    if window.session is None:
        raise SystemExit("the window did not open")
    _loop(int(seconds) * 1000 // 3).exec()
    typist = Typist(window.session)
    idle = typist.during(_loop(int(seconds) * 1000))
    Path(f"{share}.away").rename(share)
    busy = typist.during(_synced(window.session))
    window.session.workbench.search.close()
    closed = QEventLoop()
    window.locked.connect(closed.quit)
    window.lock()
    closed.exec()
    window.close()
    print(json.dumps({"idle": idle, "busy": busy}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
