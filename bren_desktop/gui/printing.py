"""Paper and files: the two doors through which a document leaves the encrypted store in plain form."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRectF, QStandardPaths
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from bren_desktop.errors import DiskFullError, NoWriteAccessError, UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pdf_pages import one_by_one
from bren_desktop.services.readlog import Leaving

SHARPEST = 300
_DISK_FULL = 28


def print_pdf(pdf: bytes, parent: QWidget) -> bool:
    """Ask for a printer and print the real pages; whether it was sent."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setDocName(QCoreApplication.applicationName())
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    paint_pages(printer, pdf)
    return True


def paint_pages(printer: QPrinter, pdf: bytes) -> None:
    """Draw every page of `pdf` over a whole sheet."""
    painter = QPainter(printer)
    for number, picture in enumerate(one_by_one(pdf, min(printer.resolution(), SHARPEST))):
        if number:
            printer.newPage()
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), picture)
    painter.end()


def save_pdf(desk: Desk, pdf: bytes, name: str, parent: QWidget) -> bool:
    """Ask where to, and write the file; whether a place was chosen."""
    title = QCoreApplication.translate("Printing", "Opslaan als PDF")
    return save_file(desk, pdf, f"{safe_name(name)}.pdf", title, parent)


def save_file(desk: Desk, data: bytes, name: str, title: str, parent: QWidget) -> bool:
    """The same for any file, which keeps the ending of `name`.

    The user hears that it then lies outside the encrypted store.
    """
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    ending = Path(name).suffix
    kinds = f"{ending.removeprefix('.').upper()} (*{ending})"
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path(folder) / name), kinds)
    if not chosen:
        return False
    path = Path(chosen).with_suffix(ending)
    said = QCoreApplication.translate(
        "Printing",
        "Opgeslagen. Dit bestand ligt buiten de versleutelde opslag: verwijder het zodra u het niet meer nodig hebt.",
    )
    desk.tasks.run(lambda: write_file(path, data), lambda _: desk.messages.inform(said))
    return True


def if_allowed(
    desk: Desk, document: str, leave: Callable[[], None], refused: Callable[[UserFacingError], None]
) -> None:
    """Let a filed document leave, unless consent for it no longer holds at this moment."""
    workspace = desk.workspace
    desk.tasks.ask(lambda: workspace.letters.check_leaving(workspace.actor, document), lambda _: leave(), refused)


def log_leaving(desk: Desk, case: str, way: Leaving, reference: str) -> None:
    """Put in the read log that a document about `case` left the store."""
    workspace = desk.workspace
    desk.tasks.do(lambda: workspace.readlog.note_leaving(workspace.actor, case, way, reference), lambda _: None)


def safe_name(name: str) -> str:
    """`name` with only what every file system takes; a kenmerk, never a person."""
    return "".join(char if char.isalnum() or char in "-_" else "-" for char in name).strip("-") or "document"


def write_file(path: Path, data: bytes) -> None:
    """Write beside the target and put it in place at once, so that no half file is left, at a power cut either."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        if error.errno == _DISK_FULL:
            raise DiskFullError from error
        raise NoWriteAccessError from error
