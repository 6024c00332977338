"""Ctrl+C in a terminal and the system's request to end (SIGTERM) close the window as its user would.

Python looks at signals only between its own instructions, and an idle window executes none: a pipe wakes it. On Windows
there is no such request, and the program has no console.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator

from PySide6.QtCore import QSocketNotifier

_ASKING = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def on_signals(end: Callable[[], object]) -> Iterator[None]:
    """Call `end` from the event loop when a signal asks to end, as long as the block lasts."""
    if sys.platform == "win32":
        yield
        return
    with _pipe() as (hears, tells):
        notifier = QSocketNotifier(hears, QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: os.read(hears, 64) and end())
        with _told_to(tells):
            yield
        notifier.setEnabled(False)


@contextlib.contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    try:
        for each in ends:
            os.set_blocking(each, False)
        yield ends
    finally:
        for each in ends:
            os.close(each)


@contextlib.contextmanager
def _told_to(pipe: int) -> Iterator[None]:
    """Signals that ask to end write their number to `pipe`, and do nothing else."""
    woken = signal.set_wakeup_fd(pipe, warn_on_full_buffer=False)
    before = {number: signal.signal(number, lambda _number, _frame: None) for number in _ASKING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken)
