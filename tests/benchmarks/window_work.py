"""Work in the open window: letters typed into the search box one by one, and cases opened from the list.

Reads `{"queries": [[text, entity], ...], "cases": [entity, ...]}`; answers with wall and processor time of each step.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.children import peak_memory
from tests.benchmarks.watched import Stamps, play

if TYPE_CHECKING:
    from bren_desktop.gui.main_window import MainWindow
    from bren_desktop.gui.session import Session

TOO_LONG_MS = 60_000
Moment = tuple[float, float]
"""Wall and processor time."""


def work(asked: dict[str, Any]) -> Callable[[MainWindow, Stamps], None]:
    """What is done with the window once it is open."""

    def done(window: MainWindow, stamps: Stamps) -> None:
        if window.session is not None:
            stamps |= _typed(window.session, asked["queries"]) | _opened(window.session, asked["cases"])
            stamps["memory"] = peak_memory()
        window.close()

    return done


def _typed(session: Session, queries: Sequence[tuple[str, str]]) -> Stamps:
    """Per letter: until its results are in the list, and until they are painted; and which items were not found."""
    from bren_desktop.services.rows import Hit

    box = session.workbench.search
    delivered, painted, missed = [], [], []
    for text, entity in queries:
        box.edit.clear()
        for letter in text:
            start = _now()
            wait = _waiting_for(box.model.modelReset)
            _press(box.edit, letter)
            delivered.append(_between(start, wait()))
            painted.append(_between(start, _now()))
        hits = [entry.target for entry in box.model.entries]
        if not any(isinstance(hit, Hit) and entity in (hit.entity, "") for hit in hits):
            missed.append(text)
    box.close()
    return {"delivered": delivered, "painted": painted, "missed": missed}


def _press(widget: QWidget, letter: str) -> None:
    """A key of any alphabet: QTest knows ASCII only."""
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


def _opened(session: Session, cases: Sequence[str]) -> Stamps:
    """Per case: from the wish to open it until its page has all its content."""
    spent = []
    for entity in cases:
        start = _now()
        wait = _waiting_for(session.desk.tasks.idle)
        session.desk.navigator.open_case(entity)
        wait()
        spent.append(_between(start, _now()))
    return {"opened": spent}


def _now() -> Moment:
    return time.perf_counter(), time.process_time()


def _between(start: Moment, end: Moment) -> Moment:
    return end[0] - start[0], end[1] - start[1]


def _waiting_for(signal: SignalInstance) -> Callable[[], Moment]:
    """Listens from now on; calling the answer runs the window until the signal came and what it asked is painted."""
    loop = QEventLoop()
    moments: list[Moment] = []

    def came() -> None:
        moments.append(_now())
        QTimer.singleShot(0, loop.quit)

    connection = signal.connect(came)

    def wait() -> Moment:
        QTimer.singleShot(TOO_LONG_MS, loop, loop.quit)
        loop.exec()
        signal.disconnect(connection)
        return moments[0]

    return wait


if __name__ == "__main__":
    play(sys.argv[1], sys.argv[2], work(json.load(sys.stdin)))
