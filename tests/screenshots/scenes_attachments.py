"""Attachments of a case: on the tab Documenten, and one that is looked at."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from bren_desktop.errors import InvalidInputError
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.rows import CaseFilter, Page
from tests.screenshots.stage import Stage


def _drawing() -> bytes:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn = QImage(900, 600, QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.darkCyan)
    drawn.save(held, "PNG")  # type: ignore[call-overload] # the stubs want the format as bytes
    return bytes(held.data().data())


def _page(stage: Stage) -> CasesPage:
    """A case with three attachments, and one that was refused."""
    actor, workspace = stage.workspace.actor, stage.workspace
    row = workspace.cases.page(actor, CaseFilter(), Page())[0]
    files = {
        "Onderzoeksverslag 2025.txt": b"Verzonnen verslag.\n" * 90_000,
        "Tekening gezin.png": _drawing(),
        "Mail van school.eml": b"From: a@voorbeeld.test\r\nSubject: Verslag\r\n\r\nDag.",
    }
    with suppress(InvalidInputError):
        for name, data in files.items():
            workspace.attachments.add(actor, row.entity, name, data)
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError("the cases are shown by another page")
    page.open_entity(row.entity, "documenten")
    stage.settle()
    return page


def scene_attachments(stage: Stage) -> QPixmap:
    page = _page(stage)
    folder = stage.spare_folder("bijlage")
    (folder / "Verslag.pdf").write_bytes(b"MZ")
    (folder / "Scan van school.tif").write_bytes(b"II*\x00")
    page.case.tabs.documents.attachments.take([folder / "Verslag.pdf", folder / "Scan van school.tif"])
    picture = stage.picture()
    page.show_list()
    return picture


def scene_attachment_view(stage: Stage) -> QPixmap:
    page = _page(stage)
    panel = page.case.tabs.documents.attachments
    panel.ui.files.setCurrentItem(panel.ui.files.findItems("Tekening gezin.png", Qt.MatchFlag.MatchExactly)[0])
    panel.ui.look.click()
    picture = stage.picture()
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()
    page.show_list()
    return picture
