"""The pool as a list: facets by mouse and keyboard, the detail beside it, and a consult in two clicks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.cases import Case
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.consult import ConsultDialog
from bren_desktop.gui.dialogs.exchange_menu import ExchangeMenu
from bren_desktop.gui.dialogs.thin_pool import ThinPoolDialog
from bren_desktop.gui.pages.pool import PoolPage
from bren_desktop.gui.pages.pool_list import PoolList
from bren_desktop.services.rows import ExpertFilter, ExpertRow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def pool(page: PoolPage) -> PoolList:
    return page.list


def _names(pool: PoolList) -> list[str]:
    found = [pool.model.row(number) for number in range(pool.model.total())]
    return [row.naam for row in found if row is not None]


def _focus() -> QWidget:
    widget: QWidget | None = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert widget is not None
    return QApplication.focusWidget() or widget


def test_the_list_shows_everybody_and_marks_the_first(pool: PoolList) -> None:
    assert pool.ui.count.text() == "5 pareltjes"
    assert _names(pool)[0] == "C. Fictief"
    assert pool.ui.name.text() == "C. Fictief"


def test_what_the_detail_says_too_makes_room_where_the_list_is_narrow(pool: PoolList) -> None:
    rows, columns = pool.ui.rows, pool.model.columns
    spare = []
    for width in (880, 1080, 1240, 1400):
        rows.resize(width, 400)
        spare.append({column.key for n, column in enumerate(columns) if column.spare and not rows.isColumnHidden(n)})
        assert rows.horizontalHeader().length() <= rows.viewport().width()
    assert spare == [set(), {"organisatie"}, {"organisatie", "functie"}, {"organisatie", "functie", "soort"}]


def test_the_detail_follows_the_arrow_keys(pool: PoolList) -> None:
    QTest.keyClick(pool.ui.rows, Qt.Key.Key_Down)
    assert pool.ui.name.text() == _names(pool)[1]
    QTest.keyClick(pool.ui.rows, Qt.Key.Key_End, CTRL)
    assert pool.ui.name.text() == _names(pool)[-1]


def test_a_profile_that_nobody_checked_wears_a_badge_with_a_word(pool: PoolList) -> None:
    pool.ui.rows.selectRow(_names(pool).index("E. Ongezien"))
    words = [badge.badge().word for badge in pool.detail.badges if not badge.isHidden()]
    assert words == ["niet beschikbaar", "pareltje", "profiel verouderd"]


def test_facets_narrow_together(pool: PoolList, desk: Desk) -> None:
    pool.chips["beschikbaarheid"].tick("BS-DIRECT", "BS-NIET")
    desk.tasks.drain()
    assert pool.model.total() == 5
    pool.chips["expertise"].tick("EX-ASS")
    desk.tasks.drain()
    assert "E. Ongezien" not in _names(pool)
    assert pool.ui.count.text() == "4 pareltjes"


def test_a_facet_counts_what_a_tick_would_leave(pool: PoolList, desk: Desk) -> None:
    pool.chips["beschikbaarheid"].tick("BS-NIET")
    desk.tasks.drain()
    pool.chips["expertise"].open()
    shown = pool.chips["expertise"].popup()
    assert all(shown.list.item(number).text().endswith("(0)") for number in range(shown.list.count()))
    shown.close()
    pool.chips["beschikbaarheid"].open()
    shown = pool.chips["beschikbaarheid"].popup()
    assert [shown.list.item(number).text() for number in (0, 3)] == ["direct (4)", "niet beschikbaar (1)"]


def test_only_stale_profiles(pool: PoolList, desk: Desk) -> None:
    pool.stale.click()
    desk.tasks.drain()
    assert _names(pool) == ["E. Ongezien"]


def test_a_facet_is_ticked_by_typing(pool: PoolList, desk: Desk) -> None:
    chip = pool.chips["expertise"]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Down)
    typed = chip.popup().typed
    QTest.keyClicks(typed, "eetst")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert chip.codes() == ("EX-EET",)
    assert chip.text().startswith("Expertise: eetstoornissen")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert chip.codes() == ()
    QTest.keyClick(typed, Qt.Key.Key_Escape)
    assert not chip.popup().isVisible()


def test_arrows_walk_through_a_facet_and_space_ticks(pool: PoolList) -> None:
    chip = pool.chips["beschikbaarheid"]
    chip.click()
    shown = chip.popup()
    assert shown.typed.isHidden()
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    QTest.keyClick(shown.list, Qt.Key.Key_Space)
    assert chip.codes() == ("BS-BEPERKT",)
    shown.none.click()
    assert chip.codes() == ()


def test_tab_goes_from_the_facets_to_the_list_and_its_buttons(pool: PoolList) -> None:
    pool.chips["expertise"].setFocus()
    passed = []
    for _ in range(14):
        passed.append(_focus())
        QTest.keyClick(_focus(), Qt.Key.Key_Tab)
    ui = pool.ui
    wanted = [*pool.chips.values(), pool.agreement, pool.stale, ui.thin, ui.columns, ui.exchange, ui.add, ui.rows]
    assert passed == [*wanted, ui.open, ui.consult]


def test_a_list_narrowed_to_nothing_offers_the_way_back(pool: PoolList, desk: Desk) -> None:
    pool.chips["soort"].tick("SE-REGIE")
    desk.tasks.drain()
    assert pool.ui.stack.currentWidget() is pool.ui.empty
    assert pool.ui.empty.ui.title.text() == "Geen pareltje past bij deze filters"
    QTest.keyClick(pool.ui.empty.ui.action, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert pool.ui.count.text() == "5 pareltjes"


def test_a_consult_takes_two_clicks(
    page: PoolPage, desk: Desk, rows: Callable[[], list[ExpertRow]], qtbot: QtBot
) -> None:
    entity = page.list.ui.rows.current().entity
    QTest.mouseClick(page.list.ui.consult, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ConsultDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, ConsultDialog)
    desk.tasks.drain()
    QTest.mouseClick(dialog.ui.save, Qt.MouseButton.LeftButton)
    desk.tasks.drain()
    consults = desk.workspace.pool.consults(desk.workspace.actor, entity)
    assert [consult.datum for _, consult in consults] == [desk.workspace.context.today()]


def test_enter_opens_and_alt_left_comes_back_to_the_same_row(page: PoolPage, desk: Desk) -> None:
    rows = page.list.ui.rows
    QTest.keyClick(rows, Qt.Key.Key_Down)
    entity = rows.current().entity
    QTest.keyClick(rows, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert page.place() == f"pareltje {entity}"
    QTest.keyClick(_focus(), Qt.Key.Key_Left, ALT)
    desk.tasks.drain()
    assert page.place() == "lijst"
    assert rows.hasFocus()
    assert rows.current().entity == entity


def test_a_place_is_found_again_after_unlocking(page: PoolPage, desk: Desk) -> None:
    entity = page.list.ui.rows.current().entity
    page.restore(f"pareltje {entity}")
    desk.tasks.drain()
    assert page.expert.ui.name.text() == "C. Fictief"


def test_a_member_sees_no_way_to_change_the_pool(member_desk: Desk, qtbot: QtBot) -> None:
    shown = PoolList(member_desk)
    qtbot.addWidget(shown)
    assert shown.ui.add.isHidden()
    assert shown.ui.consult.isHidden()
    menu = shown.ui.exchange.menu()
    assert isinstance(menu, ExchangeMenu)
    assert [action.text() for action in menu.actions()] == ["Exporteren naar een bestand…"]


def test_every_control_has_a_name(pool: PoolList, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(pool)
    shown = pool.chips["regio"].popup()
    assert (shown.typed.accessibleName(), shown.list.accessibleName()) == ("Zoeken in Regio", "Regio")


def test_enter_on_thin_expertise_narrows_the_pool_to_it(pool: PoolList, desk: Desk, qtbot: QtBot) -> None:
    workspace = desk.workspace
    asking = [Case(datum_aanmelding=workspace.context.today(), hulpvraag="Wie kent anorexia?") for _ in range(3)]
    workspace.cases.record_all(workspace.actor, asking)
    workspace.understanding.catch_up(workspace.actor, 99)
    QTest.keyClick(pool.ui.rows, Qt.Key.Key_D, ALT)
    qtbot.waitUntil(lambda: bool(pool.window().findChildren(ThinPoolDialog)))
    desk.tasks.drain()
    (dialog,) = pool.window().findChildren(ThinPoolDialog)
    (cell,) = dialog.ui.rows.findItems(vocabulary("expertise_pareltjes").label("EX-EET"), Qt.MatchFlag.MatchExactly)
    dialog.ui.rows.setCurrentItem(cell)
    QTest.keyClick(dialog.ui.rows, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert pool.wanted() == ExpertFilter(expertise=("EX-EET",))
    assert pool.window().focusWidget() is pool.ui.rows
