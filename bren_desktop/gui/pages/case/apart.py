"""What sets a case apart, on its page: protecting and erasing it, who asked to erase it, and that it is read-only."""

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
from bren_desktop.services.views import OpenCase


class CaseApart(QObject):
    """The menu Meer, the bar of an erasure and that of a case that can only be read."""

    def __init__(self, desk: Desk, ui: Ui_CasePage, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        self._opened: OpenCase | None = None
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
        for button in (ui.show_erasure, ui.erase_copy):
            button.clicked.connect(self._on_erase)
        ui.erase_copy.setVisible(may(actor, Right.ERASE))
        self._show()

    @property
    def _entity(self) -> str:
        return self._opened.entity if self._opened is not None else ""

    def show(self, opened: OpenCase) -> None:
        """Another case is on the page."""
        self._opened = opened
        self._show()

    def share_told(self, status: ShareStatus | None) -> None:
        """How this laptop stands to the share now."""
        self._status = status
        self._show()

    def _show(self) -> None:
        status, ui = self._status, self._ui
        is_read_only = self._opened is not None and self._opened.read_only
        is_left = self._opened is not None and self._opened.left
        ui.read_only_bar.setVisible(is_left)
        is_member = status is not None and status.standing == Standing.MEMBER
        self.protect.setEnabled(is_member and not is_read_only)
        self.erase.setEnabled(is_left or not is_read_only)
        asked = next((one for one in status.erasures if one.case == self._entity), None) if status else None
        ui.erasure_text.setText(asked_line(asked) if asked else "")
        ui.erasure_bar.setVisible(asked is not None)

    def _on_protect(self) -> None:
        self._desk.navigator.open_protecting(self._entity)

    def _on_erase(self) -> None:
        self._desk.navigator.open_erasing(self._entity)
