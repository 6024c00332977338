"""A laptop that is out of its team: cases can be read and their copies erased, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.gui.dialogs.erase_case import EraseDialog
from bren_desktop.gui.pages.case.page import CasePage
from bren_desktop.services.share_door import Away

if TYPE_CHECKING:
    from tests.gui.sharing.conftest import Seat, Team


@pytest.fixture
def out(team: Team) -> Seat:
    """Petra, who was a secretaris by then, was taken out and has heard of it."""
    vera, petra = team.vera.workspace, team.petra
    (hers,) = (device.id for device in vera.sharing.devices(vera.actor) if not device.mine)
    vera.sharing.set_role(vera.actor, hers, Role.SECRETARIS)
    petra.sync()
    vera.sharing.revoke(vera.actor, hers, Away.REVOKED)
    petra.sync()
    return petra


def test_a_case_of_a_team_that_one_is_out_of_is_shown_and_not_changed(team: Team, out: Seat, qtbot: QtBot) -> None:
    page = CasePage(out.desk)
    qtbot.addWidget(page)
    page.open(team.case)
    out.rest()
    ui = page.ui
    assert ui.initials.text() == "N. V."
    assert not ui.read_only_bar.isHidden()
    assert "niet meer mee aan het team" in ui.read_only_text.text()
    assert not page.binding.fields["hulpvraag"].isEnabled()
    for widget in (ui.save, ui.contact, ui.sheet, page.tabs.registration.ui.add_consent, page.tabs.matching.ui.letter):
        assert widget.isHidden(), widget.objectName()
    assert not page.apart.protect.isEnabled()
    with qtbot.waitSignal(out.desk.navigator.erasing_wanted):
        QTest.keyClick(ui.erase_copy, Qt.Key.Key_Space)


def test_the_copy_is_erased_without_asking_anybody(team: Team, out: Seat, qtbot: QtBot) -> None:
    dialog = EraseDialog(out.desk, out.syncing, team.case)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.open()
    out.rest()
    assert "Wat het team heeft, blijft bij het team." in dialog.ui.what_two.text()
    QTest.keyClick(dialog.ui.sure, Qt.Key.Key_Space)
    QTest.keyClick(dialog.ui.ask, Qt.Key.Key_Space)
    out.rest()
    assert dialog.ui.state.text() == "De kopie op deze laptop is gewist."
    assert out.workspace.cases.row(out.workspace.actor, team.case) is None
    team.vera.sync()
    assert team.vera.workspace.cases.row(team.vera.workspace.actor, team.case) is not None
    dialog.reject()


def test_ones_own_case_is_changed_as_ever(team: Team, qtbot: QtBot) -> None:
    page = CasePage(team.vera.desk)
    qtbot.addWidget(page)
    page.open(team.case)
    team.vera.rest()
    assert page.ui.read_only_bar.isHidden()
    assert page.binding.fields["hulpvraag"].isEnabled()
    assert not page.ui.save.isHidden()
