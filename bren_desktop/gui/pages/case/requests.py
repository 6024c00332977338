"""What a family asks of its file, on the page of its case: the way to the register, in the menu Meer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.requests import RequestsDialog
from bren_desktop.gui.forms.case_page import Ui_CasePage
from bren_desktop.services.views import OpenCase


class CaseRequests(QObject):
    """One line in the menu. `changed`: look again."""

    changed = Signal()

    def __init__(self, desk: Desk, ui: Ui_CasePage, menu: QMenu, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._ui, self._page = desk, ui, page
        self._entity = ""
        self.requests = menu.addAction(self.tr("&Verzoeken van het gezin…"))
        self.requests.triggered.connect(self._on_requests)
        self.requests.setVisible(may(desk.workspace.actor, Right.HANDLE_REQUEST))
        ui.more.setVisible(any(action.isVisible() for action in menu.actions()))

    def show(self, opened: OpenCase) -> None:
        """Another case is on the page."""
        self._entity = opened.entity

    def _on_requests(self) -> None:
        if self._entity:
            about = " · ".join(filter(None, (self._ui.nummer.text(), self._ui.initials.text())))
            dialog = RequestsDialog(self._desk, self._entity, about, self._page.window())
            dialog.changed.connect(self.changed)
            dialog.open()
