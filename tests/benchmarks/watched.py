"""The program as its user starts it, with a stopwatch beside it: paints, Enter, the list of cases, and what comes next.

Only moments are noted; everything that is timed is the program's own code, entered by `python -m bren_desktop`'s main.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from bren_desktop import __main__ as entry
from bren_desktop.gui.features import skip_search
from tests.benchmarks.children import PASSPHRASE, peak_memory

if TYPE_CHECKING:
    from bren_desktop.gui.main_window import MainWindow

HEAVY = ("alembic", "openpyxl", "reportlab")
CASES = "casussen"
Stamps = dict[str, Any]


class Paints(QObject):
    """Calls `done` once, after the first paint of a widget for which `ready` holds."""

    def __init__(self, widget: QWidget, done: Callable[[], None], ready: Callable[[], bool] = lambda: True) -> None:
        super().__init__(widget)
        self._done, self._ready = done, ready
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._ready():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._done)
        return False


class Stopwatch(QObject):
    """Follows one start; Enter comes when the dialog has stood for `stands_ms`.

    `then` gets the window once the list of cases is painted and all work is done.
    """

    def __init__(self, window: MainWindow, stands_ms: int, then: Callable[[MainWindow, Stamps], None]) -> None:
        super().__init__(window)
        self.window, self._stands_ms, self._then = window, stands_ms, then
        self.stamps: Stamps = {}
        Paints(window, self._on_door)
        window.opened.connect(self._on_opened)

    def _on_door(self) -> None:
        self.stamps |= {"door": time.monotonic(), "door_processor": time.process_time()}
        QTimer.singleShot(self._stands_ms, self._on_stood)

    def _on_stood(self) -> None:
        from bren_desktop.gui.dialogs.unlock import UnlockPanel

        panel = self.window.findChild(UnlockPanel)
        if not isinstance(panel, UnlockPanel):
            raise SystemExit("the unlock panel is not there")
        from PySide6.QtTest import QTest

        self._time_derivation()
        QTest.keyClicks(panel.ui.passphrase, PASSPHRASE)
        self.stamps |= {"enter": time.monotonic(), "enter_processor": time.process_time()}
        QTest.keyClick(panel.ui.passphrase, Qt.Key.Key_Return)

    def _time_derivation(self) -> None:
        from argon2 import low_level

        derive = low_level.hash_secret_raw

        def timed(*arguments: Any, **named: Any) -> bytes:
            wall, processor = time.monotonic(), time.process_time()
            key = derive(*arguments, **named)
            self.stamps["derivation"] = time.monotonic() - wall
            self.stamps["derivation_processor"] = time.process_time() - processor
            return key

        low_level.hash_secret_raw = timed

    def _on_opened(self) -> None:
        """The page that was open last comes back; the first start on a profile shows another."""
        session = self.window.session
        if session is None:
            raise SystemExit("no session")
        if CASES not in session.workbench.pages:
            session.workbench.go_to(CASES)
        cases: Any = session.workbench.pages[CASES]
        model = cases.list.model
        Paints(cases.list.ui.rows.viewport(), self._on_list, lambda: model.total() > 0 and model.row(0) is not None)

    def _on_list(self) -> None:
        self.stamps |= {"list": time.monotonic(), "list_processor": time.process_time()}
        self.stamps["heavy"] = [name for name in HEAVY if name in sys.modules]
        if self.window.session is not None:
            cases: Any = self.window.session.workbench.pages[CASES]
            self.stamps["rows"] = cases.list.model.total()
            self.window.session.desk.tasks.drain()
        self.stamps["memory"] = peak_memory()
        self._then(self.window, self.stamps)


def play(folder: str, stands_ms: str, then: Callable[[MainWindow, Stamps], None]) -> None:
    """Start the program on a profile and follow it; what `then` adds to the stamps is told too."""
    skip_search()
    from bren_desktop import app

    watches: list[Stopwatch] = []

    class Watched(app.Program):
        def start(self) -> None:
            watches.append(Stopwatch(self.window, int(stands_ms), then))
            super().start()

    app.Program = Watched  # type: ignore[misc]
    entry.main(["--profile", folder])
    print(json.dumps(watches[0].stamps), flush=True)
