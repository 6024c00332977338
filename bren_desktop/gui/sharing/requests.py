"""Who asks to join: their name, what they ask for and six words; letting in comes after comparing the words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.forms.sharing import Ui_Sharing
from bren_desktop.gui.sharing.work import ShareWork
from bren_desktop.services.share_door import InviteTo, Request


class Requests(QObject):
    """The tab Aanvragen. `approved` tells that somebody was let in."""

    approved = Signal()

    def __init__(self, ui: Ui_Sharing, work: ShareWork, window: QWidget) -> None:
        super().__init__(window)
        self._ui, self._work = ui, work
        self._requests: Sequence[Request] = ()
        ui.requests.currentRowChanged.connect(self._on_row)
        ui.same_words.toggled.connect(self._on_same)
        ui.approve.clicked.connect(self._on_approve)
        self.show(())

    def show(self, requests: Sequence[Request]) -> None:
        """Show who asks."""
        ui, before = self._ui, self._current()
        self._requests = requests
        ui.requests.blockSignals(True)
        ui.requests.clear()
        ui.requests.addItems([f"{request.name}\n{self._asks(request)}" for request in requests])
        place = next((n for n, each in enumerate(requests) if before is not None and each.id == before.id), 0)
        ui.requests.setCurrentRow(place if requests else -1)
        ui.requests.blockSignals(False)
        for widget in (ui.requests, ui.request_card, ui.requests_text):
            widget.setVisible(bool(requests))
        ui.no_requests.setVisible(not requests)
        if before is None or self._current() != before:
            self._on_row()

    def _current(self) -> Request | None:
        row = self._ui.requests.currentRow()
        return self._requests[row] if 0 <= row < len(self._requests) else None

    def _asks(self, request: Request) -> str:
        team = vocabulary("teams").label(request.team) or request.team
        if request.to is InviteTo.TEAM:
            return self.tr("als {role} in team {team}").format(role=request.role.value, team=team)
        return self.tr("als {role}, met een eigen team {team}").format(role=request.role.value, team=team)

    def _on_row(self) -> None:
        request, ui = self._current(), self._ui
        ui.same_words.setChecked(False)
        self._on_same()
        ui.request_error.clear()
        if request is not None:
            ui.request_name.setText(request.name)
            ui.request_about.setText(self.tr("Wil meedoen {asks}.").format(asks=self._asks(request)))
            ui.request_words.show_words(request.words)

    def _on_same(self) -> None:
        self._ui.approve.setEnabled(self._ui.same_words.isChecked())

    def _on_approve(self) -> None:
        request, workspace = self._current(), self._work.desk.workspace
        if request is None:
            return
        self._work.do(
            lambda: workspace.sharing.approve(workspace.actor, request.id),
            lambda _: self._on_approved(request),
            self._ui.request_error,
            self._ui.approve,
        )

    def _on_approved(self, request: Request) -> None:
        text = self.tr("{name} is toegelaten. Bij de volgende keer bijwerken komt alles vanzelf op die laptop.")
        self._work.desk.messages.inform(text.format(name=request.name))
        self.approved.emit()
