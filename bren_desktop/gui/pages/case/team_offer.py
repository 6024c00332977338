"""At triage the page of a case offers a team unasked: one line, worked out while nobody waits for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.dutch import listing
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.states import State
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.case_page import Ui_CasePage
from bren_desktop.gui.tasks import Ticket
from bren_desktop.services.views import OpenCase, Proposal

PROFILES_AT_ONCE = 20
REST_MS = 100


class TeamOffer(QObject):
    """A bar above the tabs; profiles that were not read yet are read a few at a time first."""

    def __init__(self, desk: Desk, ui: Ui_CasePage, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ui = desk, ui
        self._opened: OpenCase | None = None
        self._ticket = Ticket()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._read)
        ui.team_bar.hide()

    def show(self, opened: OpenCase) -> None:
        """Another case is on the page, or this one after a change."""
        self._ticket.cancel()
        self._rest.stop()
        self._opened = opened
        self._ui.team_bar.hide()
        is_asked = opened.case.status == State.TRIAGE and not opened.read_only
        if is_asked and may(self._desk.workspace.actor, Right.READ_POOL):
            self._read()

    def _read(self) -> None:
        workspace = self._desk.workspace
        work = partial(workspace.matching.warm, workspace.actor, PROFILES_AT_ONCE)
        self._ticket = self._desk.tasks.ask(work, self._on_read)

    def _on_read(self, waiting: int) -> None:
        if waiting:
            self._rest.start()
        elif self._opened is not None:
            workspace = self._desk.workspace
            work = partial(workspace.matching.propose_for, workspace.actor, self._opened.case, 1)
            self._ticket = self._desk.tasks.ask(work, self._on_proposal)

    def _on_proposal(self, proposal: Proposal) -> None:
        names = [f"{place.match.name} ({place.part})" for place in proposal.team]
        self._ui.team_text.setText(self.tr("Voorstel voor een team: {namen}.").format(namen=listing(names)))
        self._ui.team_bar.setVisible(bool(names))
