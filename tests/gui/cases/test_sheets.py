"""The casuskaarten of several cases from the list: one PDF, each on a sheet of its own, and logged per case."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.preview import PreviewDialog
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.pages import case_handing
from bren_desktop.gui.pages.cases import CasesPage


def print_sheets(page: CasesPage, desk: Desk) -> None:
    page.list.handing.menu.actions()[0].trigger()
    desk.tasks.drain()


def test_each_case_begins_on_a_sheet_of_its_own_and_is_logged(
    page: CasesPage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def chosen(*args: object, **_: object) -> tuple[str, str]:
        asked.append(Path(str(args[2])).name)
        return str(tmp_path / "uit.pdf"), ""

    page.list.ui.rows.selectAll()
    rows = page.list.ui.rows.chosen()
    print_sheets(page, desk)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreviewDialog))
    preview = QApplication.activeWindow()
    assert isinstance(preview, PreviewDialog)
    desk.tasks.drain()
    assert len(preview.ui.pages.findChildren(QLabel)) % 2 == 0
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    QTest.keyClick(preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    preview.reject()
    assert asked == ["Casuskaarten.pdf"]
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "uit.pdf")]
    starts = [number for number, text in enumerate(texts) if "1 van " in text or "Casuskaart" in text]
    for row in rows:
        first = next(number for number in starts if row.nummer in texts[number])
        assert first % 2 == 0
        actions = [entry.action for entry in desk.workspace.readlog.entries(desk.workspace.actor, row.entity)]
        assert {"casuskaart maken", "opslaan als bestand"} <= set(actions)
        ((_, filed),) = desk.workspace.dossier.documents(desk.workspace.actor, row.entity)
        assert (filed.soort, filed.is_concept) == ("Casuskaart", False)


def test_nothing_chosen_or_too_many_is_said(
    page: CasesPage, desk: Desk, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.list.ui.rows.clearSelection()
    print_sheets(page, desk)
    page.list.ui.rows.selectAll()
    monkeypatch.setattr(case_handing, "MOST_SHEETS", 2)
    print_sheets(page, desk)
    assert [text[:20] for text in messages.informed_with[-2:]] == [  # type: ignore[attr-defined] # the double
        "Kies eerst een of me",
        "Kies hooguit 2 casus",
    ]
