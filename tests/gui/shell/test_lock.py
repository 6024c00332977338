"""Unlocking, locking and coming back, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.gui.dialogs.address import OrganisationDialog
from bren_desktop.gui.dialogs.unlock import UnlockPanel
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.preferences import Preferences
from bren_desktop.services.rows import CaseFilter, Page
from bren_desktop.services.workspace import Workspace

Unlock = Callable[[MainWindow], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def _panel(window: MainWindow) -> UnlockPanel:
    panel = window.findChild(UnlockPanel)
    assert isinstance(panel, UnlockPanel)
    return panel


def _bench_of(window: MainWindow) -> QWidget:
    assert window.session is not None
    return window.session.workbench


def test_the_cursor_stands_in_the_passphrase(locked: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: locked.focusWidget() is _panel(locked).ui.passphrase)


def test_a_wrong_passphrase_is_said_and_can_be_typed_again(locked: MainWindow, unlock: Unlock, qtbot: QtBot) -> None:
    panel = _panel(locked)
    QTest.keyClicks(panel.ui.passphrase, "helemaal verkeerd gedacht")
    QTest.keyClick(panel.ui.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.ui.notice.isVisible)
    assert "wachtwoord klopt niet" in panel.ui.problem.text()
    assert panel.ui.passphrase.isEnabled()
    assert locked.session is None
    unlock(locked)
    assert locked.session is not None


def test_what_is_typed_on_a_wrong_try_is_replaced_by_the_next(locked: MainWindow, qtbot: QtBot) -> None:
    panel = _panel(locked)
    QTest.keyClicks(panel.ui.passphrase, "helemaal verkeerd gedacht")
    QTest.keyClick(panel.ui.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.ui.notice.isVisible)
    QTest.keyClicks(panel.ui.passphrase, "x")
    assert panel.ui.passphrase.text() == "x"


def test_progress_is_shown_while_the_key_is_derived(locked: MainWindow, qtbot: QtBot) -> None:
    panel = _panel(locked)
    QTest.keyClicks(panel.ui.passphrase, "helemaal verkeerd gedacht")
    QTest.keyClick(panel.ui.passphrase, Qt.Key.Key_Return)
    assert panel.ui.working.isVisible()
    assert not panel.ui.open.isEnabled()
    qtbot.waitUntil(panel.ui.notice.isVisible)
    assert not panel.ui.working.isVisible()


def test_caps_lock_is_noticed(locked: MainWindow) -> None:
    panel = _panel(locked)
    QTest.keyClicks(panel.ui.passphrase, "A", Qt.KeyboardModifier.NoModifier)
    assert panel.ui.caps_lock.isVisible()
    QTest.keyClicks(panel.ui.passphrase, "a")
    assert not panel.ui.caps_lock.isVisible()


def test_ctrl_l_locks_and_forgets_the_content(window: MainWindow, workspace_of: Workspace, qtbot: QtBot) -> None:
    QTest.keyClick(_bench_of(window), Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: window.session is None)
    assert _panel(window).isVisible()
    assert window.windowTitle() == "BREN Desktop"
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever a closed store raises
        workspace_of.cases.count(workspace_of.actor, None)  # type: ignore[arg-type]


@pytest.fixture
def workspace_of(window: MainWindow) -> Workspace:
    assert window.session is not None
    return window.session.desk.workspace


def test_after_unlocking_the_same_field_and_text_are_back(window: MainWindow, unlock: Unlock, qtbot: QtBot) -> None:
    assert window.session is not None
    window.session.workbench.go_to("beheer")
    window.session.desk.tasks.drain()
    phone = window.findChild(QLineEdit, "telefoon")
    assert isinstance(phone, QLineEdit)
    phone.setFocus()
    QTest.keyClicks(phone, "070 123 45 67")
    phone.setCursorPosition(3)
    QTest.keyClick(phone, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: window.session is None)
    unlock(window)
    assert window.session is not None
    again = window.session.workbench.findChild(QLineEdit, "telefoon")
    assert isinstance(again, QLineEdit)
    qtbot.waitUntil(again.hasFocus)
    assert again.text() == "070 123 45 67"
    assert again.cursorPosition() == 3


def test_a_lock_keeps_the_draft_of_an_open_dialog_and_closes_it(window: MainWindow) -> None:
    kept: list[str] = []

    class Dialog(QDialog):
        def keep_draft(self) -> None:
            kept.append("bewaard")

    dialog = Dialog(window)
    dialog.open()
    window.lock()
    assert kept == ["bewaard"]
    assert not dialog.isVisible()


def test_a_lock_over_the_address_book_keeps_what_was_typed_in_it(
    window: MainWindow, unlock: Unlock, qtbot: QtBot
) -> None:
    assert window.session is not None
    window.session.desk.navigator.open_addresses("organisatie")
    window.session.desk.tasks.drain()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), OrganisationDialog))
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "School Verzonnen")
    window.lock()
    assert not [each for each in window.findChildren(QDialog) if each.isVisible()]
    unlock(window)
    workspace = window.session.desk.workspace
    draft = workspace.drafts.get(workspace.actor, "adres:organisatie")
    assert draft is not None
    assert draft.fields == {"naam": "School Verzonnen"}


def test_a_lock_at_the_table_brings_back_the_discussion_as_it_was_typed(
    window: MainWindow, unlock: Unlock, qtbot: QtBot
) -> None:
    assert window.session is not None
    desk = window.session.desk
    case = desk.workspace.cases.page(desk.workspace.actor, CaseFilter(), Page())[0].entity
    desk.navigator.open_case(case, "advies")
    desk.tasks.drain()
    button = window.findChild(QPushButton, "new_discussion")
    assert isinstance(button, QPushButton)
    button.click()
    desk.tasks.drain()
    _question(window).setFocus()
    QTest.keyClicks(_question(window), "Waar kan zij wonen")
    QTest.keyClick(_question(window), Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: window.session is None)
    unlock(window)
    assert window.session is not None
    window.session.desk.tasks.drain()
    qtbot.waitUntil(lambda: _question(window).hasFocus())
    assert _question(window).toPlainText() == "Waar kan zij wonen"


def _question(window: MainWindow) -> QPlainTextEdit:
    field = window.findChild(QWidget, "field_vraag")
    assert isinstance(field, QWidget)
    text = field.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    return text


def test_nothing_of_a_case_is_remembered_outside_the_store(window: MainWindow) -> None:
    assert window.session is not None
    window.session.workbench.go_to("beheer")
    window.close()
    assert Preferences().page == "beheer"
    keys = Preferences()._settings.allKeys()
    assert {key.partition("/")[0] for key in keys} <= {"geometry", "page", "theme", "size", "lists"}


def test_every_control_before_unlocking_has_a_name(
    locked: MainWindow, assert_accessible: Callable[[QWidget], None]
) -> None:
    assert_accessible(_panel(locked))
