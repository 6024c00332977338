"""One pareltje: every field has a place, what was typed is kept, saved or refused beside its field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import notes
from bren_desktop.gui.binding import PREFIX
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.consult import ConsultDialog
from bren_desktop.gui.pages.expert import NEW, ExpertPage
from bren_desktop.gui.pages.pool import PoolPage
from bren_desktop.gui.widgets.field import Field
from bren_desktop.gui.widgets.texts import LongText
from bren_desktop.services.rows import ExpertRow

BOOKKEEPING = {"extern_id", "te_coderen"}
NAME = "E. Ongezien"
CTRL = Qt.KeyboardModifier.ControlModifier
Stored = Callable[[str], Expert]


@pytest.fixture
def opened(page: PoolPage, desk: Desk, rows: Callable[[], list[ExpertRow]]) -> ExpertPage:
    """The profile of somebody whom nobody ever checked."""
    page.open_entity(next(row.entity for row in rows() if row.naam == NAME), "")
    desk.tasks.drain()
    return page.expert


@pytest.fixture
def new(page: PoolPage, desk: Desk) -> ExpertPage:
    page.list.ui.add.click()
    desk.tasks.drain()
    return page.expert


def _focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _type(expert: ExpertPage, key: str, text: str) -> None:
    expert.binding.fields[key].setFocus()
    QTest.keyClicks(_focus(), text)


def test_every_field_of_a_pareltje_has_one_place(opened: ExpertPage) -> None:
    placed = Counter(field.objectName().removeprefix(PREFIX) for field in opened.findChildren(Field))
    assert set(placed) == set(notes(Expert)) - BOOKKEEPING
    assert set(placed.values()) == {1}
    assert all(field.editor is not None for field in opened.findChildren(Field))


def test_ctrl_s_saves_only_what_was_typed(opened: ExpertPage, desk: Desk, stored: Stored) -> None:
    colleague = stored(NAME).model_copy(update={"telefoon": "06-00000009"})
    desk.workspace.pool.amend(desk.workspace.actor, opened.entity, colleague, ("telefoon",))
    _type(opened, "organisatie", "Praktijk Verzonnen")
    QTest.keyClick(_focus(), Qt.Key.Key_S, CTRL)
    after = stored(NAME)
    assert (after.organisatie, after.telefoon) == ("Praktijk Verzonnen", "06-00000009")
    assert desk.workspace.drafts.all(desk.workspace.actor) == []
    assert opened.binding.touched() == {}


def test_saving_leaves_the_keyboard_where_it_was(opened: ExpertPage, desk: Desk) -> None:
    _type(opened, "mandaat", "Regelt een plek")
    before = _focus()
    QTest.keyClick(before, Qt.Key.Key_S, CTRL)
    desk.tasks.drain()
    assert _focus() is before


def test_what_was_typed_comes_back_after_leaving(page: PoolPage, opened: ExpertPage, desk: Desk) -> None:
    entity = opened.entity
    _type(opened, "organisatie", "Half afgemaakt")
    page.show_list()
    page.open_entity(entity, "")
    desk.tasks.drain()
    assert opened.ui.draft_keep.hasFocus()
    assert opened.binding.raw()["organisatie"] == ""
    opened.ui.draft_keep.click()
    assert opened.binding.raw()["organisatie"] == "Half afgemaakt"


def test_a_draft_that_is_not_wanted_is_forgotten(page: PoolPage, opened: ExpertPage, desk: Desk) -> None:
    _type(opened, "organisatie", "Half afgemaakt")
    page.show_list()
    page.open_entity(opened.entity, "")
    desk.tasks.drain()
    opened.ui.draft_drop.click()
    desk.tasks.drain()
    assert opened.ui.draft_bar.isHidden()
    assert desk.workspace.drafts.all(desk.workspace.actor) == []


def test_ages_in_the_wrong_order_are_said_beside_the_field(opened: ExpertPage, stored: Stored) -> None:
    _type(opened, "leeftijd_van", "18")
    _type(opened, "leeftijd_tot", "6")
    opened.binding.fields["naam"].setFocus()
    reason = "De leeftijd vanaf is hoger dan de leeftijd tot en met."
    assert opened.binding.fields["leeftijd_van"].hint() == reason
    opened.save()
    assert stored(NAME).leeftijd_van is None
    assert opened.binding.fields["leeftijd_van"].isAncestorOf(_focus())


def test_a_new_pareltje_needs_a_name(new: ExpertPage, desk: Desk, rows: Callable[[], list[ExpertRow]]) -> None:
    _type(new, "organisatie", "Praktijk Verzonnen")
    new.ui.save.click()
    desk.tasks.drain()
    assert "naam van het pareltje" in new.binding.fields["naam"].hint()
    assert len(rows()) == 5
    assert new.binding.raw()["organisatie"] == "Praktijk Verzonnen"


def test_a_new_pareltje_is_recorded_by_keyboard(new: ExpertPage, desk: Desk, stored: Stored) -> None:
    _type(new, "naam", "F. Nieuw")
    _type(new, "adres", "Verzonnenlaan 1")
    QTest.keyClick(_focus(), Qt.Key.Key_Return)
    QTest.keyClicks(_focus(), "1234 AB Nergenshuizen")
    _type(new, "expertise", "eetst")
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup or _focus(), Qt.Key.Key_Return)
    new.save()
    expert = stored("F. Nieuw")
    assert expert.expertise == ("EX-EET",)
    assert expert.adres.splitlines() == ["Verzonnenlaan 1", "1234 AB Nergenshuizen"]
    assert new.ui.name.text() == "F. Nieuw"
    assert new.entity != NEW
    assert desk.workspace.drafts.all(desk.workspace.actor) == []


def test_the_address_has_room_for_lines(opened: ExpertPage) -> None:
    assert isinstance(opened.binding.fields["adres"].editor, LongText)


def test_confirming_a_profile_takes_its_badge_away(opened: ExpertPage, desk: Desk, stored: Stored) -> None:
    assert opened.ui.stale.badge().word == "profiel verouderd"
    opened.ui.confirm.click()
    assert stored(NAME).profiel_gecontroleerd == desk.workspace.context.today()
    assert opened.ui.stale.isHidden()


def test_a_profile_of_a_year_and_a_day_is_stale(page: PoolPage, opened: ExpertPage, desk: Desk, stored: Stored) -> None:
    today = desk.workspace.context.today()
    for age, stale in ((365, False), (366, True)):
        checked = stored(NAME).model_copy(update={"profiel_gecontroleerd": today - timedelta(days=age)})
        desk.workspace.pool.amend(desk.workspace.actor, opened.entity, checked)
        page.open_entity(opened.entity, "")
        desk.tasks.drain()
        assert opened.ui.stale.isHidden() is not stale


def test_a_consult_shows_on_the_profile(opened: ExpertPage, desk: Desk, qtbot: QtBot) -> None:
    assert opened.ui.consults.isHidden()
    opened.ui.consult.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ConsultDialog))
    desk.tasks.drain()
    QTest.keyClick(_focus(), Qt.Key.Key_Return)
    desk.tasks.drain()
    assert opened.ui.consults.count() == 1
    assert "30 minuten" in opened.ui.consults.item(0).text()


def test_a_member_reads_a_profile_and_cannot_change_it(member_desk: Desk, opened: ExpertPage, qtbot: QtBot) -> None:
    shown = ExpertPage(member_desk)
    qtbot.addWidget(shown)
    shown.show()
    shown.open(opened.entity)
    member_desk.tasks.drain()
    assert shown.ui.name.text() == NAME
    assert not any(field.isEnabled() for field in shown.binding.fields.values())
    assert shown.ui.save.isHidden()
    assert shown.ui.confirm.isHidden()
    assert shown.ui.consult.isHidden()


def test_every_control_has_a_name(opened: ExpertPage, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(opened)
