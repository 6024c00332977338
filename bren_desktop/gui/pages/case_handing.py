"""Handing cases over from the list: several at once to colleagues or to one case, or one to oneself by noodtoegang."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.domain.rights import Right, may, needs_emergency
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.assign import AssignDialog
from bren_desktop.gui.dialogs.emergency import EmergencyDialog
from bren_desktop.gui.dialogs.merge_cases import MergeDialog
from bren_desktop.gui.dialogs.preview import PreviewDialog
from bren_desktop.gui.forms.case_list import Ui_CaseList
from bren_desktop.gui.pdf_pages import joined
from bren_desktop.services.rows import CaseRow
from bren_desktop.services.sheets import MadeSheet
from bren_desktop.services.workspace import Workspace

MOST_SHEETS = 20
"""Their pages are looked at before they are printed, all at once."""


class CaseHanding(QObject):
    """The buttons Toewijzen, Meer and Noodtoegang, for who may. `assigned` tells that the list is out of date."""

    assigned = Signal()

    def __init__(self, desk: Desk, ui: Ui_CaseList, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._ui, self._page = desk, ui, page
        actor = desk.workspace.actor
        may_assign = may(actor, Right.ASSIGN)
        ui.assign.setVisible(may_assign)
        ui.assign.clicked.connect(self._on_assign)
        self.menu = QMenu(page)
        self.menu.addAction(self.tr("&Casuskaarten afdrukken…")).triggered.connect(self._on_sheets)
        if may(actor, Right.DECIDE):
            self.menu.addAction(self.tr("Twee casussen &samenvoegen…")).triggered.connect(self._on_merge)
        ui.several.setMenu(self.menu)
        ui.rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        ui.emergency.setVisible(needs_emergency(actor))
        ui.emergency.clicked.connect(lambda: self._on_emergency(""))
        desk.navigator.emergency_wanted.connect(self._on_emergency)

    def _on_emergency(self, number: str) -> None:
        EmergencyDialog(self._desk, number, self._page.window()).open()

    def _on_assign(self) -> None:
        rows = self._chosen()
        if rows:
            several = self.tr("{n} casussen").format(n=counted(len(rows)))
            about = rows[0].title if len(rows) == 1 else several
            dialog = AssignDialog(self._desk, [row.entity for row in rows], about, self._page.window())
            dialog.assigned.connect(self.assigned)
            dialog.open()

    def _on_sheets(self) -> None:
        cases = [row.entity for row in self._chosen()]
        if len(cases) > MOST_SHEETS:
            text = self.tr("Kies hooguit {n} casussen tegelijk om af te drukken.")
            self._desk.messages.inform(text.format(n=MOST_SHEETS))
        elif cases:
            work = partial(_sheets, self._desk.workspace, cases)
            self._desk.tasks.do(work, self._on_sheets_made)

    def _on_sheets_made(self, made: tuple[Sequence[MadeSheet], bytes]) -> None:
        (sheets, pdf), title = made, self.tr("Casuskaarten")
        PreviewDialog(self._desk, title, pdf, sheets[0].case, self._page.window(), sheets=sheets).open()

    def _on_merge(self) -> None:
        rows = self._ui.rows.chosen()
        if len(rows) != 2 or None in rows:
            self._desk.messages.inform(self.tr("Kies eerst precies twee casussen. Met Ctrl kiest u er een bij."))
            return
        dialog = MergeDialog(self._desk, rows[0].entity, rows[1].entity, self._page.window())
        dialog.merged.connect(self._on_merged)
        dialog.open()

    def _on_merged(self, entity: str) -> None:
        self.assigned.emit()
        self._desk.navigator.open_case(entity)

    def _chosen(self) -> list[CaseRow]:
        """The cases that are selected; a word where there is none, or where there are too many."""
        rows = self._ui.rows.chosen()
        if not rows:
            self._desk.messages.inform(self.tr("Kies eerst een of meer casussen. Met Shift of Ctrl kiest u er meer."))
        elif None in rows:
            self._desk.messages.inform(self.tr("Dat zijn er te veel tegelijk. Filter de lijst, of kies er minder."))
            return []
        return rows


def _sheets(workspace: Workspace, cases: Sequence[str]) -> tuple[Sequence[MadeSheet], bytes]:
    """The casuskaarten of these cases, and their pages as one PDF."""
    sheets = [workspace.letters.case_sheet(workspace.actor, case) for case in cases]
    return sheets, joined([sheet.pdf for sheet in sheets])
