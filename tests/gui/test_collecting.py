"""A dead widget in a cycle is never destroyed on another thread than the window's."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.gui.collecting import LIMITS, Collector


class Ring:
    """Refers to itself, as a page does whose slots are lambdas."""

    def __init__(self) -> None:
        self.widget = QWidget()
        self.me = self


@pytest.fixture
def looked_on() -> Iterator[list[threading.Thread]]:
    """The thread of every look while the test runs."""
    threads: list[threading.Thread] = []

    def note(phase: str, _told: dict[str, Any]) -> None:
        if phase == "start":
            threads.append(threading.current_thread())

    gc.callbacks.append(note)
    yield threads
    gc.callbacks.remove(note)


def _make_many() -> None:
    rings: list[list[object]] = []
    for _ in range(100 * LIMITS[0]):
        ring: list[object] = []
        ring.append(ring)
        rings.append(ring)


@pytest.mark.apart
def test_cycles_are_found_on_the_thread_of_the_window_only(
    qapp: QApplication, qtbot: QtBot, looked_on: list[threading.Thread]
) -> None:
    gc.enable()
    collector = Collector(every_ms=1)
    dead = weakref.ref(Ring())
    worker = threading.Thread(target=_make_many)
    worker.start()
    worker.join()
    assert not looked_on, "the worker made enough for a hundred looks"
    qtbot.waitUntil(lambda: dead() is None)
    assert set(looked_on) == {threading.main_thread()}
    collector.stop()


def test_python_looks_again_once_the_window_is_gone(qapp: QApplication) -> None:
    gc.enable()
    Collector().stop()
    assert gc.isenabled()
    gc.disable()
    Collector().stop()
    assert not gc.isenabled()
