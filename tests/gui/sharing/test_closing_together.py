"""Two laptops close a case over a real folder: proposed on one, confirmed on the other, seen on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.closing import Closing, ClosingState, Lesson
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError
from bren_desktop.gui.dialogs.closing_review import ClosingReview
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.context import author

if TYPE_CHECKING:
    from tests.gui.sharing.conftest import Seat, Sit, Team

LESSON = Lesson(niveau="LN-CASUS", soort="LS-BEV", tekst="Er was steeds één aanspreekpunt.")
CLOSING = Closing(
    resultaat="RS-JA",
    tevreden_verwijzer="TV-4",
    tevreden_jeugdige="TV-5",
    tevreden_ouders="TV-NG",
    codes_bevestigd=True,
    bewaarprofiel="BP-AFSCHR",
)


@pytest.fixture
def colleagues(team: Team) -> Team:
    """Petra is the secretaris now."""
    ours = team.vera.workspace
    petra = next(each.id for each in ours.sharing.devices(ours.actor) if not each.mine)
    ours.sharing.set_role(ours.actor, petra, Role.SECRETARIS)
    for seat in (team.vera, team.petra):
        seat.sync()
    assert team.petra.workspace.actor.role is Role.SECRETARIS
    return team


def shown(seat: Seat, case: str, qtbot: QtBot) -> CasesPage:
    page = CasesPage(seat.desk)
    qtbot.addWidget(page)
    page.show()
    page.open_entity(case, "aanmelding")
    seat.rest()
    return page


def test_what_one_proposes_the_other_confirms_on_a_laptop_of_her_own(colleagues: Team, qtbot: QtBot) -> None:
    vera, petra, case = colleagues.vera, colleagues.petra, colleagues.case
    closing, actor = vera.workspace.closing, vera.workspace.actor
    with vera.workspace.context.store.write(author(actor)) as writer:
        writer.write(Kind.CASE, case, {("status", ""): "ST-MON"})
    closing.add_lesson(actor, case, LESSON)
    proposed = closing.propose(actor, case, CLOSING)
    assert not closing.is_alone(actor)
    with pytest.raises(InvalidInputError, match="meer laptops"):
        closing.confirm_with_witness(actor, proposed, "Wil Voorbeeld")
    for seat in (vera, petra):
        seat.sync()
    page = shown(petra, case, qtbot)
    assert "Vera Voorzitter stelde" in page.case.ui.closing_text.text()
    QTest.keyClick(page.case.ui.show_closing, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ClosingReview))
    review = QApplication.activeModalWidget()
    assert isinstance(review, ClosingReview)
    petra.rest()
    QTest.keyClick(review.ui.save, Qt.Key.Key_Space)
    petra.rest()
    for seat in (petra, vera):
        seat.sync()
    found = closing.of(vera.workspace.actor, case).closing
    assert found is not None
    assert (found.state, found.bevestigd_door) == (ClosingState.CONFIRMED, "Petra Privacy")
    assert "Petra Privacy bevestigde" in shown(vera, case, qtbot).case.ui.closing_text.text()


def test_a_laptop_that_founded_a_network_and_is_alone_in_it_has_a_witness(
    sit: Sit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    vera = sit("Vera Voorzitter", Role.VOORZITTER).workspace
    assert vera.closing.is_alone(vera.actor)
    vera.sharing.create(vera.actor, str(tmp_path_factory.mktemp("share")), "BREN Zuidwest")
    assert vera.closing.is_alone(vera.actor)
