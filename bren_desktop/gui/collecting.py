"""Looks for reference cycles on the window's own thread.

Python looks on whatever thread happens to make the next object. A widget that is found there is destroyed there: Qt
then holds a lock while it waits for Python, and the window waits for that lock while it holds Python. Both for ever.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1000
LIMITS = (700, 10, 50)
"""More than so many objects since the last look, and so many looks of a generation before the next one is looked at:
over everything once in ten minutes."""


class Collector(QObject):
    """Takes over from Python until it is stopped."""

    def __init__(self, parent: QObject | None = None, every_ms: int = LOOK_EVERY_MS) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(look)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        if self._was_on:
            gc.enable()


def look() -> None:
    """Look at the generations that are due."""
    due = [generation for generation, count in enumerate(gc.get_count()) if count > LIMITS[generation]]
    if 0 in due:
        gc.collect(due[-1])
