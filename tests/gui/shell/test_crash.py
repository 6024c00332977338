"""A bug ends in a report without personal data and one calm sentence."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.gui import crash
from bren_desktop.gui.dialogs.crashed import CrashDialog, CrashTeller

SECRET = "Noor Voorbeeld 4-3-2011"


def _fail() -> None:
    about = {"naam": SECRET}
    raise KeyError(about["naam"], f"geen {SECRET}")


def _caught() -> BaseException:
    try:
        try:
            _fail()
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_holds_types_and_places_and_no_values() -> None:
    text = crash.report(_caught())
    assert SECRET not in text
    assert "Noor" not in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "_fail" in text
    assert "/" not in text.replace("BREN Desktop", "")


@pytest.fixture
def funnel() -> Iterator[list[str]]:
    told: list[str] = []
    before, in_threads = sys.excepthook, threading.excepthook
    crash.install(told.append)
    yield told
    sys.excepthook, threading.excepthook = before, in_threads


def test_every_unhandled_exception_passes_the_funnel(funnel: list[str], caplog: pytest.LogCaptureFixture) -> None:
    error = _caught()
    with caplog.at_level(logging.ERROR):
        sys.excepthook(type(error), error, error.__traceback__)
    assert len(funnel) == 1
    assert SECRET not in caplog.text
    assert "ValueError" in caplog.text


def test_a_thread_passes_it_too(funnel: list[str]) -> None:
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    assert len(funnel) == 1
    assert "KeyError" in funnel[0]


def test_the_user_may_go_on(qtbot: QtBot, assert_accessible: Callable[[QWidget], None]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    teller = CrashTeller(window)
    teller.tell("eerste verslag")
    teller.tell("tweede verslag")
    qtbot.waitUntil(lambda: teller.dialog is not None)
    dialog = teller.dialog
    assert isinstance(dialog, CrashDialog)
    assert_accessible(dialog)
    assert dialog.report.toPlainText() == "eerste verslag"
    dialog.accept()
