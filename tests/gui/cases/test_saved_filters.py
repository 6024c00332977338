"""The row of kept filters above a list, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bren_desktop.domain.entities import Kind
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.pages.pool_list import PoolList
from bren_desktop.gui.widgets.saved_filters import SavedFilters


def _keep(saved: SavedFilters, desk: Desk, name: str) -> None:
    QTest.keyClick(saved.keep, Qt.Key.Key_Space)
    assert saved.name.hasFocus()
    QTest.keyClicks(saved.name, name)
    QTest.keyClick(saved.name, Qt.Key.Key_Return)
    desk.tasks.drain()


@pytest.fixture
def kept(page: CasesPage, desk: Desk) -> CasesPage:
    """The list of cases with the urgent ones kept as `Spoed`."""
    page.list.chips["urgentie"].tick("UR-SPOED", "UR-CRISIS")
    desk.tasks.drain()
    _keep(page.list.saved, desk, "Spoed")
    return page


def test_without_anything_to_keep_there_is_no_row(page: CasesPage, desk: Desk) -> None:
    assert not page.list.ui.saved.isVisible()
    page.list.attention.setChecked(True)
    assert page.list.saved.keep.isVisible()
    assert not page.list.saved.title.isVisible()


def test_a_filter_is_kept_by_name_and_brings_its_list_back(kept: CasesPage, desk: Desk) -> None:
    saved = kept.list.saved
    assert (saved.chips["Spoed"].isChecked(), saved.keep.isVisible()) == (True, False)
    QTest.keyClick(saved.chips["Spoed"], Qt.Key.Key_Space)
    desk.tasks.drain()
    assert kept.list.model.rowCount() == 8
    QTest.keyClick(saved.chips["Spoed"], Qt.Key.Key_Space)
    desk.tasks.drain()
    assert kept.list.model.rowCount() == 2
    assert set(kept.list.chips["urgentie"].codes()) == {"UR-SPOED", "UR-CRISIS"}


def test_a_chip_beside_it_unmarks_it(kept: CasesPage) -> None:
    kept.list.attention.setChecked(True)
    assert not kept.list.saved.chips["Spoed"].isChecked()
    assert kept.list.saved.keep.isVisible()
    kept.list.chips["urgentie"].tick("UR-WEG")  # a code that its list lost since
    assert not kept.list.chips["urgentie"].isChecked()


def test_esc_gives_up_naming(kept: CasesPage, desk: Desk) -> None:
    saved = kept.list.saved
    kept.list.attention.setChecked(True)
    QTest.keyClick(saved.keep, Qt.Key.Key_Space)
    QTest.keyClick(saved.name, Qt.Key.Key_Escape)
    desk.tasks.drain()
    assert not saved.name.isVisible()
    assert saved.keep.hasFocus()
    assert list(saved.chips) == ["Spoed"]


def test_f2_renames_and_delete_forgets_with_a_way_back(kept: CasesPage, desk: Desk, messages: Messages) -> None:
    saved = kept.list.saved
    saved.chips["Spoed"].setFocus()
    QTest.keyClick(saved.chips["Spoed"], Qt.Key.Key_F2)
    assert saved.name.hasFocus()
    assert saved.name.text() == "Spoed"
    QTest.keyClicks(saved.name, "Vandaag & morgen")
    QTest.keyClick(saved.name, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert list(saved.chips) == ["Vandaag & morgen"]
    assert saved.chips["Vandaag & morgen"].hasFocus()
    QTest.keyClick(saved.chips["Vandaag & morgen"], Qt.Key.Key_Delete)
    desk.tasks.drain()
    assert saved.chips == {}
    assert kept.list.attention.hasFocus()
    undo = getattr(messages, "undo", None)
    assert callable(undo)
    undo()
    desk.tasks.drain()
    assert list(saved.chips) == ["Vandaag & morgen"]


def test_the_pareltjes_have_theirs(desk: Desk, qtbot: QtBot) -> None:
    shown = PoolList(desk)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    desk.tasks.drain()
    shown.stale.setChecked(True)
    _keep(shown.saved, desk, "Nakijken")
    shown.stale.setChecked(False)
    QTest.keyClick(shown.saved.chips["Nakijken"], Qt.Key.Key_Space)
    assert shown.stale.isChecked()
    assert desk.workspace.filters.all(desk.workspace.actor, Kind.CASE) == {}


def test_what_is_kept_stays_out_of_the_settings_of_the_computer(kept: CasesPage) -> None:
    settings = QSettings()
    assert not any("Spoed" in str(settings.value(key)) for key in settings.allKeys())
