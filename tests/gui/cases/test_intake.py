"""The intake: drafts, what is missing, who may exist already. The whole of it by keyboard is in tests/journeys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.records import Organisation
from bren_desktop.errors import DiskFullError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.drafting import AT_MOST_MS
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.pages.intake import Intake
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.services.views import DraftView


def _start(page: CasesPage, desk: Desk, draft: str = "") -> Intake:
    page.start_new(draft)
    desk.tasks.drain()
    return page.intake


def _focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _popup() -> QWidget:
    widget = QApplication.activePopupWidget()
    assert widget is not None
    return widget


def _type(intake: Intake, key: str, text: str) -> None:
    intake.binding.fields[key].setFocus()
    QTest.keyClicks(_focus(), text)


def _drafts(desk: Desk) -> list[DraftView]:
    desk.tasks.drain()
    return list(desk.workspace.drafts.all(desk.workspace.actor))


def test_a_draft_is_kept_within_a_second_of_typing(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    intake = _start(page, desk)
    intake.show_screen(2)
    _type(intake, "hulpvraag", "Wie denkt mee?")
    qtbot.waitUntil(lambda: bool(_drafts(desk)), timeout=AT_MOST_MS + 1000)
    assert _drafts(desk)[0].fields["hulpvraag"] == "Wie denkt mee?"
    assert AT_MOST_MS < 1000


def test_leaving_a_field_a_screen_or_the_page_keeps_the_draft_at_once(page: CasesPage, desk: Desk) -> None:
    intake = _start(page, desk)
    intake.show_screen(1)
    _type(intake, "roepnaam", "Kees")
    intake.binding.fields["achternaam"].setFocus()
    assert _drafts(desk)[0].fields["roepnaam"] == "Kees"
    _type(intake, "achternaam", "Bedenksel")
    intake.show_screen(2)
    assert _drafts(desk)[0].fields["achternaam"] == "Bedenksel"
    _type(intake, "hulpvraag", "Hoe nu?")
    page.keep_draft()
    assert _drafts(desk)[0].fields["hulpvraag"] == "Hoe nu?"
    intake.ui.cancel.click()
    assert "is bewaard" in desk.messages.informed_with[-1]  # type: ignore[attr-defined]


def test_after_a_crash_the_intake_is_offered_and_goes_on(page: CasesPage, desk: Desk) -> None:
    workspace = desk.workspace
    workspace.drafts.keep(workspace.actor, "intake:x", {"roepnaam": "Kees", "knelpunten": ["KP-ASS"]})
    intake = _start(page, desk)
    assert intake.ui.draft_bar.isVisible()
    assert "Wilt u verder met wat u typte?" in intake.ui.draft_text.text()
    intake.ui.draft_keep.click()
    assert intake.binding.touched() == {"roepnaam": "Kees", "knelpunten": ["KP-ASS"]}
    intake.save()
    desk.tasks.drain()
    assert _drafts(desk) == []
    assert page.case.ui.initials.text() == "K."


def test_an_offered_draft_can_be_thrown_away(page: CasesPage, desk: Desk) -> None:
    workspace = desk.workspace
    workspace.drafts.keep(workspace.actor, "intake:x", {"roepnaam": "Kees"})
    intake = _start(page, desk)
    intake.ui.draft_drop.click()
    assert _drafts(desk) == []
    assert intake.binding.touched() == {}


def test_a_draft_is_resumed_by_its_key(page: CasesPage, desk: Desk) -> None:
    workspace = desk.workspace
    workspace.drafts.keep(workspace.actor, "intake:x", {"achternaam": "Bedenksel"})
    desk.navigator.resume("intake:x")
    desk.tasks.drain()
    assert page.intake.binding.touched() == {"achternaam": "Bedenksel"}


def test_what_is_missing_is_named_beside_the_field_and_does_not_block_a_concept(page: CasesPage, desk: Desk) -> None:
    intake = _start(page, desk)
    intake.show_screen(2)
    assert intake.binding.fields["hulpvraag"].hint() == "Nog nodig voor de aanmelding"
    assert "Hulpvraag" in intake.ui.missing.text()
    _type(intake, "hulpvraag", "Wie denkt mee?")
    assert intake.binding.fields["hulpvraag"].hint() == ""
    assert "Hulpvraag" not in intake.ui.missing.text()
    QTest.keyClick(_focus(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    assert page.case.ui.nummer.text().startswith("CONCEPT")
    assert page.case.ui.status.badge().word == "concept"


def test_a_value_that_cannot_be_taken_brings_the_user_to_its_field(page: CasesPage, desk: Desk) -> None:
    intake = _start(page, desk)
    intake.show_screen(1)
    _type(intake, "geboortedatum", "31-02-2011")
    intake.show_screen(3)
    intake.save()
    assert intake.ui.screens.currentIndex() == 1
    assert "geen bestaande datum" in intake.binding.fields["geboortedatum"].hint()
    assert intake.binding.fields["geboortedatum"].isAncestorOf(_focus())


def test_brothers_and_sisters_are_found_while_typing(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    intake = _start(page, desk)
    intake.show_screen(1)
    _type(intake, "roepnaam", "Fenna")
    _type(intake, "achternaam", "voorbeeld")
    _type(intake, "geboortedatum", "4-3-2011")
    qtbot.waitUntil(lambda: intake.ui.lookalikes.found.count() > 0)
    assert "N. V." in intake.ui.lookalikes.found.item(0).text()
    assert "zelfde geboortedatum" in intake.ui.lookalikes.found.item(0).text()
    intake.ui.lookalikes.found.setFocus()
    intake.ui.lookalikes.found.setCurrentRow(0)
    QTest.keyClick(intake.ui.lookalikes.found, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert page.case.ui.initials.text() == "N. V."
    assert _drafts(desk)[0].fields["roepnaam"] == "Fenna"


def test_a_stated_age_goes_with_its_day(page: CasesPage, desk: Desk) -> None:
    intake = _start(page, desk)
    intake.show_screen(1)
    _type(intake, "leeftijd", "14")
    intake.save()
    desk.tasks.drain()
    case = page.case.binding.parse()
    assert case is not None
    assert (case.leeftijd, case.leeftijd_op) == (14, desk.workspace.context.today())


def test_a_full_disk_is_said_and_nothing_typed_is_lost(page: CasesPage, desk: Desk) -> None:
    intake = _start(page, desk)
    intake.show_screen(2)
    _type(intake, "hulpvraag", "Wie denkt mee?")
    intake._on_refused(DiskFullError())
    assert intake.ui.save.isEnabled()
    assert intake.binding.touched()["hulpvraag"] == "Wie denkt mee?"


def test_region_and_date_are_filled_in(page: CasesPage, desk: Desk) -> None:
    intake = _start(page, desk)
    raw = intake.binding.raw()
    assert raw["regio"] == desk.workspace.actor.region
    assert raw["datum_aanmelding"] == desk.workspace.context.today().isoformat()
    assert intake.binding.touched() == {}


def test_the_address_book_suggests_and_typing_goes_on_unhindered(page: CasesPage, desk: Desk) -> None:
    workspace = desk.workspace
    workspace.addresses.add(workspace.actor, Organisation(naam="Jeugdteam Verzonnen"))
    intake = _start(page, desk)
    _type(intake, "verwijzer_organisatie", "Jeugdteam")
    editor = intake.binding.fields["verwijzer_organisatie"].editor
    assert isinstance(editor, ChoiceEdit)
    assert editor.is_offering()
    QTest.keyClick(_popup(), Qt.Key.Key_Tab)
    assert intake.binding.raw()["verwijzer_organisatie"] == "Jeugdteam"
    editor.setFocus()
    editor.offer("jeugd")
    QTest.keyClick(_popup(), Qt.Key.Key_Down)
    QTest.keyClick(_popup(), Qt.Key.Key_Return)
    assert intake.binding.raw()["verwijzer_organisatie"] == "Jeugdteam Verzonnen"


def test_a_paste_into_a_line_that_is_too_long_is_said_beside_it(page: CasesPage, desk: Desk) -> None:
    intake = _start(page, desk)
    intake.binding.lay_over({"roepnaam": "x" * 200_000})
    intake.save()
    assert intake.binding.fields["roepnaam"].hint() == "De tekst is te lang: ten hoogste 500 tekens."
    assert len(str(intake.binding.raw()["roepnaam"])) == 200_000


def test_every_control_has_a_name(page: CasesPage, desk: Desk, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(_start(page, desk))
