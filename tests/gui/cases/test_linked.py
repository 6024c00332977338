"""Cases that belong together, on the page of each, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.link_case import LinkDialog
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.pages.case.page import CasePage
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.told_item import TOLD_ROLE, Told
from bren_desktop.services.rows import CaseRow

if TYPE_CHECKING:
    from tests.gui.conftest import Find

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sister(desk: Desk) -> str:
    """A case of somebody with the same surname as Noor."""
    return desk.workspace.cases.record(desk.workspace.actor, Case(roepnaam="Tess", achternaam="Voorbeeld")).entity


@pytest.fixture
def opened(page: CasesPage, desk: Desk, noor: CaseRow, sister: str) -> CasePage:
    """The case of Noor, open where her family stands."""
    page.open_entity(noor.entity, "jeugdige")
    desk.tasks.drain()
    return page.case


def _lines(page: CasePage) -> list[Told]:
    links = page.tabs.family.ui.links
    return [links.item(row).data(TOLD_ROLE) for row in range(links.count())]


def test_a_sister_is_found_linked_and_opened_without_a_mouse(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    assert opened.tabs.family.ui.no_links.isVisible()
    QTest.keyClick(opened.tabs.family.ui.add_link, Qt.Key.Key_Space)
    window = dialog(LinkDialog)
    assert [window.ui.found.item(row).text() for row in range(window.ui.found.count())] == ["CONCEPT-AA0003 · T. V."]
    kind = window.ui.field_soort.editor
    assert kind is not None
    assert kind.hasFocus()
    QTest.keyClicks(kind, "broer")
    QTest.keyClick(kind, Qt.Key.Key_Tab)
    assert window.ui.search.hasFocus()
    QTest.keyClick(window.ui.search, Qt.Key.Key_Return)
    QTest.keyClick(window.ui.found, Qt.Key.Key_Down)
    QTest.keyClick(window.ui.found, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert [(line.title, line.text) for line in _lines(opened)] == [
        ("CONCEPT-AA0003 · T. V.", "broer of zus · concept")
    ]
    QTest.keyClick(opened.tabs.family.ui.links, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert opened.ui.initials.text() == "T. V."
    assert [line.title for line in _lines(opened)] == [noor.title]


def test_without_a_case_it_asks_which(opened: CasePage, desk: Desk, dialog: Find) -> None:
    opened.tabs.family.ui.add_link.click()
    window = dialog(LinkDialog)
    window.save()
    assert "Zoek de andere casus" in window.ui.problem.text()
    assert window.ui.search.hasFocus()
    window.reject()


def test_without_a_kind_it_is_refused_at_its_field(opened: CasePage, desk: Desk, dialog: Find, qtbot: QtBot) -> None:
    opened.tabs.family.ui.add_link.click()
    window = dialog(LinkDialog)
    window.ui.search.setFocus()
    QTest.keyClicks(window.ui.search, "Berkenbos")
    qtbot.waitUntil(lambda: window.ui.found.count() == 1 and "S. B." in window.ui.found.item(0).text())
    window.save()
    desk.tasks.drain()
    assert "Kies hoe de casussen bij elkaar horen." in window.ui.field_soort.hint()
    window.reject()


def test_a_link_is_ended_after_a_question(
    opened: CasePage, desk: Desk, noor: CaseRow, sister: str, messages: Messages
) -> None:
    desk.workspace.links.add(desk.workspace.actor, noor.entity, sister, "SV-BRZ")
    opened.open(noor.entity, "jeugdige")
    desk.tasks.drain()
    messages.answer = False  # type: ignore[attr-defined]  # the double of the conftest
    QTest.keyClick(opened.tabs.family.ui.end_link, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert len(_lines(opened)) == 1
    messages.answer = True  # type: ignore[attr-defined]
    QTest.keyClick(opened.tabs.family.ui.end_link, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert _lines(opened) == []


def test_who_only_reads_may_only_open(opened: CasePage, desk: Desk, noor: CaseRow, sister: str) -> None:
    desk.workspace.links.add(desk.workspace.actor, noor.entity, sister, "SV-BRZ")
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.LID)
    opened.open(noor.entity, "jeugdige")
    desk.tasks.drain()
    ui = opened.tabs.family.ui
    assert ui.open_link.isVisible()
    assert not ui.add_link.isVisible()
    assert not ui.end_link.isVisible()


def test_every_control_has_a_name(opened: CasePage, dialog: Find, assert_accessible: Callable[[QWidget], None]) -> None:
    opened.tabs.family.ui.add_link.click()
    window = dialog(LinkDialog)
    assert_accessible(window)
    window.reject()
