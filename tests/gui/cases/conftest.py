"""The cases page of one desk, on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.rows import CaseFilter, CaseRow, Page


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[CasesPage]:
    """The page as the rail opens it; requests to go somewhere are followed as the window does."""
    shown = CasesPage(desk)
    qtbot.addWidget(shown)
    desk.navigator.case_wanted.connect(shown.open_entity)
    desk.navigator.intake_wanted.connect(shown.start_new)
    shown.resize(1266, 700)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    desk.tasks.drain()
    yield shown
    desk.tasks.drain()
    shown.close()


@pytest.fixture
def noor(desk: Desk) -> CaseRow:
    """The case of Noor Voorbeeld, who does not exist."""
    rows = desk.workspace.cases.page(desk.workspace.actor, CaseFilter(), Page())
    return next(row for row in rows if row.initials == "N. V.")
