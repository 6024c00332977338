"""Who may see a case, on its page: assigning it, who has seen it, and that it is open by noodtoegang only."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.assign import AssignDialog
from bren_desktop.gui.dialogs.emergency import EmergencyDialog
from bren_desktop.gui.dialogs.seen_by import SeenByDialog
from bren_desktop.gui.forms.case_page import Ui_CasePage
from bren_desktop.services.views import OpenCase


class CaseAccess(QObject):
    """Two lines in the menu Meer and a bar. `changed` tells that it was assigned otherwise."""

    changed = Signal()

    def __init__(self, desk: Desk, ui: Ui_CasePage, menu: QMenu, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._ui, self._page = desk, ui, page
        self._opened: OpenCase | None = None
        self.assign = menu.addAction(self.tr("&Toewijzen…"))
        self.assign.triggered.connect(self._on_assign)
        self.assign.setVisible(may(desk.workspace.actor, Right.ASSIGN))
        self.seen = menu.addAction(self.tr("Wie heeft dit &gezien…"))
        self.seen.triggered.connect(self._on_seen)
        self.seen.setVisible(may(desk.workspace.actor, Right.READ_LOG))
        ui.more.setVisible(any(action.isVisible() for action in menu.actions()))
        ui.emergency_bar.hide()

    def show(self, opened: OpenCase) -> None:
        """Another case is on the page."""
        self._opened = opened
        self.assign.setEnabled(not opened.read_only)
        workspace = self._desk.workspace
        work = partial(workspace.access.lasts_until, workspace.actor, opened.entity)
        self._desk.tasks.ask(work, partial(self._show_last_day, opened.entity))

    def offer_emergency(self, entity: str) -> None:
        """Offer to open a case that is not assigned to the user."""
        if may(self._desk.workspace.actor, Right.EMERGENCY):
            EmergencyDialog(self._desk, entity, self._page.window()).open()

    def _show_last_day(self, entity: str, last: date | None) -> None:
        if self._opened is None or self._opened.entity != entity:
            return
        text = self.tr(
            "U ziet deze casus met noodtoegang, tot en met {day}: lezen kan, wijzigen niet. Wat u doet wordt "
            "vastgelegd en achteraf beoordeeld. Moet u erin werken, vraag dan de secretaris of voorzitter om hem aan u "
            "toe te wijzen."
        )
        self._ui.emergency_text.setText(text.format(day=short_date(last)) if last else "")
        self._ui.emergency_bar.setVisible(last is not None)

    def _about(self) -> str:
        return " · ".join(filter(None, (self._ui.nummer.text(), self._ui.initials.text())))

    def _on_assign(self) -> None:
        if self._opened is not None:
            dialog = AssignDialog(self._desk, [self._opened.entity], self._about(), self._page.window())
            dialog.assigned.connect(self.changed)
            dialog.open()

    def _on_seen(self) -> None:
        if self._opened is not None:
            SeenByDialog(self._desk, self._opened.entity, self._about(), self._page.window()).open()
