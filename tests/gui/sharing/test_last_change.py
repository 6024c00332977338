"""A case and a pareltje say where their last change is; two real profiles on one folder, by the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.records import ContactMoment
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.pages.page import Page
from bren_desktop.gui.pages.pool import PoolPage
from bren_desktop.sync.engine import sealing

if TYPE_CHECKING:
    from tests.gui.sharing.conftest import Seat, Team

Show = Callable[["Seat", Page], Page]


@pytest.fixture(autouse=True)
def _answers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop says what it has at its next run, not after an hour."""
    monkeypatch.setattr(sealing, "ANSWER_MS", 0)


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """A page that hears of the share as in the window."""
    shown: list[Page] = []

    def begin(seat: Seat, page: Page) -> Page:
        qtbot.addWidget(page)
        seat.syncing.told.connect(page.share_told)
        seat.desk.navigator.records_changed.connect(page.changed_behind)
        page.resize(1266, 700)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        seat.rest()
        shown.append(page)
        return page

    yield begin
    for page in shown:
        page.close()


def _type(field: QWidget, text: str) -> None:
    field.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def test_a_case_says_where_its_last_change_is(team: Team, show: Show) -> None:
    vera, petra = team.vera, team.petra
    page = show(vera, CasesPage(vera.desk))
    assert isinstance(page, CasesPage)
    page.open_entity(team.case, "aanmelding")
    vera.sync()
    saved = page.case.ui.saved
    assert saved.text() == "Laatste wijziging: ontvangen door 1 collega"

    _type(page.case.binding.fields["hulpvraag"], "Vandaag. ")
    assert saved.text().startswith("Nog niet opgeslagen")
    vera.look()
    assert saved.text().startswith("Nog niet opgeslagen"), "what is typed comes first"
    QTest.keyClick(page.case, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    vera.rest()
    assert saved.text() == "Laatste wijziging: alleen op deze laptop"

    vera.sync()
    assert saved.text() == "Laatste wijziging: op de share"
    petra.sync()
    vera.sync()
    assert saved.text() == "Laatste wijziging: ontvangen door 1 collega"


def test_the_timeline_says_it_of_every_change(team: Team, show: Show) -> None:
    vera = team.vera
    workspace = vera.workspace
    workspace.cases.set_field(workspace.actor, team.case, "wensen", "Dicht bij huis")
    vera.sync()
    workspace.dossier.add_contact(workspace.actor, team.case, ContactMoment(tekst="Gebeld."))
    page = show(vera, CasesPage(vera.desk))
    assert isinstance(page, CasesPage)
    page.open_entity(team.case, "tijdlijn")
    vera.look()
    events = page.case.tabs.timeline.ui.events

    def ends() -> list[str]:
        return sorted(events.item(row).text().rpartition(" · ")[2] for row in range(events.count()))

    assert ends() == ["alleen op deze laptop", "ontvangen door 1 collega", "op de share"]
    events.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(events, key)
    assert events.currentRow() == 2
    vera.sync()
    assert ends() == ["ontvangen door 1 collega", "op de share", "op de share"]
    assert events.currentRow() == 2, "the keyboard stays where it was"


def test_what_a_colleague_wrote_is_on_the_share(team: Team, show: Show) -> None:
    petra = team.petra
    page = show(petra, CasesPage(petra.desk))
    assert isinstance(page, CasesPage)
    page.open_entity(team.case, "")
    petra.look()
    assert page.case.ui.saved.text() == "Laatste wijziging: op de share"


def test_a_pareltje_says_it_too(team: Team, show: Show) -> None:
    vera, petra = team.vera, team.petra
    workspace = vera.workspace
    opened = workspace.pool.record(workspace.actor, Expert(naam="Dr. A. Verzonnen", profiel="Denkt mee."))
    page = show(vera, PoolPage(vera.desk))
    assert isinstance(page, PoolPage)
    page.open_entity(opened.entity, "")
    vera.look()
    saved = page.expert.ui.saved
    assert saved.text() == "Laatste wijziging: alleen op deze laptop"
    for seat in (vera, petra, vera):
        seat.sync()
    assert saved.text() == "Laatste wijziging: ontvangen door 1 collega"

    _type(page.expert.binding.fields["naam"], "x")
    assert saved.text().startswith("Nog niet opgeslagen")
    QTest.keyClick(page.expert, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    vera.rest()
    assert saved.text() == "Laatste wijziging: alleen op deze laptop"


def test_a_profile_alone_says_nothing(sit: Callable[..., Seat], show: Show) -> None:
    seat = sit("Vera Voorzitter", Role.VOORZITTER)
    case = seat.workspace.cases.record(seat.workspace.actor, Case(roepnaam="Noor"))
    page = show(seat, CasesPage(seat.desk))
    assert isinstance(page, CasesPage)
    page.open_entity(case.entity, "")
    seat.look()
    assert page.case.ui.saved.text() == ""
