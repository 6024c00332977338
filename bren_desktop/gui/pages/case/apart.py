"""What sets a case apart, on its page: the ways to protect or erase it, and an erasure that was asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from bren_desktop.domain.rights import Right, may
from bren_desktop.gui import icons
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.erase_words import asked_line
from bren_desktop.gui.forms.case_page import Ui_CasePage
from bren_desktop.services.share_door import ShareStatus
from bren_desktop.services.sync_ports import Standing


class CaseApart(QObject):
    """The menu Meer and the bar of an erasure."""

    def __init__(self, desk: Desk, ui: Ui_CasePage, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        self._entity = ""
        self._status: ShareStatus | None = None
        actor = desk.workspace.actor
        self.menu = QMenu(ui.more)
        self.protect = self.menu.addAction(self.tr("&Beschermen…"))
        self.protect.triggered.connect(self._on_protect)
        self.protect.setVisible(may(actor, Right.ADMIT) and may(actor, Right.EDIT_CASE))
        self.erase = self.menu.addAction(self.tr("&Wissen…"))
        self.erase.triggered.connect(self._on_erase)
        self.erase.setVisible(may(actor, Right.ERASE))
        ui.more.setIcon(icons.icon("more"))
        ui.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        ui.more.setMenu(self.menu)
        ui.more.setVisible(any(action.isVisible() for action in self.menu.actions()))
        ui.show_erasure.clicked.connect(self._on_erase)
        self._show()

    def show(self, entity: str) -> None:
        """Another case is on the page."""
        self._entity = entity
        self._show()

    def share_told(self, status: ShareStatus | None) -> None:
        """How this laptop stands to the share now."""
        self._status = status
        self._show()

    def _show(self) -> None:
        status, ui = self._status, self._ui
        self.protect.setEnabled(status is not None and status.standing == Standing.MEMBER)
        asked = next((one for one in status.erasures if one.case == self._entity), None) if status else None
        ui.erasure_text.setText(asked_line(asked) if asked else "")
        ui.erasure_bar.setVisible(asked is not None)

    def _on_protect(self) -> None:
        self._desk.navigator.open_protecting(self._entity)

    def _on_erase(self) -> None:
        self._desk.navigator.open_erasing(self._entity)
