"""Attachments on the tab Documenten: by drag, by button and with the keyboard."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.errors import UnreadableFileError
from bren_desktop.gui import pdf_pages
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.attachment_view import MOST_PAGES, AttachmentView
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.pages.case.page import CasePage
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.pdf_pages import first_pages, picture_page, rendered
from bren_desktop.services.rows import CaseRow

TEXT = b"Verslag van de school."


@pytest.fixture
def opened(page: CasesPage, desk: Desk, noor: CaseRow) -> CasePage:
    """The case of Noor, open at her documents."""
    page.open_entity(noor.entity, "documenten")
    desk.tasks.drain()
    return page.case


def picture() -> bytes:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn = QImage(60, 40, QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.darkGreen)
    drawn.save(held, "PNG")  # type: ignore[call-overload] # the stubs want the format as bytes
    return bytes(held.data().data())


def files(folder: Path, **content: bytes) -> list[Path]:
    made = [folder / name.replace("_", ".") for name in content]
    for path, data in zip(made, content.values(), strict=True):
        path.write_bytes(data)
    return made


def rows(page: CasePage) -> list[list[str]]:
    model = page.tabs.documents.attachments.ui.files.model()
    return [[str(model.index(row, column).data()) for column in range(3)] for row in range(model.rowCount())]


def test_what_is_dropped_comes_in_and_what_may_not_is_named(opened: CasePage, desk: Desk, tmp_path: Path) -> None:
    panel = opened.tabs.documents.attachments
    assert panel.acceptDrops()
    brought = QMimeData()
    paths = files(tmp_path, verslag_txt=TEXT, vreemd_pdf=b"MZ\x90", leeg_txt=b"", scan_tif=b"II*\x00")
    brought.setUrls([QUrl.fromLocalFile(str(path)) for path in (*paths, tmp_path / "weg.txt")])
    where, key = QPoint(10, 10), Qt.KeyboardModifier.NoModifier
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enters = QDragEnterEvent(where, copy, brought, button, key)
    QApplication.sendEvent(panel, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(panel, QDropEvent(where.toPointF(), copy, brought, button, key))
    desk.tasks.drain()
    assert sorted(rows(opened)) == [["scan.tif", "scan (TIFF)", "0,1 MB"], ["verslag.txt", "platte tekst", "0,1 MB"]]
    told = panel.ui.problem.text().splitlines()
    assert sorted(line.partition(":")[0] for line in told) == ["leeg.txt", "scan.tif", "vreemd.pdf", "weg.txt"]
    assert any("scan.tif: toegevoegd. Er kunnen gegevens in staan over plaats" in line for line in told)
    assert any("vreemd.pdf: Dit is een programma" in line for line in told)
    assert panel.ui.problem.isVisible()


def test_a_picture_is_looked_at_in_memory_and_leaves_with_a_trace(
    opened: CasePage, desk: Desk, noor: CaseRow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, data = opened.tabs.documents.attachments, picture()
    panel.take(files(tmp_path, foto_png=data))
    desk.tasks.drain()
    panel.ui.files.setFocus()
    QTest.keyClick(panel.ui.files, Qt.Key.Key_Return)
    desk.tasks.drain()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), AttachmentView))
    view = QApplication.activeWindow()
    assert isinstance(view, AttachmentView)
    desk.tasks.drain()
    assert len(view.ui.pages.findChildren(QLabel)) == 1
    asked: list[str] = []

    def chosen(*args: object, **_: object) -> tuple[str, str]:
        asked.append(str(args[2]))
        return str(tmp_path / "uit"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    view.reject()
    assert (tmp_path / "uit.png").read_bytes() == data
    assert "foto" not in Path(asked[0]).name
    entries = desk.workspace.readlog.entries(desk.workspace.actor, noor.entity)
    assert [entry.action for entry in entries if "bijlage" in f"{entry.action} {entry.detail}"] == [
        "opslaan als bestand",
        "bijlage lezen",
    ]


def test_what_cannot_be_looked_at_is_offered_to_save(
    opened: CasePage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = opened.tabs.documents.attachments
    panel.take(files(tmp_path, verslag_txt=TEXT))
    desk.tasks.drain()
    assert not panel.ui.look.isVisible()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "uit.txt"), ""))
    panel.ui.files.setFocus()
    QTest.keyClick(panel.ui.files, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert (tmp_path / "uit.txt").read_bytes() == TEXT


def test_one_is_put_away_after_a_question(opened: CasePage, desk: Desk, tmp_path: Path, messages: Messages) -> None:
    panel = opened.tabs.documents.attachments
    panel.take(files(tmp_path, verslag_txt=TEXT))
    desk.tasks.drain()
    for answer, left in ((False, 1), (True, 0)):
        messages.answer = answer  # type: ignore[attr-defined] # the double of the conftest
        QTest.keyClick(panel.ui.set_aside, Qt.Key.Key_Space)
        desk.tasks.drain()
        assert len(rows(opened)) == left


def test_a_pdf_that_is_none_is_refused_with_a_sentence(
    opened: CasePage, desk: Desk, tmp_path: Path, messages: Messages
) -> None:
    panel = opened.tabs.documents.attachments
    panel.take(files(tmp_path, stuk_pdf=b"%PDF-1.7 stuk"))
    desk.tasks.drain()
    QTest.keyClick(panel.ui.look, Qt.Key.Key_Space)
    desk.tasks.drain()
    assert "kan hier niet worden getoond" in str(messages.failed_with[-1])  # type: ignore[attr-defined]


def test_a_long_pdf_shows_its_first_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    document, written = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(MOST_PAGES + 5):
        document.new_page(14_000, 14_000)
    document.save(written)
    pdf, count = first_pages(written.getvalue(), MOST_PAGES)
    assert count == MOST_PAGES + 5
    few, _ = first_pages(pdf, 1)
    [page] = rendered(few, 96)
    assert page.width() * page.height() <= 41_000_000
    monkeypatch.setattr(pdf_pages, "_MOST_IN_ALL", 300_000)
    assert sum(each.width() * each.height() for each in rendered(pdf, 96)) <= 310_000


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(UnreadableFileError):
        picture_page(b"\x89PNG\r\n\x1a\n stuk")


def test_who_only_reads_takes_nothing_in(opened: CasePage, desk: Desk, noor: CaseRow, tmp_path: Path) -> None:
    panel = opened.tabs.documents.attachments
    panel.take(files(tmp_path, verslag_txt=TEXT))
    desk.tasks.drain()
    desk.workspace.actor = replace(desk.workspace.actor, role=Role.LID)
    opened.open(noor.entity, "documenten")
    desk.tasks.drain()
    assert not panel.acceptDrops()
    assert not panel.ui.add.isVisible()
    assert not panel.ui.set_aside.isVisible()
    assert panel.ui.save_as.isVisible()


def test_every_control_has_a_name(opened: CasePage, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(opened.tabs.documents)
