"""Spelling in long texts: waves below what nobody knows, mended with the keyboard, and words of the team."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.gui import spelling
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.spelling import Speller
from bren_desktop.gui.widgets.texts import LongText


@pytest.fixture
def speller(desk: Desk, qtbot: QtBot) -> Iterator[Speller]:
    """The speller of an open session, its list loaded."""
    parent = QObject()
    made = Speller(desk, parent)
    spelling.use(made)
    made.start()
    desk.tasks.drain()
    yield made
    desk.tasks.drain()
    spelling.use(None)


@pytest.fixture
def edit(speller: Speller, qtbot: QtBot) -> LongText:
    shown = LongText()
    qtbot.addWidget(shown)
    shown.resize(600, 200)
    shown.show()
    return shown


def marked(edit: LongText, text: str) -> list[str]:
    edit.set_raw(text)
    edit.marks.mark()
    return edit.marks.marked()


def actions(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def asked(edit: LongText, desk: Desk) -> QMenu:
    """The menu once what was meant is known."""
    menu = edit.marks.menu(None)
    desk.tasks.drain()
    return menu


def test_only_what_nobody_knows_is_marked_and_the_text_is_not_touched(edit: LongText, qtbot: QtBot) -> None:
    QTest.keyClicks(edit, "Noor krijgt jeughulp en gezinsbehandeling van Xqzzt")
    touched: list[bool] = []
    edit.edited.connect(lambda: touched.append(True))
    qtbot.waitUntil(lambda: edit.marks.marked() == ["jeughulp"])
    assert not touched


def test_the_words_of_the_field_are_known_as_they_are_written(edit: LongText) -> None:
    assert marked(edit, "zij krijgt vaktherapie, en cultuursensitief, geen vaktherapei") == ["vaktherapei"]


def test_a_word_is_mended_from_the_menu_and_that_can_be_undone(edit: LongText, desk: Desk) -> None:
    assert marked(edit, "zij krijgt jeughulp hier") == ["jeughulp"]
    cursor = edit.textCursor()
    cursor.setPosition(14)
    edit.setTextCursor(cursor)
    menu = asked(edit, desk)
    assert actions(menu)[0] == "jeugdhulp"
    menu.actions()[0].trigger()
    assert edit.raw() == "zij krijgt jeugdhulp hier"
    edit.undo()
    assert edit.raw() == "zij krijgt jeughulp hier"


def test_a_word_of_the_team_is_known_until_it_is_taken_out(edit: LongText, desk: Desk, speller: Speller) -> None:
    for title, after in (("Toevoegen aan woordenlijst", []), ("Uit de woordenlijst halen", ["zorgplusje"])):
        edit.set_raw("zorgplusje")
        menu = edit.marks.menu(None)
        menu.actions()[actions(menu).index(title)].trigger()
        desk.tasks.drain()
        assert marked(edit, "zorgplusje") == after
    assert speller.may_learn()


def test_names_of_the_case_are_never_marked_and_cannot_be_learnt(edit: LongText, speller: Speller) -> None:
    assert marked(edit, "zeewier xandra") == ["xandra"]
    speller.name(Case(roepnaam="Xandra", achternaam="Zonnedauw-Qwist"))
    assert marked(edit, "xandra qwist Xandra") == []
    assert not any("woordenlijst" in title for title in actions(edit.marks.menu(None)))


def test_who_may_not_change_the_team_may_still_mend(edit: LongText, desk: Desk, speller: Speller) -> None:
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.PROCESREGISSEUR)
    marked(edit, "jeughulp")
    titles = actions(asked(edit, desk))
    assert "jeugdhulp" in titles
    assert "Toevoegen aan woordenlijst" not in titles


def test_only_what_is_in_view_is_judged(edit: LongText) -> None:
    assert 0 < len(marked(edit, "jeughulp\n" * 20_000)) < 100
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.marks.mark()
    assert edit.marks.marked()


def test_what_can_only_be_read_and_a_locked_window_bear_no_marks(edit: LongText) -> None:
    edit.setReadOnly(True)
    assert marked(edit, "jeughulp") == []
    edit.setReadOnly(False)
    spelling.use(None)
    assert marked(edit, "jeughulp") == []


def test_the_menu_opens_with_the_keyboard(edit: LongText, qtbot: QtBot) -> None:
    edit.set_raw("gezinsbehandling")
    wanted = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(9, 9), edit.mapToGlobal(QPoint(9, 9)))
    QApplication.sendEvent(edit, wanted)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert actions(menu)[:2] == ["Verbeteringen zoeken…", "Toevoegen aan woordenlijst"]
    qtbot.waitUntil(lambda: actions(menu)[0] == "gezinsbehandeling")
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert edit.raw() == "gezinsbehandeling"


def test_a_word_that_is_like_no_other_says_so_and_a_menu_that_closed_is_let_be(edit: LongText, desk: Desk) -> None:
    edit.set_raw("xqzzt")
    assert actions(asked(edit, desk))[0] == "Geen verbetering gevonden"
    menu = edit.marks.menu(None)
    menu.deleteLater()
    QCoreApplication.sendPostedEvents(menu, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(menu)
    desk.tasks.drain()
