"""A PDF or picture from a case, looked at in memory: no readable file is made of it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from bren_desktop.gui import printing
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.preview import PreviewDialog
from bren_desktop.gui.pdf_pages import first_pages, picture_page
from bren_desktop.services.attachments import OpenedFile
from bren_desktop.services.readlog import Leaving

MOST_PAGES = 30
"""More would not fit in memory at once."""


def pages_of(opened: OpenedFile) -> tuple[bytes, int]:
    """What there is to look at of an attachment as a PDF, and how many pages it has."""
    return first_pages(picture_page(opened.data) if opened.kind.is_picture else opened.data, MOST_PAGES)


class AttachmentView(PreviewDialog):
    """Shows the pages of one attachment; saving gives the file itself."""

    def __init__(
        self, desk: Desk, opened: OpenedFile, pages: tuple[bytes, int], case: str, parent: QWidget | None = None
    ) -> None:
        pdf, count = pages
        super().__init__(desk, opened.reference[:1].upper() + opened.reference[1:], pdf, case, parent)
        self._opened = opened
        self.ui.save_as.setText(self.tr("Opslaan als…"))
        if count > MOST_PAGES:
            text = self.tr("Dit zijn de eerste {n} van {alle} bladzijden. Bewaar het bestand om alles te lezen.")
            self.ui.note.setText(text.format(n=MOST_PAGES, alle=count))

    def _save(self) -> None:
        save_attachment(self._desk, self._opened, self._case, self)


def save_attachment(desk: Desk, opened: OpenedFile, case: str, parent: QWidget) -> None:
    """Ask where to, write the file under a name that says nothing, and log it."""
    day = opened.reference.partition(":")[0]
    name = f"{printing.safe_name(day)}.{opened.name.rpartition('.')[2]}"
    if printing.save_file(desk, opened.data, name, parent.tr("Bijlage bewaren als"), parent):
        printing.log_leaving(desk, case, Leaving.SAVED, opened.reference)
