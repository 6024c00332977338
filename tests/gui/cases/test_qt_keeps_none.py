"""PySide6 6.12.0 lost a reference to None at every call that returns nothing, until the interpreter aborted."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

CALLS = 500


def test_a_call_that_returns_nothing_takes_no_reference_to_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("x")
    assert before - sys.getrefcount(None) < CALLS / 2
