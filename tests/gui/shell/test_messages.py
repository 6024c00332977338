"""What the user is told, always as plain text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from bren_desktop.errors import InvalidInputError, WrongPassphraseError
from bren_desktop.gui.messages import Messages, sentence
from bren_desktop.gui.workbench import Workbench


@pytest.fixture
def said(bench: Workbench) -> Messages:
    return bench.desk.messages


def test_a_failure_stands_above_the_page_until_it_is_closed(bench: Workbench, said: Messages) -> None:
    said.fail(WrongPassphraseError())
    assert bench.ui.notice.isVisible()
    assert bench.ui.notice.property("tone") == "alarm"
    QTest.keyClick(bench.ui.notice_close, Qt.Key.Key_Space)
    assert not bench.ui.notice.isVisible()


def test_text_of_people_is_never_markup(bench: Workbench, said: Messages) -> None:
    hostile = "<img src='//elders/x'><b>vet</b>"
    said.fail(InvalidInputError("{text} kan niet.", text=hostile))
    said.inform(hostile)
    assert bench.ui.notice_text.textFormat() == Qt.TextFormat.PlainText
    assert bench.ui.message.textFormat() == Qt.TextFormat.PlainText
    assert hostile in bench.ui.notice_text.text()


def test_a_last_change_can_be_taken_back_once(bench: Workbench, said: Messages) -> None:
    undone: list[str] = []
    said.undoable("De casus is opgeslagen.", lambda: undone.append("terug"))
    assert bench.ui.undo.isVisible()
    QTest.keyClick(bench.ui.undo, Qt.Key.Key_Space)
    assert undone == ["terug"]
    assert not bench.ui.undo.isVisible()


def test_another_message_takes_the_way_back_away(bench: Workbench, said: Messages) -> None:
    said.undoable("De casus is opgeslagen.", lambda: None)
    said.inform("Iets anders.")
    assert not bench.ui.undo.isVisible()
    assert bench.ui.message.text() == "Iets anders."


def test_a_failure_below_an_open_dialog_comes_in_front_of_it(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    texts: list[str] = []

    def close() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        texts.append(box.text())
        assert box.textFormat() == Qt.TextFormat.PlainText
        box.buttons()[0].click()

    QTimer.singleShot(0, close)
    Messages().fail(WrongPassphraseError())
    assert texts == [str(WrongPassphraseError())]
    dialog.close()


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Escape, False), (Qt.Key.Key_Space, True)])
def test_a_question_is_answered_by_the_verb_or_escape(key: Qt.Key, answer: bool, qtbot: QtBot) -> None:
    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert [button.text() for button in box.buttons()] == ["Verwijderen", "Annuleren"]
        assert box.defaultButton() is box.buttons()[1], "nothing goes for good by one Enter too many"
        QTest.keyClick(box.buttons()[0], key)

    QTimer.singleShot(0, press)
    assert Messages().confirm("Dit kan niet terug.", "Verwijderen") is answer


def test_a_sentence_is_the_template_with_its_values() -> None:
    assert sentence(InvalidInputError("Rij {line} mist {what}.", line=3, what="regio")) == "Rij 3 mist regio."
