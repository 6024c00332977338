"""The werkvoorraad: what waits, in which order, going there by keyboard, putting off and standing in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.access import EmergencyAccess
from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.planning import StandIn
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.emergencies import EmergenciesDialog
from bren_desktop.gui.dialogs.snooze import SnoozeDialog
from bren_desktop.gui.dialogs.stand_in import StandInDialog
from bren_desktop.gui.models.worklist import ITEM_ROLE, Head
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.pages.worklist import ALL, PUT_OFF, WorklistPage
from bren_desktop.gui.widgets import work_words
from bren_desktop.gui.widgets.field import Field
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.context import author
from bren_desktop.services.work_items import Section, WorkItem, WorkReason


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> WorklistPage:
    """As the secretary sees it."""
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.SECRETARIS)
    page = WorklistPage(desk)
    qtbot.addWidget(page)
    page.entered()
    desk.tasks.drain()
    page.show()
    return page


def _rows(page: WorklistPage) -> list[WorkItem | Head]:
    return [page.model.index(row).data(ITEM_ROLE) for row in range(page.model.rowCount())]


def _items(page: WorklistPage) -> list[WorkItem]:
    return [row for row in _rows(page) if isinstance(row, WorkItem)]


def _choose(page: WorklistPage, code: str) -> WorkItem:
    """Walk to a line with the arrow keys, as its user does."""
    QTest.keyClick(page.ui.entries, Qt.Key.Key_Home)
    for _ in range(page.model.rowCount()):
        item = page.current()
        if item is not None and item.code == code:
            return item
        QTest.keyClick(page.ui.entries, Qt.Key.Key_Down)
    raise LookupError(code)


def _type(field: Field, text: str) -> None:
    assert isinstance(field.editor, QWidget)
    QTest.keyClicks(field.editor.focusProxy() or field.editor, text)


def _upwards(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def _dialog(page: WorklistPage, kind: type[QWidget]) -> QWidget:
    return next(widget for widget in page.window().findChildren(kind) if widget.isVisible())


def test_each_section_has_a_head_with_its_number(page: WorklistPage) -> None:
    heads = [row for row in _rows(page) if isinstance(row, Head)]
    assert [head.section for head in heads] == sorted({item.section for item in _items(page)})
    assert sum(head.count for head in heads) == len(_items(page))
    assert heads[0].text() == f"Te laat · {heads[0].count}"


def test_the_keyboard_passes_over_heads(page: WorklistPage) -> None:
    seen = []
    for _ in range(page.model.rowCount()):
        seen.append(page.current())
        QTest.keyClick(page.ui.entries, Qt.Key.Key_Down)
    assert all(item is not None for item in seen)
    assert seen[0] == _items(page)[0]


def test_the_line_that_was_chosen_stays_chosen(page: WorklistPage, desk: Desk) -> None:
    item = _choose(page, "TM-TRIAGE")
    desk.workspace.drafts.keep(desk.workspace.actor, "intake:1", {"hulpvraag": "nog bezig"})
    page.entered()
    desk.tasks.drain()
    assert page.current() == item


def test_the_next_line_takes_the_place_of_one_that_went(page: WorklistPage, desk: Desk) -> None:
    first = _items(page)[0]
    workspace = desk.workspace
    assert page.current() == first
    workspace.cases.amend(workspace.actor, first.entity, Case(), ("datum_aanmelding", "urgentie"))
    page.entered()
    desk.tasks.drain()
    assert page.current() != first
    assert page.current() == _items(page)[0]


def test_a_line_names_no_young_person_in_full(page: WorklistPage) -> None:
    shown = " ".join(str(page.model.index(row).data()) for row in range(page.model.rowCount()))
    assert "Berkenbos" not in shown
    assert "S. B." in shown


def test_enter_opens_the_case_of_the_line_at_its_tab(page: WorklistPage, desk: Desk, qtbot: QtBot) -> None:
    item = _choose(page, "TM-ONTVANGST")
    with qtbot.waitSignal(desk.navigator.case_wanted) as asked:
        QTest.keyClick(page.ui.entries, Qt.Key.Key_Return)
    assert asked.args == [item.entity, "documenten"]


def test_a_concept_opens_at_the_first_field_that_it_lacks(page: WorklistPage, desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(page.chips[WorkReason.INCOMPLETE.value], Qt.Key.Key_Space)
    item = _items(page)[0]
    with qtbot.waitSignal(desk.navigator.case_wanted) as asked:
        QTest.keyClick(page.ui.entries, Qt.Key.Key_Return)
    assert asked.args == [item.entity, f"aanmelding/{item.missing[0]}"]


def test_a_chip_narrows_the_list_to_one_reason(page: WorklistPage) -> None:
    QTest.keyClick(page.chips[WorkReason.STALE.value], Qt.Key.Key_Space)
    assert [item.reason for item in _items(page)] == [WorkReason.STALE]


def test_a_draft_is_offered_and_resumed(page: WorklistPage, desk: Desk, qtbot: QtBot) -> None:
    workspace = desk.workspace
    workspace.drafts.keep(workspace.actor, "intake:1", {"hulpvraag": "nog bezig"})
    page.entered()
    desk.tasks.drain()
    QTest.keyClick(page.chips[WorkReason.DRAFT.value], Qt.Key.Key_Space)
    with qtbot.waitSignal(desk.navigator.intake_wanted) as asked:
        QTest.keyClick(page.ui.entries, Qt.Key.Key_Return)
    assert asked.args == ["intake:1"]


def test_a_deadline_is_put_off_by_keyboard_and_shown_again(page: WorklistPage, desk: Desk, qtbot: QtBot) -> None:
    item = _choose(page, "TM-ONTVANGST")
    QTest.keyClick(page, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    dialog = _dialog(page, SnoozeDialog)
    assert isinstance(dialog, SnoozeDialog)
    _type(dialog.ui.field_tot, "+7d")
    _type(dialog.ui.field_reden, "De verwijzer is op vakantie.")
    QTest.keyClick(dialog.ui.save, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert (item.entity, item.code) not in {(each.entity, each.code) for each in _items(page)}
    QTest.keyClick(page.chips[PUT_OFF], Qt.Key.Key_Space)
    until = date.today() + timedelta(days=7)  # noqa: DTZ011 - the program goes by the date of this computer too
    (line,) = _items(page)
    assert work_words.detail(line) == (
        f"Uitgesteld tot {until:%d-%m-%Y} door Vera Voorzitter, omdat: De verwijzer is op vakantie."
    )
    QTest.keyClick(page, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    assert PUT_OFF not in page.chips
    assert (item.entity, item.code) in {(each.entity, each.code) for each in _items(page)}


def test_a_snooze_without_a_reason_says_so_beside_the_field(page: WorklistPage, desk: Desk) -> None:
    _choose(page, "TM-ONTVANGST")
    QTest.keyClick(page, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    dialog = _dialog(page, SnoozeDialog)
    assert isinstance(dialog, SnoozeDialog)
    _type(dialog.ui.field_tot, "morgen")
    QTest.keyClick(dialog.ui.save, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert dialog.ui.field_reden.has_problem()
    dialog.reject()


def test_what_the_law_asks_cannot_be_put_off_and_it_says_so(page: WorklistPage, desk: Desk, messages: object) -> None:
    _choose(page, "TM-CRISIS")
    QTest.keyClick(page, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert not page.window().findChildren(SnoozeDialog)
    assert "kunt u niet uitstellen" in messages.informed_with[-1]  # type: ignore[attr-defined]


def test_emergency_access_is_judged_from_its_line(page: WorklistPage, desk: Desk) -> None:
    workspace = desk.workspace
    with workspace.context.store.write(author(workspace.actor)) as writer:
        (entity, *_) = writer.entities(Kind.CASE)
        used = EmergencyAccess(casus=entity, persoon="p9", naam="Lid", op=workspace.context.today(), reden="Nood.")
        writer.write(Kind.EMERGENCY_ACCESS, workspace.context.store.new_entity(), flatten(used))
    workspace.actor = replace(workspace.actor, role=Role.VOORZITTER)
    page.entered()
    desk.tasks.drain()
    _choose(page, "besluit-noodtoegang")
    QTest.keyClick(page.ui.entries, Qt.Key.Key_Return)
    dialog = _dialog(page, EmergenciesDialog)
    assert isinstance(dialog, EmergenciesDialog)
    desk.tasks.drain()
    dialog.reject()
    desk.tasks.drain()


def test_what_a_family_or_the_law_asks_is_one_key_away(page: WorklistPage, desk: Desk, qtbot: QtBot) -> None:
    for code, wanted in (
        ("TM-INZAGE", desk.navigator.requests_wanted),
        ("TM-BEWAAR", desk.navigator.erasing_wanted),
    ):
        page._show([WorkItem(kind=Kind.CASE.value, entity="e", title="x", reason=WorkReason.REQUEST, code=code)])
        with qtbot.waitSignal(wanted) as asked:
            QTest.keyClick(page.ui.entries, Qt.Key.Key_Return)
        assert asked.args == ["e"]


def test_standing_in_is_agreed_and_ended(
    page: WorklistPage, desk: Desk, assert_accessible: Callable[[QWidget], None]
) -> None:
    workspace = desk.workspace
    today = workspace.context.today()
    away = StandIn(
        persoon="p9",
        naam="Petra",
        rol="procesregisseur",
        waarnemer=workspace.actor.person,
        waarnemer_naam="Vera",
        van=today,
        tot=today + timedelta(days=7),
    )
    record = workspace.planning.let_stand_in(workspace.actor, away)
    page.ui.stand_in.click()
    desk.tasks.drain()
    dialog = _dialog(page, StandInDialog)
    assert isinstance(dialog, StandInDialog)
    assert_accessible(dialog)
    assert dialog.ui.known.item(0).text().startswith("Vera voor Petra, van ")
    QTest.keyClick(dialog.ui.end, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert record not in [entity for entity, _ in workspace.planning.stand_ins(workspace.actor)]
    dialog.reject()


def test_ones_deadlines_go_to_a_calendar(page: WorklistPage, desk: Desk, tmp_path: Path, messages: object) -> None:
    page.save_calendar(tmp_path / "termijnen.ics")
    desk.tasks.drain()
    assert (tmp_path / "termijnen.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert "zonder namen" in messages.informed_with[-1]  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", Role)
def test_an_empty_list_says_what_would_stand_there(role: Role) -> None:
    assert work_words.nothing_waits(role).endswith(".")


def test_everything_has_a_name(page: WorklistPage, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(page)
    assert page.chips[ALL].isChecked()
    assert {section for section in Section if not work_words.section_words(section)} == set()


@pytest.mark.parametrize(
    ("draft", "signal", "arguments"),
    [
        ("casus:abc", "case_wanted", ["abc", "aanmelding"]),
        ("casus:abc:brief:def", "case_wanted", ["abc", "aanmelding"]),
        ("casus:abc:verzoek:def:kopie", "requests_wanted", ["abc"]),
        ("pareltje:def", "expert_wanted", ["def"]),
        ("intake:1", "intake_wanted", ["intake:1"]),
        ("team", "page_wanted", ["beheer"]),
    ],
)
def test_a_draft_leads_to_its_form(desk: Desk, qtbot: QtBot, draft: str, signal: str, arguments: list[str]) -> None:
    with qtbot.waitSignal(getattr(desk.navigator, signal)) as asked:
        desk.navigator.resume(draft)
    assert asked.args == arguments


def test_the_letterhead_is_named_as_a_draft(page: WorklistPage, desk: Desk) -> None:
    desk.workspace.drafts.keep(desk.workspace.actor, "team", {"telefoon": "070"})
    page.entered()
    desk.tasks.drain()
    shown = [str(page.model.index(row).data()) for row in range(page.model.rowCount())]
    assert any(text.startswith("Briefpapier van het team") for text in shown)


def test_enter_ends_in_the_field_that_lacks(bench: Workbench, qtbot: QtBot) -> None:
    bench.go_to(registry.WORKLIST)
    bench.desk.tasks.drain()
    page = bench.pages[registry.WORKLIST]
    assert isinstance(page, WorklistPage)
    page.chips[WorkReason.INCOMPLETE.value].click()
    field = _items(page)[0].missing[0]
    QTest.keyClick(page.ui.entries, Qt.Key.Key_Return)
    bench.desk.tasks.drain()
    cases = bench.pages[registry.CASES]
    assert isinstance(cases, CasesPage)
    wanted = cases.case.binding.fields[field]
    qtbot.waitUntil(lambda: wanted in _upwards(QApplication.focusWidget()))
