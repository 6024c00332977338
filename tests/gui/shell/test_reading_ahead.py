"""Reading ahead after unlocking: everything gets ready by itself, and stops when the session does."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.gui import reading_ahead
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.reading_ahead import ReadingAhead
from bren_desktop.services.knowing import Knowing


@pytest.fixture
def parent() -> QObject:
    return QObject()


def test_pages_and_profiles_get_ready_by_themselves(desk: Desk, parent: QObject, qtbot: QtBot) -> None:
    matching = desk.workspace.matching
    ReadingAhead(desk, parent).start()
    qtbot.waitUntil(lambda: len(matching._known) == 5)
    assert not matching._unread
    qtbot.waitUntil(lambda: bool(desk.workspace.search._words[1]))
    assert "bren_desktop.gui.pages.case.page" in sys.modules


def test_it_stops_with_the_session(desk: Desk, parent: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead, "PROFILES_AT_ONCE", 1)
    ahead = ReadingAhead(desk, parent)
    ahead.start()
    qtbot.waitUntil(lambda: len(desk.workspace.matching._known) == 1)
    desk.tasks.drain()
    ahead.stop()
    assert not ahead._rest.isActive()
    assert desk.workspace.matching._unread


def test_nothing_is_read_for_who_may_read_nothing(
    desk: Desk, parent: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[Knowing] = []
    monkeypatch.setattr(reading_ahead, "_make_ready", ready.append)
    it = replace(desk.workspace, actor=replace(desk.workspace.actor, role=Role.IT))
    ahead = ReadingAhead(replace(desk, workspace=it), parent)
    ahead.start()
    qtbot.waitUntil(lambda: bool(ready))
    desk.tasks.drain()
    assert not ahead._rest.isActive()
    assert not it.matching._known
