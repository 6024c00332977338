"""A short table fills its width, and leaves to its user what the user dragged."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bren_desktop.gui.widgets.plain_table import PlainTable

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def table(qtbot: QtBot) -> PlainTable:
    made = PlainTable()
    qtbot.addWidget(made)
    made.set_columns(("Naam", "Soort", "Door"), (240, 100))
    made.resize(400, 300)
    made.show()
    return made


def test_columns_share_the_room_and_never_shrink(table: PlainTable) -> None:
    assert (table.columnWidth(0), table.columnWidth(1)) == (240, 100)
    table.resize(760, 300)
    assert 350 < table.columnWidth(0) <= 480
    assert sum(map(table.columnWidth, range(3))) == table.viewport().width(), "the last one takes what is left"
    table.resize(3000, 300)
    assert (table.columnWidth(0), table.columnWidth(1)) == (480, 200), "lines stay readable"


def test_what_was_dragged_stays(table: PlainTable) -> None:
    header = table.horizontalHeader()
    edge = QPoint(table.columnWidth(0) - 1, header.height() // 2)
    QTest.mousePress(header.viewport(), LEFT, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(60, 0))
    QTest.mouseRelease(header.viewport(), LEFT, pos=edge + QPoint(60, 0))
    dragged = table.columnWidth(0)
    assert dragged > 240
    table.resize(900, 300)
    assert table.columnWidth(0) == dragged
