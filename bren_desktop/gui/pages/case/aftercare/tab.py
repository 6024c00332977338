"""The tab Opvolging: points of the advice, inzet, overbrugging, escalatie, and growing up."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.tab_aftercare import Ui_AftercareTab
from bren_desktop.gui.pages.case.aftercare.bridges import Bridges
from bren_desktop.gui.pages.case.aftercare.deployments import Deployments
from bren_desktop.gui.pages.case.aftercare.escalations import Escalations
from bren_desktop.gui.pages.case.aftercare.future import Future
from bren_desktop.gui.pages.case.aftercare.loading import Loaded, load
from bren_desktop.gui.pages.case.aftercare.points import Points
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.widgets.told_list import ToldList


class AftercareTab(QWidget):
    """`changed` tells that something was recorded; `advice_wanted` asks for the tab of the advice."""

    changed = Signal()
    advice_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_AftercareTab()
        self.ui.setupUi(self)
        self._desk = desk
        self._case, self._is_read_only = "", False
        self._ticket = Ticket()
        self._home: QWidget | None = None
        self._sought: Kind | None = None
        self.parts = [part(desk, self.ui, self) for part in (Points, Deployments, Bridges, Escalations, Future)]
        for part in self.parts:
            part.changed.connect(self._on_changed)
        for told in (self.ui.points, self.ui.deployments, self.ui.bridges, self.ui.escalations):
            told.itemSelectionChanged.connect(partial(self._keep_in_sight, told))
        self.ui.to_advice.clicked.connect(self.advice_wanted)
        self.ui.scroll_content.hide()

    def show_case(self, case: str) -> None:
        """Another case, or the same one after a change."""
        if case != self._case:
            self._home = None
            self.ui.scroll_content.hide()
        self._case = case

    def set_read_only(self, read_only: bool) -> None:
        """Whether nothing may come of this case any more."""
        self._is_read_only = read_only

    def seek(self, kind: Kind) -> None:
        """Give the keyboard to where records of this kind are filed, once the tab is entered."""
        self._sought = kind

    def enter(self) -> None:
        """The tab is in front: fetch what followed the advice."""
        self._ticket.cancel()
        self._ticket = self._desk.tasks.ask(partial(load, self._desk.workspace, self._case), self._on_loaded)

    def _on_loaded(self, loaded: Loaded) -> None:
        editable = may(self._desk.workspace.actor, Right.FOLLOW_UP) and not self._is_read_only
        for part in self.parts:
            part.show(loaded, editable=editable)
        self.ui.scroll_content.show()
        if self.window().focusWidget() is self:
            self._go_home()

    def _go_home(self) -> None:
        """Pass the keyboard on that the page gave to the tab: to where something was recorded, or to the first part."""
        ui = self.ui
        sought = {
            Kind.DEPLOYMENT: (ui.deployments, ui.add_deployment),
            Kind.BRIDGE: (ui.bridges, ui.add_bridge),
            Kind.ESCALATION: (ui.escalations, ui.escalate),
            Kind.FUTURE_PLAN: (ui.change_future,),
        }
        wanted = sought.get(self._sought, ()) if self._sought else ()
        homes = (*wanted, self._home, ui.points, ui.to_advice, ui.add_deployment)
        next((each for each in homes if each and each.isVisibleTo(self)), ui.scroll).setFocus()
        self._home, self._sought = None, None

    def _keep_in_sight(self, told: ToldList) -> None:
        """Scroll to the line that the keyboard went to: the lists themselves never scroll."""
        if told.hasFocus():
            line = told.visualItemRect(told.currentItem())
            middle = told.viewport().mapTo(self.ui.scroll_content, line.center())
            self.ui.scroll.ensureVisible(middle.x(), middle.y(), 0, line.height())

    def _on_changed(self, home: QWidget) -> None:
        self._home = home
        self.changed.emit()
