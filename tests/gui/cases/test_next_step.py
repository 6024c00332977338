"""Volgende stap by keyboard: what leads on, going where something lacks, and the window of a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.aftercare import Bridge, Escalation
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.life import steps_from
from bren_desktop.domain.needs import Lack
from bren_desktop.domain.rights import Right
from bren_desktop.domain.transitions import Transition
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.letter import LetterDialog
from bren_desktop.gui.dialogs.move_case import MoveDialog
from bren_desktop.gui.pages.case.page import CasePage
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services import below
from bren_desktop.services.context import author
from bren_desktop.services.life import Option
from bren_desktop.services.rows import CaseFilter, CaseRow, Page

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(page: CasesPage, desk: Desk, noor: CaseRow) -> CasePage:
    """The case of Noor, open on its first tab."""
    page.open_entity(noor.entity, "aanmelding")
    desk.tasks.drain()
    return page.case


def focus() -> QWidget:
    widget: QWidget | None = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.activePopupWidget() or focus(), key)


def offered(case: CasePage, desk: Desk) -> list[str]:
    """The steps that F4 shows, each with what stands beneath it."""
    press(Qt.Key.Key_F4)
    desk.tasks.drain()
    shown = case.next_step.popup.list
    assert shown.hasFocus()
    return [shown.item(row).text() for row in range(shown.count())]


def choose(case: CasePage, desk: Desk, verb: str) -> None:
    row = next(number for number, text in enumerate(offered(case, desk)) if text.startswith(verb))
    shown = case.next_step.popup.list
    for _ in range(row):
        QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Return)


def window(qtbot: QtBot, desk: Desk) -> MoveDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), MoveDialog))
    found = QApplication.activeWindow()
    assert isinstance(found, MoveDialog)
    desk.tasks.drain()
    return found


def stored(desk: Desk, entity: str) -> Case:
    desk.tasks.drain()
    return desk.workspace.cases.open(desk.workspace.actor, entity).case


def filled(desk: Desk, opened: CasePage, row: CaseRow, **fields: object) -> None:
    actor, cases = desk.workspace.actor, desk.workspace.cases
    cases.amend(actor, row.entity, Case.model_validate(fields), fields)
    opened.open(row.entity, "aanmelding")
    desk.tasks.drain()


def test_what_lacks_stands_beneath_the_step_and_choosing_it_leads_there(
    opened: CasePage, desk: Desk, noor: CaseRow
) -> None:
    opened.ui.tabs.setCurrentIndex(opened.ui.tabs.count() - 1)
    assert offered(opened, desk)[0] == "In triage nemen\nVul nog in: Behandelaar."
    press(Qt.Key.Key_Escape)
    choose(opened, desk, "In triage")
    assert opened.binding.fields["behandelaar"].isAncestorOf(focus())
    assert desk.messages.informed_with[-1] == "Wijs de casus toe aan een behandelaar."  # type: ignore[attr-defined]
    assert stored(desk, noor.entity).status == "ST-AAN"


def test_what_was_recorded_since_the_case_was_opened_counts(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    desk.workspace.cases.set_field(desk.workspace.actor, noor.entity, "behandelaar", "Anouk Voorbeeld")
    assert offered(opened, desk)[0] == "In triage nemen"
    press(Qt.Key.Key_Escape)


def test_a_step_that_is_possible_is_made_in_a_small_window(
    opened: CasePage, desk: Desk, noor: CaseRow, qtbot: QtBot
) -> None:
    filled(desk, opened, noor, behandelaar="Anouk Voorbeeld")
    choose(opened, desk, "In triage")
    dialog = window(qtbot, desk)
    dialog.ui.field_reden.setFocus()
    QTest.keyClicks(focus(), "Past hier.")
    QTest.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    assert stored(desk, noor.entity).status == "ST-TRI"
    assert opened.ui.status.badge().word == "in triage"
    step = desk.workspace.life.history(desk.workspace.actor, noor.entity)[0][1]
    assert (step.reden, step.op) == ("Past hier.", desk.workspace.context.today())
    assert desk.workspace.drafts.all(desk.workspace.actor) == []


def test_what_the_step_asks_is_said_beside_its_field(opened: CasePage, desk: Desk, noor: CaseRow, qtbot: QtBot) -> None:
    choose(opened, desk, "Aanmelding intrekken")
    dialog = window(qtbot, desk)
    assert dialog.ui.field_reden.isAncestorOf(focus()) or dialog.ui.field_op.isAncestorOf(focus())
    QTest.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert dialog.ui.field_reden.hint() == "Schrijf de reden op."
    assert stored(desk, noor.entity).status == "ST-AAN"
    dialog.ui.field_reden.setFocus()
    QTest.keyClicks(focus(), "Niet meer nodig.")
    QTest.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    assert stored(desk, noor.entity).status == "ST-ING"


def test_a_day_to_come_is_refused_beside_the_day(opened: CasePage, desk: Desk, noor: CaseRow, qtbot: QtBot) -> None:
    choose(opened, desk, "Aanmelding intrekken")
    dialog = window(qtbot, desk)
    tomorrow = desk.workspace.context.today() + timedelta(days=1)
    dialog.binding.lay_over({"op": tomorrow.isoformat(), "reden": "x"})
    QTest.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert "toekomst" in dialog.ui.field_op.hint()
    dialog.reject()
    assert stored(desk, noor.entity).status == "ST-AAN"


def test_the_window_shows_what_the_step_asks_and_no_more(
    opened: CasePage, desk: Desk, noor: CaseRow, qtbot: QtBot, assert_accessible: Callable[[QWidget], None]
) -> None:
    choose(opened, desk, "Overdragen")
    dialog = window(qtbot, desk)
    shown = {key for key, field in dialog.binding.fields.items() if field.isVisible()}
    assert shown == {"op", "reden", "doorgeleid_naar"}
    assert "besluit van de voorzitter" in dialog.ui.what.text()
    assert not dialog.ui.crisis_bar.isVisible()
    assert_accessible(dialog)
    dialog.reject()


def test_in_a_crisis_the_window_says_to_call_the_crisisdienst(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    rows = desk.workspace.cases.page(desk.workspace.actor, CaseFilter(urgenties=("UR-CRISIS",)), Page())
    page.open_entity(rows[0].entity, "aanmelding")
    desk.tasks.drain()
    choose(page.case, desk, "Overdragen")
    dialog = window(qtbot, desk)
    assert dialog.ui.crisis_bar.isVisible()
    assert "bel de crisisdienst" in dialog.ui.crisis.text()
    dialog.reject()


def test_a_step_of_another_role_says_whose_it_is(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.SECRETARIS)
    opened.open(noor.entity, "aanmelding")
    desk.tasks.drain()
    choose(opened, desk, "Overdragen")
    assert desk.messages.informed_with[-1] == "Dit doet de voorzitter of plaatsvervanger."  # type: ignore[attr-defined]
    assert not isinstance(QApplication.activeWindow(), MoveDialog)


def test_who_may_move_nothing_sees_no_next_step(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.LID)
    opened.open(noor.entity, "aanmelding")
    desk.tasks.drain()
    assert not opened.ui.next_step.isVisible()
    press(Qt.Key.Key_F4)
    assert QApplication.activePopupWidget() is None


def test_what_was_typed_is_saved_first(opened: CasePage, desk: Desk) -> None:
    opened.binding.fields["hulpvraag"].setFocus()
    QTest.keyClicks(focus(), "Nog iets. ")
    press(Qt.Key.Key_F4)
    assert QApplication.activePopupWidget() is None
    assert "Sla eerst op" in desk.messages.informed_with[-1]  # type: ignore[attr-defined]


def test_a_bridge_and_an_escalation_that_run_stand_in_the_header(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    assert not opened.ui.bridge.isVisible()
    today = desk.workspace.context.today()
    until = (today + timedelta(days=30)).strftime("%d-%m-%Y")
    for kind, record in (
        (Kind.BRIDGE, Bridge(vorm="Logeren", tot=today + timedelta(days=30))),
        (Kind.ESCALATION, Escalation(stap="ES-2", uiterlijk=today + timedelta(days=30))),
    ):
        below.file(desk.workspace.context, desk.workspace.actor, Right.FOLLOW_UP, kind, noor.entity, record)
    opened.open(noor.entity, "aanmelding")
    desk.tasks.drain()
    assert opened.ui.bridge.badge().word == f"overbrugging tot en met {until}"
    assert opened.ui.escalation.badge().word == f"geëscaleerd, besluit uiterlijk {until}"


def test_a_step_without_the_decision_it_asks_is_flagged(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    assert not opened.ui.undecided.isVisible()
    made = Transition(van="ST-TRI", naar="ST-RET", op=desk.workspace.context.today())
    below.file(desk.workspace.context, desk.workspace.actor, Right.MOVE_CASE, Kind.TRANSITION, noor.entity, made)
    opened.open(noor.entity, "aanmelding")
    desk.tasks.drain()
    assert opened.ui.undecided.badge().word == "zonder besluit van de voorzitter"


def test_the_timeline_tells_the_step(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    filled(desk, opened, noor, behandelaar="Anouk Voorbeeld")
    day = (stored(desk, noor.entity).datum_aanmelding or desk.workspace.context.today()) + timedelta(days=7)
    desk.workspace.life.move(desk.workspace.actor, noor.entity, "ST-TRI", Transition(op=day))
    opened.open(noor.entity, "tijdlijn")
    desk.tasks.drain()
    events = opened.tabs.timeline.ui.events
    told = [events.item(row).text() for row in range(events.count())]
    assert any("van 'aangemeld' naar 'in triage'" in text for text in told)
    assert opened.tabs.timeline.ui.state.text().startswith("Sinds de aanmelding: in triage na ")


def in_state(desk: Desk, opened: CasePage, row: CaseRow, state: str) -> None:
    with desk.workspace.context.store.write(author(desk.workspace.actor)) as writer:
        writer.write(Kind.CASE, row.entity, {("status", ""): state})
    opened.open(row.entity, "aanmelding")
    desk.tasks.drain()


def test_what_an_inzet_lacks_is_sought_at_the_pareltjes(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    in_state(desk, opened, noor, "ST-RET")
    choose(opened, desk, "Pareltje inzetten")
    desk.tasks.drain()
    assert opened.tabs.aftercare.ui.add_deployment.hasFocus()


def test_a_case_that_is_not_taken_is_told_in_a_letter_first(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    in_state(desk, opened, noor, "ST-TRI")
    choose(opened, desk, "Niet in behandeling")
    desk.tasks.drain()
    (dialog,) = opened.window().findChildren(LetterDialog)
    assert dialog.ui.title.text() == "Bericht over uw aanmelding"
    dialog.reject()


def test_all_steps_are_in_sight_and_the_usual_one_is_marked(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    in_state(desk, opened, noor, "ST-RET")
    assert offered(opened, desk)[0].startswith("Bespreking afronden")
    shown = opened.next_step.popup.list
    last = shown.visualItemRect(shown.item(shown.count() - 1))
    assert shown.viewport().rect().contains(last)
    press(Qt.Key.Key_Escape)


def test_a_step_of_another_says_whose_it_is_and_leads_to_what_one_may_fill_in(
    opened: CasePage, desk: Desk, noor: CaseRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_state(desk, opened, noor, "ST-BES")
    actor = replace(desk.workspace.actor, role=Role.SECRETARIS)
    monkeypatch.setattr(desk.workspace, "actor", actor)
    assert offered(opened, desk)[0].startswith(
        "Advies uitbrengen\nDit doet de voorzitter of plaatsvervanger. Leg de bespreking vast:"
    )
    press(Qt.Key.Key_Escape)
    choose(opened, desk, "Advies uitbrengen")
    assert desk.messages.informed_with[-1].startswith("Leg de bespreking vast:")  # type: ignore[attr-defined]
    assert opened.ui.tabs.currentWidget() is opened.tabs.advising


def test_a_release_that_is_of_another_sends_nobody_to_work(
    opened: CasePage, desk: Desk, noor: CaseRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_state(desk, opened, noor, "ST-BES")
    release = Lack(Kind.ADVICE, "vrijgegeven_op", "De voorzitter moet het advies nog vrijgeven.")
    option = Option(steps_from("ST-BES")[0], (release,), allowed=False)
    monkeypatch.setattr(desk.workspace.life, "steps", lambda *_: [option])
    before = opened.ui.tabs.currentWidget()
    choose(opened, desk, "Advies uitbrengen")
    said = desk.messages.informed_with[-1]  # type: ignore[attr-defined]
    assert said == "Dit doet de voorzitter of plaatsvervanger. Er ontbreekt nog iets."
    assert opened.ui.tabs.currentWidget() is before
