"""Making an invite: a file to send, and a code that is shown once and goes another way."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from bren_desktop.domain.actors import Role
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import NoWriteAccessError
from bren_desktop.gui import clipboard
from bren_desktop.gui.forms.sharing import Ui_Sharing
from bren_desktop.gui.sharing.work import ShareWork
from bren_desktop.services.share_door import InviteTo, ShareStatus

USUAL = Role.SECRETARIS


class Inviting(QObject):
    """The tab Uitnodigen."""

    def __init__(self, ui: Ui_Sharing, work: ShareWork, window: QWidget) -> None:
        super().__init__(window)
        self._ui, self._work, self._window = ui, work, window
        self._code = ""
        ui.to.addItem(self.tr("Mijn team en het netwerk"), InviteTo.TEAM.value)
        ui.to.addItem(self.tr("Alleen het netwerk, met een eigen team"), InviteTo.NETWORK.value)
        for role in Role:
            ui.as_role.addItem(role.value, role.value)
        ui.as_role.setCurrentIndex(ui.as_role.findText(USUAL.value))
        ui.to.activated.connect(self._on_to)
        ui.make_invite.clicked.connect(self._on_make)
        ui.copy_code.clicked.connect(self._on_copy)
        self.forget()

    def show(self, status: ShareStatus) -> None:
        """Offer the teams of this profile, where there are several."""
        ui = self._ui
        teams = [name for kind, name, _ in status.spaces if kind == "team"]
        if [ui.in_team.itemData(place) for place in range(ui.in_team.count())] != teams:
            ui.in_team.clear()
            for code in teams:
                ui.in_team.addItem(vocabulary("teams").label(code) or code, code)
        self._on_to()

    def forget(self) -> None:
        """Take the code off the screen: it is shown once."""
        if self._code:
            clipboard.forget(self._code)
        self._code = ""
        self._ui.new_code.clear()
        self._ui.copied.clear()
        self._ui.code_card.hide()

    def _on_to(self) -> None:
        ui = self._ui
        asks = ui.in_team.count() > 1 and ui.to.currentData() == InviteTo.TEAM.value
        for widget in (ui.in_label, ui.in_team):
            widget.setVisible(asks)

    def _on_make(self) -> None:
        title, start = self.tr("Uitnodiging opslaan"), str(Path.home() / self.tr("Uitnodiging BREN Desktop.bren"))
        path, _ = QFileDialog.getSaveFileName(self._window, title, start, self.tr("Uitnodiging (*.bren)"))
        if path:
            self.make(Path(path))

    def make(self, path: Path) -> None:
        """Write an invite to `path` and show its code."""
        self.forget()
        ui, workspace = self._ui, self._work.desk.workspace
        to, role = InviteTo(ui.to.currentData()), Role(ui.as_role.currentData())
        team = ui.in_team.currentData() if to is InviteTo.TEAM and ui.in_team.count() > 1 else ""

        def invite() -> str:
            data, code = workspace.sharing.invite(workspace.actor, to, role, team or "")
            _write(path, data)
            return code

        self._work.do(invite, self._on_made, ui.invite_error, ui.make_invite)

    def _on_made(self, code: str) -> None:
        self._code = code
        self._ui.new_code.setText(code)
        self._ui.code_card.show()
        self._ui.new_code.setFocus()

    def _on_copy(self) -> None:
        clipboard.copy_secret(self._code)
        self._ui.copied.setText(
            self.tr("Gekopieerd. De code gaat na een minuut van het klembord en komt niet in de geschiedenis ervan.")
        )


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise NoWriteAccessError from error
