"""The windows that open over a case: a contact moment, the casuskaart, a letter or another paper."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.domain.papers.kind import PaperKind
from bren_desktop.domain.papers.kinds import paper
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.contact_moment import ContactMomentDialog
from bren_desktop.gui.dialogs.preview import PreviewDialog
from bren_desktop.gui.forms.case_page import Ui_CasePage
from bren_desktop.services.sheets import MadeSheet
from bren_desktop.services.views import OpenCase


class CaseWindows(QObject):
    """`recorded` tells that the case itself has something new, `filed` that a document lies with it."""

    recorded = Signal()
    filed = Signal()

    def __init__(self, desk: Desk, ui: Ui_CasePage, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ui, self._page = desk, ui, parent
        self._opened: OpenCase | None = None

    def show(self, opened: OpenCase) -> None:
        """Another case is on the page, or this one after a change."""
        self._opened = opened

    def contact(self) -> None:
        """Record a contact moment."""
        opened = self._opened
        if opened is None or opened.read_only or not may(self._desk.workspace.actor, Right.EDIT_CASE):
            return
        about = f"{self._ui.nummer.text()} · {self._ui.initials.text()}"
        dialog = ContactMomentDialog(self._desk, opened.entity, about, self._page.window())
        dialog.recorded.connect(self.recorded)
        dialog.open()

    def sheet(self) -> None:
        """Show the casuskaart, to print or to file."""
        if self._opened is not None:
            workspace, entity = self._desk.workspace, self._opened.entity
            self._desk.tasks.ask(partial(workspace.letters.case_sheet, workspace.actor, entity), self._on_sheet_made)

    def letter(self, expert: str) -> None:
        """Write the consultatievraag to a pareltje."""
        self._write(expert, CONSULTATION)

    def paper(self, key: str) -> None:
        """Write a paper of another kind."""
        self._write("", paper(key))

    def _write(self, expert: str, kind: PaperKind) -> None:
        from bren_desktop.gui.dialogs.letter import LetterDialog

        if self._opened is not None:
            dialog = LetterDialog(self._desk, self._opened.entity, expert, self._page.window(), kind=kind)
            dialog.filed.connect(self.filed)
            dialog.open()

    def _on_sheet_made(self, sheet: MadeSheet) -> None:
        title = self.tr("Casuskaart {nummer}").format(nummer=self._ui.nummer.text())
        preview = PreviewDialog(self._desk, title, sheet.pdf, sheet.case, self._page.window(), sheets=[sheet])
        preview.filed.connect(self.filed)
        preview.open()
