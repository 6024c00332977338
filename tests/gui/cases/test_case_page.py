"""One case: saving what was touched, undo, drafts, versions, contact moments, matching, documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.transitions import Transition
from bren_desktop.gui import printing
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.consult import ConsultDialog
from bren_desktop.gui.dialogs.contact_moment import ContactMomentDialog
from bren_desktop.gui.dialogs.preview import PreviewDialog
from bren_desktop.gui.dialogs.similar import SimilarDialog
from bren_desktop.gui.dialogs.weights import WeightsDialog
from bren_desktop.gui.pages.case.page import CasePage
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.match_item import MATCH_ROLE
from bren_desktop.gui.widgets.told_item import TOLD_ROLE, Told
from bren_desktop.oplog.operations import Author, Change, Dot, Operation
from bren_desktop.services.rows import CaseFilter, CaseRow, Page
from bren_desktop.services.weighing import Source

if TYPE_CHECKING:
    from tests.gui.conftest import FakeMessages, Find

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(page: CasesPage, desk: Desk, noor: CaseRow) -> CasePage:
    """The case of Noor, open on its first tab."""
    page.open_entity(noor.entity, "aanmelding")
    desk.tasks.drain()
    return page.case


def _focus() -> QWidget:
    widget: QWidget | None = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert widget is not None
    return widget


def _tab_to(widget: QWidget) -> None:
    stops = 0
    while not widget.hasFocus():
        QTest.keyClick(_focus(), Qt.Key.Key_Tab)
        stops += 1
        assert stops < 20, "Tab does not lead there"


def _type(case: CasePage, key: str, text: str) -> None:
    for tab in case.tabs.named.values():
        if tab.isAncestorOf(case.binding.fields[key]):
            case.ui.tabs.setCurrentWidget(tab)
    case.binding.fields[key].setFocus()
    QTest.keyClicks(_focus(), text)


def _stored(desk: Desk, row: CaseRow) -> Case:
    desk.tasks.drain()
    return desk.workspace.cases.open(desk.workspace.actor, row.entity).case


def test_the_header_says_what_one_needs_to_know(opened: CasePage) -> None:
    assert opened.ui.nummer.text().startswith("BREN-HGL-")
    assert opened.ui.initials.text() == "N. V."
    assert opened.ui.status.badge().word == "aangemeld"
    assert opened.ui.urgency.badge().word == "spoed"
    assert "Haaglanden" in opened.ui.facts.text()
    assert "18e verjaardag 04-03-2029" in opened.ui.facts.text()
    assert "geen geldige toestemming" in opened.ui.facts.text()


def test_saving_touches_only_what_was_typed(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    before = _stored(desk, noor)
    colleague = before.model_copy(update={"gemeente": "Delft"})
    desk.workspace.cases.amend(desk.workspace.actor, noor.entity, colleague, ("gemeente",))
    _type(opened, "krachten", "Tekent graag")
    QTest.keyClick(_focus(), Qt.Key.Key_S, CTRL)
    after = _stored(desk, noor)
    assert (after.krachten, after.gemeente) == ("Tekent graag", "Delft")
    assert opened.binding.touched() == {}
    assert desk.workspace.drafts.all(desk.workspace.actor) == []


def test_undo_takes_the_saved_change_back(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    _type(opened, "krachten", "Tekent graag")
    opened.save()
    desk.tasks.drain()
    opened.ui.tabs.setFocus()
    QTest.keyClick(opened.ui.tabs, Qt.Key.Key_Z, CTRL)
    assert _stored(desk, noor).krachten == ""


def test_undo_in_a_text_takes_the_typing_back_first(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    _type(opened, "krachten", "Tekent graag")
    opened.save()
    desk.tasks.drain()
    _type(opened, "hypothesen", "misschien")
    QTest.keyClick(_focus(), Qt.Key.Key_Z, CTRL)
    assert opened.binding.raw()["hypothesen"] == ""
    assert _stored(desk, noor).krachten == "Tekent graag"


def test_a_problem_keeps_the_case_as_it_was_and_goes_to_its_tab(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    _type(opened, "leeftijd_op", "31-02-2026")
    opened.ui.tabs.setCurrentIndex(0)
    opened.save()
    assert opened.place().endswith("jeugdige")
    assert "geen bestaande datum" in opened.binding.fields["leeftijd_op"].hint()
    assert _stored(desk, noor).leeftijd_op is None


def test_an_unknown_value_is_kept_and_reported_as_to_be_coded(opened: CasePage, desk: Desk, noor: CaseRow) -> None:
    _type(opened, "verwijsroute", "via de oma")
    opened.save()
    case = _stored(desk, noor)
    assert case.verwijsroute == "OVERIG"
    assert [(row.veld, row.tekst) for row in case.te_coderen] == [("verwijsroute", "via de oma")]


def test_what_was_typed_before_a_crash_is_offered(page: CasesPage, desk: Desk, noor: CaseRow) -> None:
    actor = desk.workspace.actor
    desk.workspace.drafts.keep(actor, f"casus:{noor.entity}", {"krachten": "Zingt"})
    desk.navigator.resume(f"casus:{noor.entity}")
    desk.tasks.drain()
    assert page.case.ui.draft_bar.isVisible()
    assert page.case.binding.touched() == {}
    page.case.ui.draft_keep.click()
    assert page.case.binding.touched() == {"krachten": "Zingt"}


def test_a_draft_stays_with_the_case_in_which_it_was_typed(page: CasesPage, desk: Desk, noor: CaseRow) -> None:
    workspace = desk.workspace
    rows = workspace.cases.page(workspace.actor, CaseFilter(), Page())
    other = next(row for row in rows if row.entity != noor.entity)
    for entity, text in ((noor.entity, "Zingt"), (other.entity, "Zwemt")):
        desk.navigator.open_case(entity, "jeugdige/krachten")
        desk.tasks.drain()
        _type(page.case, "krachten", text)
    page.case.keep_draft()
    desk.tasks.drain()
    kept = {entity: workspace.drafts.get(workspace.actor, f"casus:{entity}") for entity in (noor.entity, other.entity)}
    assert [draft.fields.get("krachten", "") if draft else "" for draft in kept.values()] == ["Zingt", "Zwemt"]


def test_typing_on_takes_the_offered_draft_along(page: CasesPage, desk: Desk, noor: CaseRow) -> None:
    actor = desk.workspace.actor
    desk.workspace.drafts.keep(actor, f"casus:{noor.entity}", {"krachten": "Zingt", "hypothesen": "oud"})
    page.open_entity(noor.entity, "analyse")
    desk.tasks.drain()
    _type(page.case, "hypothesen", "nieuw")
    assert page.case.binding.touched() == {"krachten": "Zingt", "hypothesen": "nieuw"}


def test_two_versions_of_a_field_are_both_shown_and_one_is_kept(
    opened: CasePage, desk: Desk, noor: CaseRow, deliver: Callable[..., list[bool]]
) -> None:
    context = desk.workspace.context
    with context.store.read() as reader:
        ours = reader.history(noor.entity, 1)[0]
    colleague = Author("p2", "Ali", "voorzitter")
    change = Change("urgentie", "", "UR-CRISIS")
    theirs = Operation(
        Dot(b"colleague-device", 1), ours.clock, ours.space, ours.kind, noor.entity, colleague, (change,)
    )
    assert deliver(context.store, theirs) == [True]
    opened._reload()
    desk.tasks.drain()
    field = opened.binding.fields["urgentie"]
    assert field.badge() == "2 versies"
    assert "crisis" in field.hint()
    assert "spoed" in field.hint()
    assert field._keep is not None
    field._keep.click()
    assert set(opened.binding.touched()) == {"urgentie"}
    opened.save()
    desk.tasks.drain()
    assert desk.workspace.cases.open(desk.workspace.actor, noor.entity).versions == {}
    assert field.badge() == ""


def test_a_contact_moment_in_three_keys_and_a_sentence(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    QTest.keyClick(_focus(), Qt.Key.Key_M, CTRL)
    dialog(ContactMomentDialog)
    QTest.keyClicks(_focus(), "Moeder belt: het gaat beter.")
    QTest.keyClick(_focus(), Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    ((_, moment),) = desk.workspace.dossier.contacts(desk.workspace.actor, noor.entity)
    assert (moment.tekst, moment.vorm) == ("Moeder belt: het gaat beter.", "CV-TEL")
    assert moment.datum == desk.workspace.context.today()
    opened.ui.tabs.setCurrentWidget(opened.tabs.timeline)
    desk.tasks.drain()
    assert "Moeder belt" in " ".join(_texts(opened))


def _texts(opened: CasePage) -> list[str]:
    events = opened.tabs.timeline.ui.events
    return [events.item(number).text() for number in range(events.count())]


def test_a_contact_moment_that_was_broken_off_comes_back(opened: CasePage, desk: Desk, dialog: Find) -> None:
    QTest.keyClick(_focus(), Qt.Key.Key_M, CTRL)
    first = dialog(ContactMomentDialog)
    QTest.keyClicks(_focus(), "Halverwege")
    first.reject()
    desk.tasks.drain()
    opened.ui.contact.click()
    again = dialog(ContactMomentDialog)
    assert again.binding.raw()["tekst"] == "Halverwege"
    again.reject()


def test_matching_says_who_fits_and_why(opened: CasePage, desk: Desk) -> None:
    opened.ui.tabs.setCurrentWidget(opened.tabs.matching)
    desk.tasks.drain()
    tab = opened.tabs.matching
    items = [tab.ui.matches.item(row) for row in range(tab.ui.matches.count())]
    spoken = [str(item.data(Qt.ItemDataRole.AccessibleTextRole) or item.text()) for item in items]
    assert spoken[0] == "Voorgesteld team"
    assert spoken[1] == "Nog niemand past goed genoeg."
    assert "van 100" in spoken[5]
    assert "niet beschikbaar" in spoken[-1]
    assert spoken.index("Ervaringsdeskundige") < spoken.index("Verder in de pool") < len(spoken) - 2
    matches = [item.data(MATCH_ROLE) for item in items if item.data(MATCH_ROLE) is not None]
    assert len({match.entity for match in matches}) == len(matches)
    assert tab.current() == matches[0]
    assert tab.ui.reasons_rows.count() == len(matches[0].reasons) + 1
    tab.ui.matches.setCurrentRow(len(items) - 1)
    assert "Bovenaan staat" in tab.ui.part.text(), "why this one stands below the first"


def test_at_triage_the_page_offers_a_team_unasked(page: CasesPage, desk: Desk, noor: CaseRow) -> None:
    workspace, asked = desk.workspace, Case(hulpvraag="Wie kent anorexia en autisme?", behandelaar="Anouk")
    page.open_entity(noor.entity, "aanmelding")
    desk.tasks.drain()
    assert page.case.ui.team_bar.isHidden()
    workspace.cases.amend(workspace.actor, noor.entity, asked, ("hulpvraag", "behandelaar"))
    workspace.life.move(workspace.actor, noor.entity, "ST-TRI", Transition(op=workspace.context.today()))
    page.open_entity(noor.entity, "aanmelding")
    desk.tasks.drain()
    assert page.case.ui.team_bar.isVisible()
    assert "(inhoud)" in page.case.ui.team_text.text()
    page.case.ui.show_team.click()
    assert page.case.ui.tabs.currentWidget() is page.case.tabs.matching


def test_why_somebody_else_is_not_on_top_is_asked_by_name(opened: CasePage, desk: Desk) -> None:
    opened.ui.tabs.setCurrentWidget(opened.tabs.matching)
    desk.tasks.drain()
    tab = opened.tabs.matching
    away = [tab.ui.matches.item(row).data(MATCH_ROLE) for row in range(tab.ui.matches.count())][-1]
    tab.why.setFocus()
    QTest.keyClicks(tab.why, away.name)
    QTest.keyClick(tab.why, Qt.Key.Key_Return)
    desk.tasks.drain()
    shown = tab.current()
    assert shown is not None
    assert shown.name == away.name
    assert tab.ui.matches.match() is None
    assert tab.ui.part.text().startswith("Plaats ")
    assert "Het verschil zit in: " in tab.ui.part.text()
    assert tab.ui.reasons_rows.count() == len(shown.reasons) + 1


def test_a_chair_settles_how_much_counts_for_the_network_and_sees_beforehand_what_moves(
    opened: CasePage, desk: Desk, dialog: Find, messages: FakeMessages
) -> None:
    workspace = desk.workspace
    opened.ui.tabs.setCurrentWidget(opened.tabs.matching)
    desk.tasks.drain()
    QTest.keyClick(_focus(), Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    desk.tasks.drain()
    window = dialog(WeightsDialog)
    first = opened.tabs.matching.current()
    assert (window.ui.sum.text(), window.boxes["expertise"].hasFocus()) == ("Samen 100 procent.", True)
    QTest.keyClicks(window.boxes["expertise"], "33")
    assert not window.ui.save.isEnabled()
    _tab_to(window.boxes["regio"])
    QTest.keyClicks(window.boxes["regio"], "18")
    _tab_to(window.ui.look)
    QTest.keyClick(window.ui.look, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert window.ui.preview.count() > 0
    _tab_to(window.ui.save)
    QTest.keyClick(window.ui.save, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert opened.tabs.matching.current() != first, "the list is made anew"
    assert workspace.weighing.in_force(workspace.actor).shares["regio"] == 18
    assert "alle teams" in messages.informed_with[-1]
    assert messages.undo is not None
    messages.undo()
    desk.tasks.drain()
    assert workspace.weighing.in_force(workspace.actor).source is Source.PROGRAM
    assert opened.tabs.matching.current() == first


def test_an_earlier_case_is_one_key_away(opened: CasePage, desk: Desk, dialog: Find) -> None:
    workspace, entity = desk.workspace, opened._entity
    while workspace.understanding.catch_up(workspace.actor, 100) > 0:
        pass
    opened.ui.tabs.setCurrentWidget(opened.tabs.matching)
    desk.tasks.drain()
    scrolled = opened.tabs.registration.ui.scroll.verticalScrollBar()
    scrolled.setRange(0, 500)
    scrolled.setValue(300)
    QTest.keyClick(_focus(), Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    desk.tasks.drain()
    window = dialog(SimilarDialog)
    first: Told = window.ui.cases.item(0).data(TOLD_ROLE)
    row = workspace.cases.row(workspace.actor, first.key)
    assert row is not None
    assert first.title.startswith(row.title)
    assert "Er zijn nog geen adviespunten vrijgegeven." in first.text
    QTest.keyClick(window.ui.cases, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert opened._entity != entity
    assert scrolled.value() == 0, "another case begins at its top"


def test_a_consult_is_registered_in_two_clicks(opened: CasePage, desk: Desk, dialog: Find) -> None:
    opened.ui.tabs.setCurrentWidget(opened.tabs.matching)
    desk.tasks.drain()
    match = opened.tabs.matching.current()
    assert match is not None
    opened.tabs.matching.ui.consult.click()
    dialog(ConsultDialog).ui.save.click()
    desk.tasks.drain()
    ((_, consult),) = desk.workspace.pool.consults(desk.workspace.actor, match.entity)
    assert (consult.minuten, consult.casus) == (30, opened._entity)


def test_the_case_sheet_opens_in_a_preview_and_is_filed_once_printed(
    opened: CasePage, desk: Desk, dialog: Find, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "print_pdf", lambda *_: True)
    opened.ui.tabs.setCurrentWidget(opened.tabs.documents)
    desk.tasks.drain()
    QTest.keyClick(_focus(), Qt.Key.Key_P, CTRL)
    desk.tasks.drain()
    window = dialog(PreviewDialog)
    qtbot.waitUntil(lambda: bool(window.ui.pages.findChildren(QLabel)))
    assert len(window.ui.pages.findChildren(QLabel)) <= 2
    before = window.ui.pages.zoom()
    QTest.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert window.ui.pages.zoom() > before
    assert opened.tabs.documents.ui.documents.rowCount() == 0
    QTest.keyClick(window, Qt.Key.Key_P, CTRL)
    desk.tasks.drain()
    window.accept()
    desk.tasks.drain()
    assert opened.tabs.documents.ui.documents.rowCount() == 1


def test_who_may_only_read_changes_nothing(desk: Desk, noor: CaseRow, qtbot: QtBot) -> None:
    member = replace(desk.workspace.actor, role=Role.LID)
    reading = replace(desk, workspace=replace(desk.workspace, actor=member))
    case = CasePage(reading)
    qtbot.addWidget(case)
    case.open(noor.entity)
    reading.tasks.drain()
    assert case.ui.initials.text() == "N. V."
    assert not case.ui.save.isVisibleTo(case)
    assert not case.binding.fields["hulpvraag"].isEnabled()


def test_the_place_brings_back_the_case_and_its_tab(page: CasesPage, opened: CasePage, desk: Desk) -> None:
    opened.ui.tabs.setCurrentWidget(opened.tabs.named["knelpunten"])
    place = page.place()
    page.show_list()
    page.restore(place)
    desk.tasks.drain()
    assert page.place() == place


def test_every_control_has_a_name(opened: CasePage, desk: Desk, assert_accessible: Callable[[QWidget], None]) -> None:
    opened.ui.tabs.setCurrentWidget(opened.tabs.matching)
    desk.tasks.drain()
    assert_accessible(opened)
