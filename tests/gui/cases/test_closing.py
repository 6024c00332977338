"""Closing a case at the window, by keyboard: proposing, confirming, giving back, a witness, and what is learnt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, ClosingState, Lesson
from bren_desktop.domain.entities import Kind
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.closing import ClosingDialog
from bren_desktop.gui.dialogs.closing_review import ClosingReview
from bren_desktop.gui.dialogs.lesson import LessonDialog
from bren_desktop.gui.pages.case.page import CasePage
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.closing import CaseClosing
from bren_desktop.services.context import author
from bren_desktop.services.rows import CaseRow
from bren_desktop.services.share_door import Device

if TYPE_CHECKING:
    from tests.gui.conftest import Find

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LESSON = Lesson(niveau="LN-CASUS", soort="LS-BEV", tekst="Er was steeds één aanspreekpunt.")
CLOSING = Closing(
    resultaat="RS-DEELS",
    tevreden_verwijzer="TV-4",
    tevreden_jeugdige="TV-5",
    tevreden_ouders="TV-NG",
    codes_bevestigd=True,
    bewaarprofiel="BP-AFSCHR",
    dagen_bespaard_verwijzer=30,
)


@pytest.fixture
def opened(page: CasesPage, desk: Desk, noor: CaseRow) -> CasePage:
    """The case of Noor in monitoring, open on its first tab."""
    _bring_to(desk, noor, "ST-MON")
    page.open_entity(noor.entity, "aanmelding")
    desk.tasks.drain()
    return page.case


@pytest.fixture
def colleague(desk: Desk) -> Actor:
    return replace(desk.workspace.actor, person="p-anouk", name="Anouk Voorbeeld", role=Role.SECRETARIS)


@pytest.fixture
def proposed(desk: Desk, opened: CasePage, noor: CaseRow, colleague: Actor) -> CasePage:
    """The case of Noor, which a colleague proposed to close."""
    return _propose(desk, opened, noor, colleague)


def _bring_to(desk: Desk, row: CaseRow, state: str) -> None:
    with desk.workspace.context.store.write(author(desk.workspace.actor)) as writer:
        writer.write(Kind.CASE, row.entity, {("status", ""): state})


def _propose(desk: Desk, page: CasePage, row: CaseRow, actor: Actor) -> CasePage:
    desk.workspace.closing.add_lesson(actor, row.entity, LESSON)
    desk.workspace.closing.propose(actor, row.entity, CLOSING)
    page.open(row.entity)
    desk.tasks.drain()
    return page


def _found(desk: Desk, row: CaseRow) -> CaseClosing:
    desk.tasks.drain()
    return desk.workspace.closing.of(desk.workspace.actor, row.entity)


def _focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _choose(page: CasePage, key: Qt.Key) -> None:
    """Choose from the menu Meer by its letter."""
    QTimer.singleShot(0, lambda: QTest.keyClick(page.apart.menu, key))
    QTest.keyClick(page.ui.more, Qt.Key.Key_Space)


def _type(*texts: str) -> None:
    """Type each text in the next field."""
    for text in texts:
        QTest.keyClicks(_focus(), text)
        QTest.keyClick(_focus(), Qt.Key.Key_Tab)


def test_a_case_is_proposed_for_closing_without_a_mouse(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    _choose(opened, Qt.Key.Key_A)
    window = dialog(ClosingDialog)
    assert "ASS" not in window.ui.codes.text()
    assert "Ontbrekend aanbod: geen" in window.ui.codes.text()
    _type("deels", "Thuis is het rustiger.", "4", "5", "niet gev")
    assert _focus() is window.ui.add_lesson
    QTest.keyClick(_focus(), Qt.Key.Key_Space)
    dialog(LessonDialog)
    _type("casus", "bevord", "uitvoering", "Er bleef iemand komen.", "Jo")
    QTest.keyClick(_focus(), Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    window.activateWindow()  # as a window manager does; the screen of the tests has none
    dialog(ClosingDialog)
    assert "bevorderende factor · casusniveau · voor uitvoering · opgepakt door Jo" in window.ui.lessons.item(0).text()
    window.ui.field_codes_bevestigd.setFocus()
    _type("ja", "afschrift")
    assert "Mag worden vernietigd vanaf" in window.ui.retention.text()
    QTest.keyClick(_focus(), Qt.Key.Key_Return, CTRL)
    closing = _found(desk, noor).closing
    assert closing is not None
    assert (closing.resultaat, closing.tevreden_ouders, closing.bewaarprofiel) == ("RS-DEELS", "TV-NG", "BP-AFSCHR")
    assert "Een tweede persoon bevestigt dat nog" in opened.ui.closing_text.text()


def test_what_is_missing_is_said_beside_its_field(opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find) -> None:
    opened.ending.open()
    window = dialog(ClosingDialog)
    QTest.keyClick(_focus(), Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert window.ui.field_resultaat.hint() == "Kies het resultaat."
    assert "niet gevraagd" in window.ui.field_tevreden_jeugdige.hint()
    assert window.ui.lessons_problem.text() == "Leg ten minste één leerpunt vast."
    assert window.ui.field_resultaat.isAncestorOf(_focus())
    window.reject()
    assert _found(desk, noor).closing is None


def test_a_case_that_is_not_monitored_yet_is_told_what_comes_first(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    _bring_to(desk, noor, "ST-UIT")
    opened.open(noor.entity)
    desk.tasks.drain()
    opened.ending.open()
    window = dialog(ClosingDialog)
    assert "vanuit de status monitoring" in window.ui.state.text()
    window.reject()
    _bring_to(desk, noor, "ST-MON")
    opened.open(noor.entity)
    desk.tasks.drain()
    opened.ending.open()
    window = dialog(ClosingDialog)
    assert window.ui.state.text() == "Een tweede persoon bevestigt uw voorstel."
    window.reject()


def test_only_a_lesson_missing_leads_to_its_button(opened: CasePage, desk: Desk, dialog: Find) -> None:
    opened.ending.open()
    window = dialog(ClosingDialog)
    window.binding.lay_over({**CLOSING.model_dump(exclude_defaults=True), "codes_bevestigd": "ja"})
    window.save()
    desk.tasks.drain()
    assert _focus() is window.ui.add_lesson
    window.reject()


def test_what_was_typed_comes_back_with_its_numbers_unfolded(opened: CasePage, desk: Desk, dialog: Find) -> None:
    opened.ending.open()
    window = dialog(ClosingDialog)
    assert not window.ui.kpis.isVisible()
    QTest.keyClick(window.ui.show_kpis, Qt.Key.Key_Space)
    assert window.ui.kpis.isVisible()
    window.ui.field_dagen_bespaard_verwijzer.setFocus()
    QTest.keyClicks(_focus(), "30")
    window.reject()
    desk.tasks.drain()
    opened.ending.open()
    again = dialog(ClosingDialog)
    assert again.binding.raw()["dagen_bespaard_verwijzer"] == "30"
    assert again.ui.kpis.isVisible()
    again.reject()


def test_the_other_person_sees_what_was_filled_in_and_confirms(
    proposed: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    assert "Anouk Voorbeeld stelde" in proposed.ui.closing_text.text()
    QTest.keyClick(proposed.ui.show_closing, Qt.Key.Key_Space)
    window = dialog(ClosingReview)
    texts = " | ".join(label.text() for label in window.ui.facts_card.findChildren(QLabel))
    for text in ("deels opgelost", "niet gevraagd", "30", "Mag worden vernietigd vanaf", "Verbinding onderwijs"):
        assert text in texts
    assert "één aanspreekpunt" in window.ui.lessons.text()
    assert not window.ui.field_getuige.isVisible()
    QTest.keyClick(_focus(), Qt.Key.Key_Return, CTRL)
    closing = _found(desk, noor).closing
    assert closing is not None
    assert (closing.state, closing.getuige) == (ClosingState.CONFIRMED, "")
    assert "bevestigde" in proposed.ui.closing_text.text()
    proposed.ending.open()
    window = dialog(ClosingReview)
    assert not any(widget.isVisible() for widget in (window.ui.save, window.ui.give_back, window.ui.answer))
    window.reject()


def test_it_is_given_back_only_with_a_reason_and_proposed_anew_from_there(
    proposed: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    proposed.ending.open()
    window = dialog(ClosingReview)
    QTest.keyClick(window.ui.give_back, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert "Schrijf op wat er nog moet gebeuren." in window.ui.field_reden_teruggave.hint()
    QTest.keyClicks(_focus(), "Vraag de ouders nog.")
    QTest.keyClick(_focus(), Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert "Geef het voorstel terug" in window.ui.field_reden_teruggave.hint()
    QTest.keyClick(window.ui.give_back, Qt.Key.Key_Space)
    found = _found(desk, noor)
    assert found.closing is None
    assert "Vraag de ouders nog." in proposed.ui.closing_text.text()
    proposed.ending.open()
    form = dialog(ClosingDialog)
    assert form.binding.raw()["resultaat"] == "RS-DEELS"
    assert "Vraag de ouders nog." in form.ui.returned.text()
    form.save()
    assert _found(desk, noor).closing is not None


def test_a_team_of_one_laptop_confirms_beside_a_named_witness(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    _propose(desk, opened, noor, desk.workspace.actor)
    opened.ending.open()
    window = dialog(ClosingReview)
    assert "getuige" in window.ui.answer.text()
    window.save()
    desk.tasks.drain()
    assert "naam in van wie naast u zit" in window.ui.field_getuige.hint()
    QTest.keyClicks(_focus(), "Wil Voorbeeld")
    QTest.keyClick(_focus(), Qt.Key.Key_Return, CTRL)
    closing = _found(desk, noor).closing
    assert closing is not None
    assert closing.getuige == "Wil Voorbeeld"


def test_with_a_colleague_on_another_laptop_one_only_takes_it_back(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Device("d", "Anouk", Role.SECRETARIS, desk.workspace.actor.team, "AB", (), mine=False, admin=False)
    monkeypatch.setattr(desk.workspace.closing, "_devices", lambda: (other,))
    _propose(desk, opened, noor, desk.workspace.actor)
    opened.ending.open()
    window = dialog(ClosingReview)
    assert not window.ui.save.isVisible()
    QTest.keyClick(_focus(), Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    QTest.keyClick(window.ui.give_back, Qt.Key.Key_Space)
    found = _found(desk, noor)
    assert (found.closing, found.returned is not None) == (None, True)


def test_a_lesson_is_recorded_before_closing_and_changed_later(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    _choose(opened, Qt.Key.Key_L)
    dialog(LessonDialog)
    _type("", "verbeter", "", "Bel eerder.")
    QTest.keyClick(_focus(), Qt.Key.Key_Return, CTRL)
    ((_, lesson),) = _found(desk, noor).lessons
    assert (lesson.niveau, lesson.soort, lesson.tekst) == ("LN-CASUS", "LS-VERB", "Bel eerder.")
    opened.ending.open()
    form = dialog(ClosingDialog)
    QTest.keyClick(form.ui.change_lesson, Qt.Key.Key_Space)
    window = dialog(LessonDialog)
    window.ui.field_gedeeld.setFocus()
    _type("ja")
    window.save()
    ((_, lesson),) = _found(desk, noor).lessons
    assert (lesson.gedeeld, lesson.tekst) == (True, "Bel eerder.")
    form.reject()


def test_who_only_reads_sees_the_proposal_and_decides_nothing(
    proposed: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.LID)
    proposed.open(noor.entity)
    desk.tasks.drain()
    assert not proposed.ending.lesson.isVisible()
    proposed.ending.open()
    window = dialog(ClosingReview)
    assert not any(widget.isVisible() for widget in (window.ui.save, window.ui.give_back))
    assert "Met uw rol" in window.ui.answer.text()
    window.reject()


def test_the_reason_to_keep_it_longer_stands_beside_the_term(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    assert opened.tabs.registration.ui.retention.text() == "De bewaartermijn begint als de casus is afgesloten."
    held = Case(bewaarplicht_reden="Er loopt een rechtszaak.")
    desk.workspace.cases.amend(desk.workspace.actor, noor.entity, held, ["bewaarplicht_reden"])
    opened.open(noor.entity)
    desk.tasks.drain()
    assert "Het wordt niet vernietigd." in opened.tabs.registration.ui.retention.text()


def test_every_control_has_a_name(
    proposed: CasePage, dialog: Find, assert_accessible: Callable[[QWidget], None]
) -> None:
    proposed.ending.open()
    window = dialog(ClosingReview)
    assert_accessible(window)
    window.reject()
    _choose(proposed, Qt.Key.Key_L)
    lesson = dialog(LessonDialog)
    assert_accessible(lesson)
    lesson.reject()
