"""Samenwerken: beginning or joining a network, and, once in it, its state, laptops, invites, requests and upkeep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.sharing import Ui_Sharing
from bren_desktop.gui.sharing.inviting import Inviting
from bren_desktop.gui.sharing.laptops import Laptops
from bren_desktop.gui.sharing.requests import Requests
from bren_desktop.gui.sharing.start import Start
from bren_desktop.gui.sharing.state import State
from bren_desktop.gui.sharing.tray import Tray
from bren_desktop.gui.sharing.upkeep import Upkeep
from bren_desktop.gui.sharing.work import ShareWork
from bren_desktop.gui.syncing import Syncing
from bren_desktop.services.share_door import Device, Request, ShareStatus, Trouble
from bren_desktop.services.sync_ports import Standing


class SharingDialog(QDialog):
    """Shows the page that goes with how this profile stands to the share; `tab` says where to begin."""

    def __init__(self, desk: Desk, syncing: Syncing, tab: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_Sharing()
        self.ui.setupUi(self)
        self._desk, self._syncing = desk, syncing
        self.work = ShareWork(desk, syncing, self.ui.busy)
        self.begin = Start(self.ui, self.work, self)
        self.state = State(self.ui, self.work, self)
        self.laptops = Laptops(self.ui, self.work, self)
        self.inviting = Inviting(self.ui, self.work, self)
        self.requests = Requests(self.ui, self.work, self)
        self.tray = Tray(self.ui, self.work, self)
        self.upkeep = Upkeep(self.ui, self.work, self)
        self._devices: Sequence[Device] = ()
        self._hide_what_is_no_use()
        self._connect()
        self._go_to(tab)
        if syncing.status is not None:
            self._show(syncing.status)
        syncing.look()

    def done(self, result: int) -> None:
        """The code of an invite is shown once."""
        self.inviting.forget()
        super().done(result)

    def _connect(self) -> None:
        ui, syncing = self.ui, self._syncing
        ui.close.clicked.connect(self.reject)
        ui.look_again.clicked.connect(syncing.run)
        ui.bring_back.clicked.connect(self._on_bring_back)
        syncing.told.connect(self._show)
        self.begin.asked.connect(self._on_asked)
        self.begin.created.connect(syncing.run)
        self.laptops.changed.connect(self._refresh)
        self.laptops.lay_on_it.connect(self._on_lay_on_it)
        self.requests.approved.connect(self._on_approved)
        self.tray.changed.connect(self._refresh)

    def _hide_what_is_no_use(self) -> None:
        """Inviting, letting in and reviewing are for who may admit."""
        if not may(self._desk.workspace.actor, Right.ADMIT):
            for tab in (self.ui.invite_tab, self.ui.requests_tab, self.ui.tray_tab):
                self.ui.tabs.removeTab(self.ui.tabs.indexOf(tab))

    def _go_to(self, tab: str) -> None:
        tabs = {"laptops": self.ui.laptops_tab, "aanvragen": self.ui.requests_tab, "uitnodigen": self.ui.invite_tab}
        place = self.ui.tabs.indexOf(tabs.get(tab, self.ui.state_tab))
        self.ui.tabs.setCurrentIndex(max(0, place))

    def _show(self, status: ShareStatus) -> None:
        ui = self.ui
        pages = {
            Standing.ALONE: ui.start_page,
            Standing.ASKING: ui.words_page,
            Standing.MEMBER: ui.member_page,
            Standing.OUT: ui.out_page,
        }
        ui.stack.setCurrentWidget(pages.get(Standing(status.standing), ui.start_page))
        if status.standing == Standing.MEMBER:
            self.state.show(status)
            self.inviting.show(status)
            self._name_requests(status.requests)
            self._refresh_lists()
        if status.words and status.words != ui.words.words():
            ui.words.show_words(status.words)
        ui.words_card.setVisible(bool(ui.words.words()))

    def _name_requests(self, count: int) -> None:
        self._name_tab(self.ui.requests_tab, self.tr("&Aanvragen"), count)

    def _name_tab(self, tab: QWidget, title: str, count: int) -> None:
        """Say in the title of a tab how much waits there."""
        place = self.ui.tabs.indexOf(tab)
        if place >= 0:
            self.ui.tabs.setTabText(place, f"{title} ({count})" if count else title)

    def _refresh(self) -> None:
        self._syncing.look()

    def _refresh_lists(self) -> None:
        sharing, actor = self._desk.workspace.sharing, self._desk.workspace.actor
        self.work.do(lambda: sharing.devices(actor), self._on_devices)
        if may(actor, Right.ADMIT):
            self.work.do(lambda: sharing.requests(actor), self._on_requests)
            self.work.do(self._read_tray, self._on_tray)

    def _on_devices(self, devices: Sequence[Device]) -> None:
        self._devices = devices
        self.laptops.show(devices)
        self.state.name_devices(devices)

    def _on_requests(self, requests: Sequence[Request]) -> None:
        self.requests.show(requests)
        self._name_requests(len(requests))

    def _read_tray(self) -> tuple[Sequence[Trouble], Mapping[str, str]]:
        """What waits for review, and the names of the records that it is about."""
        workspace = self._desk.workspace
        troubles = workspace.sharing.tray(workspace.actor)
        return troubles, workspace.naming.of_troubles(workspace.actor, troubles)

    def _on_tray(self, found: tuple[Sequence[Trouble], Mapping[str, str]]) -> None:
        troubles, records = found
        self.tray.show(troubles, self._devices, records)
        self._name_tab(self.ui.tray_tab, self.tr("Te &beoordelen"), len(troubles))

    def _on_asked(self, words: tuple[str, ...]) -> None:
        self.ui.words.show_words(words)
        self.ui.stack.setCurrentWidget(self.ui.words_page)
        self.ui.words.setFocus()

    def _on_bring_back(self) -> None:
        self.accept()
        self._desk.navigator.open_recovering()

    def _on_approved(self) -> None:
        self._syncing.run()

    def _on_lay_on_it(self, cases: tuple[str, ...]) -> None:
        from bren_desktop.gui.dialogs.lay_on_it import LayOnItDialog

        LayOnItDialog(self._desk, cases, self).open()
