"""Bespreking en advies by keyboard: at the table, an advice and its release, and nothing that is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.advice import Advice, Discussion, PlanRow, PointRow, PresentRow, RequirementRow
from bren_desktop.domain.advising import RELEASE
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.fields import notes
from bren_desktop.domain.records import Person
from bren_desktop.domain.rights import Right
from bren_desktop.domain.values import LONGEST_TEXT
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pages.case.advising_tab import AdvisingTab
from bren_desktop.gui.pages.case.record_panel import draft_key
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.rows_editor import RowsEditor
from bren_desktop.services import below
from bren_desktop.services.advising import Deliberation, SeveralVersionsError
from bren_desktop.services.context import author
from bren_desktop.services.rows import CaseFilter, CaseRow, Page

CODES = tuple(term.code for term in vocabulary("basisvereisten"))


@pytest.fixture
def tab(page: CasesPage, desk: Desk, noor: CaseRow) -> AdvisingTab:
    """The tab of the case of Noor, in front."""
    page.open_entity(noor.entity, "advies")
    desk.tasks.drain()
    return page.case.tabs.advising


@pytest.fixture
def known(desk: Desk, noor: CaseRow) -> Callable[[], Deliberation]:
    """What is in the store of this case now."""

    def look() -> Deliberation:
        desk.tasks.drain()
        return desk.workspace.advising.of(desk.workspace.actor, noor.entity)

    return look


@pytest.fixture
def held(desk: Desk, noor: CaseRow) -> str:
    """A discussion that lacks nothing."""
    discussion = Discussion(
        gremium="GR-RET",
        aanwezigen=(PresentRow(naam="Joke Ervaren", organisatie="Ouderplatform", ervaringsdeskundig=True),),
        vraag="Waar kan zij wonen?",
        overwegingen="Thuis lukt niet.",
        uitkomst="Een eigen plek.",
        basisvereisten=tuple(RequirementRow(id=code, oordeel="OB-JA") for code in CODES),
    )
    return desk.workspace.advising.add_discussion(desk.workspace.actor, noor.entity, discussion)


@pytest.fixture
def concept(desk: Desk, noor: CaseRow, held: str) -> str:
    """An advice that may be released: the case was discussed."""
    with desk.workspace.context.store.write(author(desk.workspace.actor)) as writer:
        writer.write(Kind.CASE, noor.entity, {("status", ""): "ST-BES"})
    later = desk.workspace.context.today() + timedelta(days=30)
    texts = ("samenvatting", "analyse", "mandaat_bij", "besproken_met_gezin", "reactie_gezin", "bij_stagnatie")
    advice = Advice(
        bespreking=held,
        soort="SA-HULP",
        punten=(PointRow(wat="Een kamer zoeken", eigenaar="Sanne", uiterlijk=later, waarom="Rust."),),
        plannen=(PlanRow(id="A", tekst="Een kamer"),),
        overbrugging_nodig=False,
        procesregisseur="Sanne",
        procesregisseur_contact="06-12345678",
        opvolgmoment=later,
    ).model_copy(update=dict.fromkeys(texts, "Tekst."))
    return desk.workspace.advising.add_advice(desk.workspace.actor, noor.entity, advice)


def typed(*texts: str) -> None:
    """Type in whatever has the focus, with Tab in between."""
    for number, text in enumerate(texts):
        if number:
            press(Qt.Key.Key_Tab)
        QTest.keyClicks(focused(), text)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.activePopupWidget() or focused(), key, modifiers)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def rows(panel: QWidget, field: str) -> RowsEditor:
    editor = panel.binding.fields[field].editor  # type: ignore[attr-defined]
    assert isinstance(editor, RowsEditor)
    return editor


def save(page: CasesPage, desk: Desk) -> None:
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()


def links(tab: AdvisingTab) -> list[QPushButton]:
    return [link for link in tab.advice.ui.needs_card.findChildren(QPushButton) if link.isVisible()]


def choose(tab: AdvisingTab, desk: Desk, place: tuple[Kind, str], field: str = "") -> None:
    tab.choose(place, field)
    desk.tasks.drain()


def test_without_anything_the_tab_says_what_belongs_there(tab: AdvisingTab) -> None:
    assert tab.ui.pages.currentWidget() is tab.ui.empty
    assert "Leg eerst de bespreking vast" in tab.ui.empty_text.text()
    assert tab.ui.new_discussion.isVisible()


def test_a_discussion_is_recorded_at_the_table_by_keyboard(
    tab: AdvisingTab, page: CasesPage, desk: Desk, known: Callable[[], Deliberation]
) -> None:
    tab.ui.new_discussion.setFocus()
    press(Qt.Key.Key_Space)
    desk.tasks.drain()
    typed("regionaal")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    typed("Joke Ervaren", "moeder", "Ouderplatform", "")
    press(Qt.Key.Key_Space)
    save(page, desk)
    (found,) = known().discussions
    assert found.record.gremium == "GR-RET"
    assert found.record.datum == desk.workspace.context.today()
    present = [(row.naam, row.rol, row.organisatie, row.ervaringsdeskundig) for row in found.record.aanwezigen]
    assert present == [
        ("Vera Voorzitter", "voorzitter", "Expertteam Haaglanden", None),
        ("Joke Ervaren", "moeder", "Ouderplatform", True),
    ]
    assert not tab.discussion.ui.field_geen_ervaringsdeskundige.isVisible()
    assert tab.place() == (Kind.DISCUSSION, found.entity)


def test_the_checklist_is_gone_through_with_one_key_each(
    tab: AdvisingTab, page: CasesPage, desk: Desk, known: Callable[[], Deliberation]
) -> None:
    choose(tab, desk, (Kind.DISCUSSION, ""), "basisvereisten")
    for key in "jj-jjjjjjjj":
        QTest.keyClicks(focused(), key)
    QTest.keyClicks(focused(), "n")
    QTest.keyClicks(focused(), "Daarover is niet gesproken.")
    save(page, desk)
    (found,) = known().discussions
    verdicts = {row.id: row.oordeel for row in found.record.basisvereisten}
    assert [verdicts[code] for code in CODES] == ["OB-JA", "OB-JA", "OB-NVT", *["OB-JA"] * 8, "OB-NEE"]
    assert found.record.basisvereisten[-1].toelichting == "Daarover is niet gesproken."


def test_who_sat_at_an_earlier_table_is_offered_with_the_seat(tab: AdvisingTab, desk: Desk, held: str) -> None:
    choose(tab, desk, (Kind.DISCUSSION, ""), "aanwezigen")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(focused(), "jok")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    *_, row = rows(tab.discussion, "aanwezigen").raw()
    assert (row["naam"], row["organisatie"], row["ervaringsdeskundig"]) == ("Joke Ervaren", "Ouderplatform", "ja")


def test_the_address_book_says_how_the_procesregisseur_is_reached(tab: AdvisingTab, desk: Desk, concept: str) -> None:
    workspace = desk.workspace
    workspace.addresses.add(workspace.actor, Person(naam="Pia Verzonnen", telefoon="070-1234567"))
    desk.navigator.addresses_changed.emit()
    choose(tab, desk, (Kind.ADVICE, concept))
    binding = tab.advice.binding
    binding.fields["procesregisseur_contact"].editor.set_raw("")  # type: ignore[union-attr]
    binding.fields["procesregisseur"].setFocus()
    focused().selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(focused(), "pia")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    assert binding.raw()["procesregisseur"] == "Pia Verzonnen"
    assert binding.raw()["procesregisseur_contact"] == "070-1234567"


def test_an_advice_is_made_from_the_discussion_by_keyboard(
    tab: AdvisingTab, page: CasesPage, desk: Desk, held: str, known: Callable[[], Deliberation]
) -> None:
    choose(tab, desk, (Kind.DISCUSSION, held))
    tab.discussion.ui.advise.setFocus()
    press(Qt.Key.Key_Space)
    desk.tasks.drain()
    assert "De samenvatting is een voorstel" in tab.advice.ui.told.text()
    typed("juiste hulp", "Kort. ", "Lang.", "")
    press(Qt.Key.Key_Space)
    typed("Een kamer zoeken", "Sanne Verzonnen", "+14d", "Rust.")
    save(page, desk)
    (found,) = known().advices
    point = found.record.punten[0]
    assert (found.record.soort, found.record.samenvatting, found.record.bespreking) == (
        "SA-HULP",
        "Kort. Een eigen plek.",
        held,
    )
    assert (point.eigenaar, point.uiterlijk) == ("Sanne Verzonnen", desk.workspace.context.today() + timedelta(days=14))


def test_two_owners_are_refused_at_the_field(
    tab: AdvisingTab, page: CasesPage, desk: Desk, concept: str, known: Callable[[], Deliberation]
) -> None:
    choose(tab, desk, (Kind.ADVICE, concept))
    tab.advice.binding.lay_over({"punten": [{"wat": "Bel", "eigenaar": "Jan en Piet"}]})
    tab.advice.go_to("punten")
    save(page, desk)
    assert "meer dan één eigenaar" in tab.advice.binding.fields["punten"].hint()
    assert known().advices[0].record.punten[0].eigenaar == "Sanne"


def test_what_is_missing_leads_to_its_field(tab: AdvisingTab, page: CasesPage, desk: Desk, concept: str) -> None:
    choose(tab, desk, (Kind.ADVICE, concept))
    binding = tab.advice.binding
    for field in ("procesregisseur", "opvolgmoment"):
        binding.lay_over({field: ""})
    binding.fields["samenvatting"].setFocus()
    save(page, desk)
    tab.advice.ui.release.setFocus()
    press(Qt.Key.Key_Space)
    assert [link.text() for link in links(tab)] == [
        "Noem de procesregisseur. Zonder procesregisseur wordt geen advies vrijgegeven.",
        "Vul de datum van het eerste opvolgmoment in.",
    ]
    assert links(tab)[0].hasFocus()
    press(Qt.Key.Key_Space)
    assert binding.fields["procesregisseur"].isAncestorOf(focused())


def test_what_the_discussion_lacks_leads_to_the_discussion(
    tab: AdvisingTab, desk: Desk, held: str, concept: str
) -> None:
    workspace = desk.workspace
    workspace.advising.amend_discussion(workspace.actor, held, Discussion(), ["uitkomst"])
    choose(tab, desk, (Kind.ADVICE, concept))
    tab.advice.ui.release.click()
    links(tab)[0].click()
    desk.tasks.drain()
    assert tab.place() == (Kind.DISCUSSION, held)
    assert tab.discussion.binding.fields["uitkomst"].isAncestorOf(focused())


def test_a_chair_releases_after_being_asked_and_then_it_is_only_read(
    tab: AdvisingTab, desk: Desk, concept: str, known: Callable[[], Deliberation]
) -> None:
    choose(tab, desk, (Kind.ADVICE, concept))
    tab.advice.ui.release.setFocus()
    press(Qt.Key.Key_Space)
    found = known().current
    assert found is not None
    assert found.entity == concept
    assert "niemand dit advies nog wijzigen" in desk.messages.asked[0][0]  # type: ignore[attr-defined]
    ui = tab.advice.ui
    assert not ui.release.isVisible()
    assert ui.replace.isVisible()
    assert "Vrijgegeven op" in ui.told.text()
    tab.advice.go_to("samenvatting")
    QTest.keyClicks(focused(), "anders")
    assert not tab.advice.touched()


def test_a_successor_begins_with_the_released_text(
    tab: AdvisingTab, page: CasesPage, desk: Desk, concept: str, known: Callable[[], Deliberation]
) -> None:
    desk.workspace.advising.release(desk.workspace.actor, concept)
    choose(tab, desk, (Kind.ADVICE, concept))
    tab.advice.ui.replace.click()
    desk.tasks.drain()
    tab.advice.go_to("analyse")
    QTest.keyClicks(focused(), "Nu: ")
    save(page, desk)
    successor = next(each for each in known().advices if each.entity != concept)
    assert successor.record.vervangt == concept
    assert successor.record.analyse == "Nu: Tekst."
    assert successor.record.punten[0].wat == "Een kamer zoeken"


def test_who_may_not_release_is_told_who_does(tab: AdvisingTab, desk: Desk, concept: str) -> None:
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.SECRETARIS)
    choose(tab, desk, (Kind.ADVICE, concept))
    ui = tab.advice.ui
    assert not ui.release.isEnabled()
    assert "De voorzitter of de plaatsvervanger" in ui.told.text()
    assert "De voorzitter of de plaatsvervanger" in ui.release.toolTip()


def test_who_may_only_read_gets_no_buttons(page: CasesPage, desk: Desk, noor: CaseRow, concept: str) -> None:
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.PRIVACY)
    page.open_entity(noor.entity, "advies")
    desk.tasks.drain()
    tab = page.case.tabs.advising
    ui = tab.advice.ui
    offered = (tab.ui.new_discussion, ui.release, ui.replace, ui.discard, tab.discussion.ui.advise)
    assert not any(button.isVisible() for button in offered)
    tab.advice.go_to("samenvatting")
    QTest.keyClicks(focused(), "anders")
    assert not tab.advice.touched()


def test_what_was_typed_survives_a_lock(
    tab: AdvisingTab, page: CasesPage, desk: Desk, noor: CaseRow, qtbot: QtBot
) -> None:
    choose(tab, desk, (Kind.DISCUSSION, ""), "vraag")
    QTest.keyClicks(focused(), "Half geschreven")
    page.keep_draft()
    desk.tasks.drain()
    again = CasesPage(desk)
    qtbot.addWidget(again)
    again.show()
    again.open_entity(noor.entity, "advies")
    desk.tasks.drain()
    later = again.case.tabs.advising
    assert later.place() == (Kind.DISCUSSION, "")
    assert later.discussion.binding.raw()["vraag"] == "Half geschreven"
    again.close()


def test_an_advice_that_was_not_saved_still_knows_its_discussion(
    tab: AdvisingTab,
    page: CasesPage,
    desk: Desk,
    noor: CaseRow,
    held: str,
    known: Callable[[], Deliberation],
    qtbot: QtBot,
) -> None:
    choose(tab, desk, (Kind.DISCUSSION, held))
    tab.discussion.ui.advise.click()
    desk.tasks.drain()
    tab.advice.go_to("analyse")
    QTest.keyClicks(focused(), "Half geschreven")
    page.keep_draft()
    desk.tasks.drain()
    again = CasesPage(desk)
    qtbot.addWidget(again)
    again.show()
    again.activateWindow()
    again.open_entity(noor.entity, "advies")
    desk.tasks.drain()
    again.case.save()
    (found,) = known().advices
    assert (found.record.bespreking, found.record.analyse) == (held, "Half geschreven")
    assert desk.workspace.drafts.get(desk.workspace.actor, draft_key(noor.entity, Kind.ADVICE, "")) is None
    again.close()


def test_what_was_typed_in_one_stays_while_another_is_looked_at(
    tab: AdvisingTab, desk: Desk, held: str, concept: str
) -> None:
    choose(tab, desk, (Kind.ADVICE, concept), "analyse")
    QTest.keyClicks(focused(), "Nu: ")
    choose(tab, desk, (Kind.DISCUSSION, held))
    choose(tab, desk, (Kind.ADVICE, concept))
    panel = tab.advice
    assert panel.binding.raw()["analyse"] == "Nu: Tekst."


def test_a_draft_of_a_saved_record_is_offered(tab: AdvisingTab, desk: Desk, noor: CaseRow, concept: str) -> None:
    workspace = desk.workspace
    workspace.drafts.keep(workspace.actor, draft_key(noor.entity, Kind.ADVICE, concept), {"analyse": "Uit concept"})
    choose(tab, desk, (Kind.ADVICE, concept))
    panel = tab.advice
    assert panel.ui.draft_bar.isVisible()
    panel.ui.draft_keep.click()
    assert panel.binding.raw()["analyse"] == "Uit concept"


def test_a_new_one_can_be_thrown_away(tab: AdvisingTab, desk: Desk, known: Callable[[], Deliberation]) -> None:
    choose(tab, desk, (Kind.DISCUSSION, ""), "vraag")
    QTest.keyClicks(focused(), "Toch niet")
    tab.keep_draft()
    tab.discussion.ui.discard.click()
    assert known().discussions == ()
    assert tab.ui.pages.currentWidget() is tab.ui.empty


def test_what_a_colleague_changes_is_never_laid_over_what_is_typed(tab: AdvisingTab, desk: Desk, concept: str) -> None:
    workspace = desk.workspace
    choose(tab, desk, (Kind.ADVICE, concept), "analyse")
    QTest.keyClicks(focused(), "Mijn tekst. ")
    workspace.advising.amend_advice(workspace.actor, concept, Advice(samenvatting="Van een collega"), ["samenvatting"])
    desk.navigator.records_changed.emit(frozenset({(Kind.ADVICE.value, concept)}))
    desk.tasks.drain()
    panel = tab.advice
    assert panel.ui.news_bar.isVisible()
    assert panel.binding.raw()["analyse"] == "Mijn tekst. Tekst."
    panel.ui.news_look.click()
    desk.tasks.drain()
    assert panel.binding.raw()["samenvatting"] == "Van een collega"
    panel.ui.draft_keep.click()
    assert panel.binding.raw()["analyse"] == "Mijn tekst. Tekst."


def test_without_anything_typed_a_change_of_a_colleague_is_shown(tab: AdvisingTab, desk: Desk, concept: str) -> None:
    workspace = desk.workspace
    choose(tab, desk, (Kind.ADVICE, concept))
    workspace.advising.amend_advice(workspace.actor, concept, Advice(samenvatting="Van een collega"), ["samenvatting"])
    desk.navigator.records_changed.emit(frozenset({(Kind.ADVICE.value, concept)}))
    desk.tasks.drain()
    assert tab.advice.binding.raw()["samenvatting"] == "Van een collega"


def test_undo_takes_back_what_was_saved(
    tab: AdvisingTab, page: CasesPage, desk: Desk, concept: str, known: Callable[[], Deliberation]
) -> None:
    choose(tab, desk, (Kind.ADVICE, concept), "analyse")
    QTest.keyClicks(focused(), "Nu: ")
    save(page, desk)
    assert known().advices[0].record.analyse == "Nu: Tekst."
    page.case.undo()
    assert known().advices[0].record.analyse == "Tekst."


def test_the_longest_and_most_hostile_text_is_taken_as_text(
    tab: AdvisingTab, page: CasesPage, desk: Desk, concept: str, known: Callable[[], Deliberation]
) -> None:
    hostile = '<img src="file:///x"> & <b>=1+1</b> {naam} %s'
    longest = ("woord " * LONGEST_TEXT)[:LONGEST_TEXT].strip()
    choose(tab, desk, (Kind.ADVICE, concept), "samenvatting")
    point = {"wat": longest, "eigenaar": "x" * 500, "uiterlijk": "", "waarom": hostile}
    tab.advice.binding.lay_over({"samenvatting": hostile, "analyse": longest, "punten": [point]})
    save(page, desk)
    found = known().advices[0].record
    assert (found.samenvatting, found.analyse, found.punten[0].wat) == (hostile, longest, longest)
    assert tab.advice.binding.raw()["samenvatting"] == hostile


def test_every_control_can_be_named(
    tab: AdvisingTab, desk: Desk, concept: str, assert_accessible: Callable[[QWidget], None]
) -> None:
    choose(tab, desk, (Kind.ADVICE, concept))
    assert_accessible(tab)


def test_a_step_that_lacks_something_leads_to_the_field(tab: AdvisingTab, desk: Desk, held: str) -> None:
    tab.seek(Kind.DISCUSSION, "uitkomst")
    tab.enter()
    desk.tasks.drain()
    assert tab.place() == (Kind.DISCUSSION, held)
    assert tab.discussion.binding.fields["uitkomst"].isAncestorOf(focused())


def test_where_nothing_was_discussed_it_leads_to_a_new_discussion(tab: AdvisingTab, desk: Desk) -> None:
    tab.seek(Kind.DISCUSSION, "gremium")
    tab.enter()
    desk.tasks.drain()
    assert tab.place() == (Kind.DISCUSSION, "")
    assert tab.discussion.binding.fields["gremium"].isAncestorOf(focused())


def test_there_is_no_advice_without_a_discussion(tab: AdvisingTab, desk: Desk) -> None:
    tab.seek(Kind.ADVICE, "vrijgegeven_op")
    tab.enter()
    desk.tasks.drain()
    assert tab.ui.pages.currentWidget() is tab.ui.empty


def test_where_no_advice_is_being_made_it_leads_to_a_new_one(tab: AdvisingTab, desk: Desk, held: str) -> None:
    tab.seek(Kind.ADVICE, "vrijgegeven_op")
    tab.enter()
    desk.tasks.drain()
    assert tab.place() == (Kind.ADVICE, "")
    assert tab.advice.shown.record.bespreking == held
    assert tab.advice.binding.fields["soort"].isAncestorOf(focused())


def test_an_advice_that_only_waits_for_its_release_leads_to_the_button(
    tab: AdvisingTab, desk: Desk, concept: str
) -> None:
    tab.seek(Kind.ADVICE, "vrijgegeven_op")
    tab.enter()
    desk.tasks.drain()
    assert tab.place() == (Kind.ADVICE, concept)
    assert tab.advice.ui.release.hasFocus()


def test_what_is_typed_while_it_saves_stays(
    tab: AdvisingTab, desk: Desk, concept: str, known: Callable[[], Deliberation]
) -> None:
    choose(tab, desk, (Kind.ADVICE, concept), "analyse")
    QTest.keyClicks(focused(), "Nu: ")
    tab.save()
    QTest.keyClicks(focused(), "ook dit ")
    desk.tasks.drain()
    assert known().advices[0].record.analyse == "Nu: Tekst."
    assert tab.advice.binding.touched() == {"analyse": "Nu: ook dit Tekst."}


def test_an_advice_of_which_the_discussion_is_not_here_is_shown(tab: AdvisingTab, desk: Desk, noor: CaseRow) -> None:
    workspace = desk.workspace
    orphan = Advice(bespreking="niet hier", samenvatting="Van een andere laptop")
    entity = below.file(workspace.context, workspace.actor, Right.ADVISE, Kind.ADVICE, noor.entity, orphan)
    choose(tab, desk, (Kind.ADVICE, entity))
    assert tab.advice.binding.raw()["samenvatting"] == "Van een andere laptop"
    tab.advice.open_needs()
    assert links(tab)[0].text() == "Een advies rust op een bespreking. Leg eerst de bespreking vast."


def test_another_case_shows_nothing_of_the_one_before(
    tab: AdvisingTab, page: CasesPage, desk: Desk, concept: str
) -> None:
    choose(tab, desk, (Kind.ADVICE, concept), "analyse")
    QTest.keyClicks(focused(), "Nu: ")
    rows = desk.workspace.cases.page(desk.workspace.actor, CaseFilter(), Page())
    page.open_entity(next(row.entity for row in rows if row.initials != "N. V."), "advies")
    desk.tasks.drain()
    assert tab.ui.pages.currentWidget() is tab.ui.empty
    assert tab.ui.records.count() == 0


def test_what_two_wrote_at_once_is_shown_beside_the_field_and_leads_to_the_choice(
    tab: AdvisingTab, desk: Desk, concept: str, qtbot: QtBot, known: Callable[[], Deliberation]
) -> None:
    advising, actor, seen = desk.workspace.advising, desk.workspace.actor, known().advices[0].seen
    for text in ("Van de een", "Van de ander"):
        advising.amend_advice(actor, concept, Advice(analyse=text), ["analyse"], seen)
    choose(tab, desk, (Kind.ADVICE, concept))
    field = tab.advice.binding.fields["analyse"]
    assert field.badge() == "2 versies"
    with qtbot.waitSignal(desk.navigator.conflicts_wanted) as asked:
        field.versions_wanted.emit()
    assert asked.args == [Kind.ADVICE, concept, "analyse"]
    tab.advice.ui.release.click()
    desk.tasks.drain()
    assert isinstance(desk.messages.failed_with[0], SeveralVersionsError)  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", [Discussion, Advice])
def test_every_field_stands_on_its_form(tab: AdvisingTab, model: type[Discussion | Advice]) -> None:
    panel = tab.discussion if model is Discussion else tab.advice
    kept_by_program = {"casus", "bespreking", "vervangt", *RELEASE}
    assert panel.binding.fields.keys() == notes(model).keys() - kept_by_program


def test_the_list_runs_from_the_last_and_says_how_each_stands(
    tab: AdvisingTab, desk: Desk, noor: CaseRow, held: str, concept: str
) -> None:
    advising, actor, today = desk.workspace.advising, desk.workspace.actor, desk.workspace.context.today()
    early = today - timedelta(days=90)
    advising.add_discussion(actor, noor.entity, Discussion(datum=early))
    advising.release(actor, concept)
    advising.add_advice(actor, noor.entity, advising.successor(actor, concept))
    choose(tab, desk, (Kind.DISCUSSION, held))
    assert [tab.ui.records.item(row).text() for row in range(tab.ui.records.count())] == [
        "Advies\nconcept",
        f"Advies dat nu geldt\nvrijgegeven {today:%d-%m-%Y}",
        f"Bespreking van {today:%d-%m-%Y}\nregionaal expertteam of experttafel",
        f"Bespreking van {early:%d-%m-%Y}\nnog niet compleet",
    ]
