"""Moving a case into a space of its own, with the laptops that were chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.gui.dialogs.protect_case import ProtectDialog

if TYPE_CHECKING:
    from tests.gui.conftest import FakeMessages
    from tests.gui.sharing.conftest import Team


@pytest.fixture
def dialog(team: Team, qtbot: QtBot) -> Iterator[ProtectDialog]:
    """Vera is about to protect the case."""
    shown = ProtectDialog(team.vera.desk, team.vera.syncing, team.case)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(shown)
    shown.open()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    team.vera.rest()
    yield shown
    shown.reject()


def test_a_case_moves_with_the_chosen_laptops(
    team: Team, dialog: ProtectDialog, messages: FakeMessages, qtbot: QtBot
) -> None:
    ui, vera, petra = dialog.ui, team.vera, team.petra
    assert [ui.laptops.item(n).text() for n in range(ui.laptops.count())] == ["Petra Privacy · privacy · AB"]
    assert ui.laptops.hasFocus()
    QTest.keyClick(ui.laptops, Qt.Key.Key_Space)
    QTest.keyClick(ui.protect, Qt.Key.Key_Space)
    vera.rest()
    assert messages.asked[0][0].startswith("Eén andere laptop kan straks bij de casus")
    assert "in een eigen ruimte als " in ui.done_text.text()
    with qtbot.waitSignal(vera.desk.navigator.case_wanted) as wanted:
        QTest.keyClick(ui.close, Qt.Key.Key_Space)
    moved = wanted.args[0] if wanted.args else ""
    for seat in (petra, vera, petra):
        seat.sync()
    assert petra.workspace.cases.open(petra.workspace.actor, moved).case.roepnaam == "Noor"
    old = petra.workspace.cases.open(petra.workspace.actor, team.case).case
    assert old.status == "ST-OVG"


def test_nothing_happens_to_who_thinks_again(team: Team, dialog: ProtectDialog, messages: FakeMessages) -> None:
    messages.answer = False
    QTest.keyClick(dialog.ui.protect, Qt.Key.Key_Space)
    team.vera.rest()
    assert dialog.ui.done_card.isHidden()
    assert messages.asked[0][0].startswith("Alleen deze laptop kan straks bij de casus")
    opened = team.vera.workspace.cases.open(team.vera.workspace.actor, team.case)
    assert opened.case.status != "ST-OVG"


def test_the_old_case_can_be_erased_from_here(team: Team, dialog: ProtectDialog, qtbot: QtBot) -> None:
    assert dialog.ui.erase_old.isHidden()
    QTest.keyClick(dialog.ui.protect, Qt.Key.Key_Space)
    team.vera.rest()
    with qtbot.waitSignal(team.vera.desk.navigator.erasing_wanted) as wanted:
        QTest.keyClick(dialog.ui.erase_old, Qt.Key.Key_Space)
    assert wanted.args == [team.case]


def test_a_case_that_moved_already_is_said_in_its_place(team: Team, dialog: ProtectDialog) -> None:
    ours = team.vera.workspace
    dialog._entity = ours.sharing.protect(ours.actor, team.case, ())
    QTest.keyClick(dialog.ui.protect, Qt.Key.Key_Space)
    team.vera.rest()
    assert "staat al in een ruimte van zichzelf" in dialog.ui.problem.text()
    assert dialog.ui.protect.isEnabled()


def test_every_control_has_a_name(dialog: ProtectDialog, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(dialog)
