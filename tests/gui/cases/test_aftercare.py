"""Opvolging by keyboard: one key per point, a whole sheet, and the window of each other part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.advice import Advice, PlanRow, PointRow
from bren_desktop.domain.aftercare import BigFiveRow, Bridge, Deployment, Escalation, FuturePlan
from bren_desktop.domain.ages import birthday
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.bridge import BridgeCheckDialog, BridgeDialog
from bren_desktop.gui.dialogs.deployment import DeploymentDialog
from bren_desktop.gui.dialogs.escalation import EscalationDialog
from bren_desktop.gui.dialogs.follow_up import FollowUpDialog
from bren_desktop.gui.dialogs.future_plan import FuturePlanDialog
from bren_desktop.gui.pages.case.aftercare.tab import AftercareTab
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services import below
from bren_desktop.services.aftercare import Aftercare
from bren_desktop.services.context import author
from bren_desktop.services.rows import CaseRow, ExpertFilter, Page

if TYPE_CHECKING:
    from tests.gui.conftest import Find

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def back(page: CasesPage, qtbot: QtBot, desk: Desk) -> Callable[[], None]:
    """Comes back to the page, as a window manager does; the screen of the tests has none."""

    def come() -> None:
        desk.tasks.drain()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        desk.tasks.drain()

    return come


@pytest.fixture
def today(desk: Desk) -> date:
    return desk.workspace.context.today()


def _advise(desk: Desk, case: str, *days: int) -> str:
    """Release an advice with a point for each number of days from today."""
    workspace, today = desk.workspace, desk.workspace.context.today()
    points = tuple(
        PointRow(id=str(number), wat=f"Punt {number}", eigenaar="Jan", uiterlijk=today + timedelta(days=ahead))
        for number, ahead in enumerate(days, 1)
    )
    plans = (PlanRow(id="A", tekst="Thuis met hulp", stand="PS-GEK"),)
    released = Advice(
        punten=points, plannen=plans, vrijgegeven_op=today - timedelta(days=60), vrijgegeven_door="Vera Voorzitter"
    )
    with workspace.context.store.write(author(workspace.actor)) as writer:
        return below.file_in(writer, workspace.context, Kind.ADVICE, case, released)


@pytest.fixture
def advised(desk: Desk, noor: CaseRow) -> str:
    """A released advice with three points, the first long overdue."""
    return _advise(desk, noor.entity, -30, 5, 9)


@pytest.fixture
def show(page: CasesPage, desk: Desk, noor: CaseRow) -> Callable[[], AftercareTab]:
    """Brings the tab of the case of Noor to the front."""

    def bring() -> AftercareTab:
        page.open_entity(noor.entity, "opvolging")
        desk.tasks.drain()
        desk.tasks.drain()
        return page.case.tabs.aftercare

    return bring


def _type(text: str) -> None:
    QTest.keyClicks(_focus(), text)


def _press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_focus(), key, modifier)


def _focus() -> QWidget:
    widget: QWidget | None = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert widget is not None
    return widget


def _work(desk: Desk) -> Aftercare:
    desk.tasks.drain()
    return desk.workspace.aftercare


def _stands(desk: Desk, noor: CaseRow) -> list[str]:
    return [each.stand for each in _work(desk).standings(desk.workspace.actor, noor.entity)]


def test_one_key_and_a_reason_tell_of_a_point(
    show: Callable[[], AftercareTab], advised: str, dialog: Find, desk: Desk, noor: CaseRow
) -> None:
    assert show().ui.points.hasFocus()
    _press(Qt.Key.Key_Down)
    _type("d")
    dialog(FollowUpDialog)
    _type("Oma is gesproken")
    _press(Qt.Key.Key_Return, CTRL)
    assert _stands(desk, noor) == ["OS-OPEN", "OS-DEELS", "OS-OPEN"]
    newest = _work(desk).standings(desk.workspace.actor, noor.entity)[1].newest
    assert newest is not None
    assert newest.reden == "Oma is gesproken"
    assert desk.workspace.drafts.all(desk.workspace.actor) == []


def test_a_plan_that_fails_after_the_release_is_told_by_one_key_and_a_reason(
    show: Callable[[], AftercareTab], advised: str, dialog: Find, desk: Desk, noor: CaseRow
) -> None:
    assert show().ui.points.hasFocus()
    _press(Qt.Key.Key_End)
    _type("s")
    dialog(FollowUpDialog)
    _type("Er is geen plek")
    _press(Qt.Key.Key_Return, CTRL)
    (plan,) = _work(desk).plans(desk.workspace.actor, noor.entity)
    assert plan.stand == "PS-STR"
    assert plan.newest is not None
    assert plan.newest.reden == "Er is geen plek"
    assert _stands(desk, noor) == ["OS-OPEN", "OS-OPEN", "OS-OPEN"]


def test_a_key_that_says_nothing_of_a_line_only_opens_the_sheet(
    show: Callable[[], AftercareTab], advised: str, dialog: Find
) -> None:
    show()
    _type("s")
    opened = dialog(FollowUpDialog)
    assert opened.binding.changed_fields() == frozenset()
    opened.reject()


def test_what_was_followed_takes_one_key_and_enter(
    show: Callable[[], AftercareTab], advised: str, dialog: Find, desk: Desk, noor: CaseRow, back: Callable[[], None]
) -> None:
    tab = show()
    _type("g")
    dialog(FollowUpDialog)
    _press(Qt.Key.Key_Return)
    assert _stands(desk, noor) == ["OS-JA", "OS-OPEN", "OS-OPEN"]
    back()
    assert tab.ui.points.hasFocus()
    assert "gevolgd" in str(tab.ui.points.item(0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_line_that_the_keyboard_is_on_stays_in_sight(
    show: Callable[[], AftercareTab], desk: Desk, noor: CaseRow, qtbot: QtBot
) -> None:
    _advise(desk, noor.entity, *range(20))
    ui = show().ui
    points = ui.points
    qtbot.waitUntil(lambda: ui.scroll.verticalScrollBar().maximum() > points.height() - ui.scroll.height() > 0)
    _press(Qt.Key.Key_End)
    line = points.visualItemRect(points.item(20))
    assert points.current() == "plan A"
    assert not points.viewport().visibleRegion().intersected(line).isEmpty()


def test_a_whole_sheet_is_entered_without_a_mouse(
    show: Callable[[], AftercareTab], advised: str, dialog: Find, desk: Desk, noor: CaseRow
) -> None:
    show()
    _press(Qt.Key.Key_V, ALT)
    dialog(FollowUpDialog)
    _type("g")
    _type("n")
    _type("Geen plek")
    _press(Qt.Key.Key_Tab)
    _press(Qt.Key.Key_Tab)
    _type("o")
    _press(Qt.Key.Key_Return, CTRL)
    assert _stands(desk, noor) == ["OS-JA", "OS-NEE", "OS-OPEN"]
    told = _work(desk).standings(desk.workspace.actor, noor.entity)
    assert [len(each.tellings) for each in told] == [1, 1, 1]


def test_the_point_that_is_answered_stays_in_sight_on_a_long_sheet(
    show: Callable[[], AftercareTab], dialog: Find, desk: Desk, noor: CaseRow
) -> None:
    _advise(desk, noor.entity, *range(30))
    show()
    _press(Qt.Key.Key_V, ALT)
    sheet = dialog(FollowUpDialog)
    for _ in range(25):
        _type("g")
        assert not _focus().visibleRegion().isEmpty()
    assert sheet.height() < 30 * 40
    sheet.reject()
    desk.tasks.drain()


def test_a_missing_reason_is_named_and_nothing_is_lost(
    show: Callable[[], AftercareTab],
    advised: str,
    dialog: Find,
    desk: Desk,
    noor: CaseRow,
    back: Callable[[], None],
) -> None:
    show()
    _type("n")
    sheet = dialog(FollowUpDialog)
    _press(Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert "punt 1" in sheet.ui.field_opvolging.hint()
    assert _stands(desk, noor) == ["OS-OPEN"] * 3
    _type("Er is geen plek")
    sheet.reject()
    back()
    _press(Qt.Key.Key_Return)
    again = dialog(FollowUpDialog)
    kept = again.binding.parse()
    assert kept is not None
    assert {row.id: row.reden for row in kept.opvolging}["1"] == "Er is geen plek"
    _press(Qt.Key.Key_Return, CTRL)
    assert _stands(desk, noor)[0] == "OS-NEE"


@pytest.mark.parametrize("form", ["opvolging", "inzet:", "overbrugging:x:check", "escalatie:", "toekomstplan"])
def test_what_was_typed_is_gone_on_with_on_this_tab(page: CasesPage, desk: Desk, noor: CaseRow, form: str) -> None:
    desk.navigator.resume(f"casus:{noor.entity}:{form}")
    desk.tasks.drain()
    assert page.case.ui.tabs.currentWidget() is page.case.tabs.aftercare


def test_the_keyboard_is_on_the_points_of_each_case_that_is_opened(
    show: Callable[[], AftercareTab], page: CasesPage, advised: str, desk: Desk
) -> None:
    other = desk.workspace.cases.record(desk.workspace.actor, Case(achternaam="Voorbeeld")).entity
    page.open_entity(other, "opvolging")
    desk.tasks.drain()
    desk.tasks.drain()
    assert page.case.tabs.aftercare.ui.to_advice.hasFocus()
    assert show().ui.points.hasFocus()


def test_an_empty_tab_says_what_belongs_there_and_leads_to_the_advice(
    show: Callable[[], AftercareTab], page: CasesPage, desk: Desk, assert_accessible: Callable[[QWidget], None]
) -> None:
    tab = show()
    for state in ("points_state", "deployments_state", "bridges_state", "escalations_state", "future_state"):
        assert getattr(tab.ui, state).text()
    assert not tab.ui.follow_up.isVisible()
    assert "04-03-2027" in tab.ui.future_state.text()
    assert_accessible(tab)
    tab.ui.to_advice.setFocus()
    _press(Qt.Key.Key_Space)
    assert page.case.ui.tabs.currentWidget() is page.case.tabs.advising


def test_an_inzet_is_asked_and_answered(
    show: Callable[[], AftercareTab], dialog: Find, desk: Desk, noor: CaseRow, back: Callable[[], None]
) -> None:
    tab = show()
    _press(Qt.Key.Key_I, ALT)
    dialog(DeploymentDialog)
    _type("Dr. A. Verzonnen (Stichting Verzonnen)")
    _press(Qt.Key.Key_Tab)
    _type("second")
    _press(Qt.Key.Key_Tab)
    _press(Qt.Key.Key_Return, CTRL)
    [held] = _work(desk).deployments(desk.workspace.actor, noor.entity)
    assert held.record.inzetvorm == "IV-SO"
    back()
    assert tab.ui.deployments.hasFocus()
    assert "Dr. A. Verzonnen" in str(tab.ui.deployments.item(0).data(Qt.ItemDataRole.AccessibleTextRole))
    _press(Qt.Key.Key_Return)
    step = dialog(DeploymentDialog)
    assert step.ui.field_antwoord_op.isVisible()
    assert not step.ui.field_eerste_contact.isVisible()
    _type("v")
    step.ui.field_antwoord.setFocus()
    _type("afgew")
    _press(Qt.Key.Key_Tab)
    assert step.ui.field_reden_afwijzing.isVisible()
    step.ui.field_reden_afwijzing.setFocus()
    _type("Geen tijd")
    _press(Qt.Key.Key_Return, CTRL)
    [held] = _work(desk).deployments(desk.workspace.actor, noor.entity)
    assert (held.record.antwoord, held.record.reden_afwijzing) == ("IA-NEE", "Geen tijd")


def test_an_inzet_is_asked_of_who_was_proposed(
    page: CasesPage, dialog: Find, desk: Desk, noor: CaseRow, qtbot: QtBot
) -> None:
    page.open_entity(noor.entity, "matching")
    matching = page.case.tabs.matching
    desk.tasks.drain()
    qtbot.waitUntil(lambda: matching.current() is not None)
    match = matching.current()
    matching.ui.deploy.setFocus()
    _press(Qt.Key.Key_Space)
    asked = dialog(DeploymentDialog)
    assert asked.ui.field_inzetvorm.isAncestorOf(_focus())
    _type("telefonisch consult")
    _press(Qt.Key.Key_Tab)
    _press(Qt.Key.Key_Return, CTRL)
    [held] = _work(desk).deployments(desk.workspace.actor, noor.entity)
    assert match is not None
    assert held.record.expert == match.entity


def test_who_is_not_in_the_pool_is_refused_beside_the_field(
    show: Callable[[], AftercareTab], dialog: Find, desk: Desk, noor: CaseRow
) -> None:
    show()
    _press(Qt.Key.Key_I, ALT)
    asked = dialog(DeploymentDialog)
    _type("Iemand van buiten")
    asked.ui.field_inzetvorm.setFocus()
    _type("telefonisch consult")
    _press(Qt.Key.Key_Tab)
    _press(Qt.Key.Key_Return, CTRL)
    assert not _work(desk).deployments(desk.workspace.actor, noor.entity)
    assert "pool" in asked.ui.field_expert.hint()
    asked.reject()


def test_a_bridge_is_agreed_looked_at_and_ended(
    show: Callable[[], AftercareTab],
    dialog: Find,
    desk: Desk,
    noor: CaseRow,
    today: date,
    back: Callable[[], None],
) -> None:
    tab = show()
    _press(Qt.Key.Key_R, ALT)
    bridge = dialog(BridgeDialog)
    for key, text in (("vorm", "Drie avonden hulp"), ("door", "De Boog"), ("veiligheid_door", "Els"), ("tot", "+40d")):
        bridge.binding.fields[key].setFocus()
        _type(text)
    _press(Qt.Key.Key_Return, CTRL)
    [held] = _work(desk).bridges(desk.workspace.actor, noor.entity)
    assert held.record.volgende_check == today + timedelta(days=14)
    back()
    assert tab.ui.bridges.hasFocus()
    _press(Qt.Key.Key_Return)
    dialog(BridgeCheckDialog)
    _type("Het werkt en is veilig")
    _press(Qt.Key.Key_Return, CTRL)
    back()
    _press(Qt.Key.Key_W, ALT)
    ending = dialog(BridgeDialog)
    for key, text in (("beeindigd_op", "v"), ("afloop", "Er is een plek")):
        ending.binding.fields[key].setFocus()
        _type(text)
    _press(Qt.Key.Key_Return, CTRL)
    [held] = _work(desk).bridges(desk.workspace.actor, noor.entity)
    assert (held.record.is_open, held.record.afloop, len(held.record.checks)) == (False, "Er is een plek", 1)


def test_the_ladder_is_climbed_from_the_suggestion(
    show: Callable[[], AftercareTab],
    advised: str,
    dialog: Find,
    desk: Desk,
    noor: CaseRow,
    back: Callable[[], None],
) -> None:
    tab = show()
    assert "punt 1 is 30 dagen te laat" in tab.ui.stagnation_text.text()
    _press(Qt.Key.Key_C, ALT)
    step = dialog(EscalationDialog)
    assert step.binding.raw()["stap"] == "ES-1"
    assert not step.ui.field_waarom_niet_hoger.isVisible()
    for key, text in (("reden", "Niemand beslist"), ("gevraagd_besluit", "Wie betaalt?"), ("uiterlijk", "+7d")):
        step.binding.fields[key].setFocus()
        _type(text)
    _press(Qt.Key.Key_Return, CTRL)
    back()
    assert not tab.ui.stagnation_bar.isVisible()
    assert "1. procesregisseur van het expertteam: loopt" in tab.ui.ladder.accessibleDescription()
    _press(Qt.Key.Key_T, ALT)
    closing = dialog(EscalationDialog)
    for key, text in (("afgesloten_op", "v"), ("resultaat", "De gemeente betaalt")):
        closing.binding.fields[key].setFocus()
        _type(text)
    _press(Qt.Key.Key_Return, CTRL)
    [held] = _work(desk).escalations(desk.workspace.actor, noor.entity)
    assert not held.record.is_open
    assert "expertteam: afgesloten" in tab.ui.ladder.accessibleDescription()


def test_a_step_that_is_not_higher_asks_why(
    show: Callable[[], AftercareTab], dialog: Find, desk: Desk, noor: CaseRow, today: date
) -> None:
    taken = Escalation(stap="ES-3", reden="r", gevraagd_besluit="b", uiterlijk=today)
    desk.workspace.aftercare.escalate(desk.workspace.actor, noor.entity, taken)
    show()
    _press(Qt.Key.Key_C, ALT)
    step = dialog(EscalationDialog)
    assert step.binding.raw()["stap"] == "ES-4"
    step.ui.field_stap.setFocus()
    _type("voorzitter")
    _press(Qt.Key.Key_Tab)
    assert step.ui.field_waarom_niet_hoger.isVisible()
    step.reject()


def test_the_big_five_are_gone_through_with_one_key_each(
    show: Callable[[], AftercareTab], dialog: Find, desk: Desk, noor: CaseRow, today: date
) -> None:
    born = birthday(today, -17.75)
    desk.workspace.cases.amend(desk.workspace.actor, noor.entity, Case(geboortedatum=born), ["geboortedatum"])
    tab = show()
    assert "18" in tab.ui.pressing_text.text()
    assert "verlengde jeugdhulp" in tab.ui.pressing_text.text()
    _press(Qt.Key.Key_5, ALT)
    dialog(FuturePlanDialog)
    for key in "glnog":
        _type(key)
    _press(Qt.Key.Key_Return, CTRL)
    plan = _work(desk).future(desk.workspace.actor, noor.entity).plan.record
    assert [row.stand for row in plan.big5] == ["BS-OK", "BS-LOOPT", "BS-NEE", "BS-ONB", "BS-OK"]
    desk.tasks.drain()
    names = [cell.accessibleName() for cell in tab.ui.big_five.cells.values()]
    assert [name.partition(":")[2].partition(".")[0].strip() for name in names] == [
        "geregeld",
        "loopt",
        "niet geregeld",
        "onbekend",
        "geregeld",
    ]


def test_what_is_being_typed_stays_when_a_colleague_writes(
    show: Callable[[], AftercareTab], page: CasesPage, advised: str, dialog: Find, desk: Desk, noor: CaseRow
) -> None:
    tab = show()
    _type("n")
    sheet = dialog(FollowUpDialog)
    _type("Er is geen")
    plan = FuturePlan(big5=(BigFiveRow(id="B5-WO", stand="BS-OK"),))
    desk.workspace.aftercare.plan_future(desk.workspace.actor, noor.entity, plan, ["big5"])
    page.changed_behind(frozenset({(Kind.FUTURE_PLAN.value, "x")}))
    desk.tasks.drain()
    desk.tasks.drain()
    assert tab.ui.big_five.isVisibleTo(tab)
    _type(" plek")
    _press(Qt.Key.Key_Return, CTRL)
    newest = _work(desk).standings(desk.workspace.actor, noor.entity)[0].newest
    assert newest is not None
    assert newest.reden == "Er is geen plek"
    assert not sheet.isVisible()


def test_who_only_reads_is_offered_nothing_to_write(
    show: Callable[[], AftercareTab], advised: str, desk: Desk, noor: CaseRow, today: date
) -> None:
    actor = desk.workspace.actor
    bridge = Bridge(vorm="v", door="d", tot=today, veiligheid_door="w")
    desk.workspace.aftercare.start_bridge(actor, noor.entity, bridge)
    expert = desk.workspace.pool.page(actor, ExpertFilter(), Page(limit=1))[0].entity
    desk.workspace.aftercare.request_expert(actor, noor.entity, Deployment(expert=expert, inzetvorm="IV-TEL"))
    desk.workspace.actor = replace(actor, role=Role.PRIVACY)
    ui = show().ui
    for button in (ui.follow_up, ui.add_deployment, ui.deployment_step, ui.add_bridge, ui.check_bridge):
        assert not button.isVisible()
    for button in (ui.change_bridge, ui.escalate, ui.change_escalation, ui.change_future, ui.to_advice):
        assert not button.isVisible()
    _type("n")
    _press(Qt.Key.Key_Return)
    desk.tasks.drain()
    assert not isinstance(QApplication.activeWindow(), FollowUpDialog)
