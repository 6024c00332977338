"""The laptops of the network: whose they are, when they were last heard of, another role, and taking one out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.actors import Role
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.forms.sharing import Ui_Sharing
from bren_desktop.gui.models.columns import Badge, Column, Tone
from bren_desktop.gui.models.paged import PagedModel, Source
from bren_desktop.gui.share_words import moment
from bren_desktop.gui.sharing.work import ShareWork
from bren_desktop.services.share_door import Away, Device


class Laptops(QObject):
    """The tab Laptops. `changed` tells that the list is out of date; `listed` gives the laptops."""

    changed = Signal()
    lay_on_it = Signal(tuple)
    """The cases that lay on a laptop that was taken out."""

    def __init__(self, ui: Ui_Sharing, work: ShareWork, window: QWidget) -> None:
        super().__init__(window)
        self._ui, self._work = ui, work
        self._devices: Sequence[Device] = ()
        self.model: PagedModel[Device] = PagedModel(self._columns(), work.desk.tasks, self)
        ui.laptops.show_model(self.model, "laptops")
        ui.laptops.marked.connect(self._on_marked)
        for role in Role:
            ui.role.addItem(role.value, role)
        self._admin = may(work.desk.workspace.actor, Right.ADMIT)
        for widget in (ui.role_label, ui.role, ui.set_role, ui.revoke, ui.lost):
            widget.setVisible(self._admin)
        ui.set_role.clicked.connect(self._on_set_role)
        ui.revoke.clicked.connect(lambda: self._on_out(Away.REVOKED))
        ui.lost.clicked.connect(lambda: self._on_out(Away.LOST))
        self._on_marked(None)

    def show(self, devices: Sequence[Device]) -> None:
        """Show these laptops."""
        found = self._devices = sorted(devices, key=lambda each: (each.away is not None, not each.mine, each.name))
        self.model.show(Source(lambda: len(found), lambda page: found[page.offset : page.offset + page.limit]))

    def _columns(self) -> Sequence[Column[Device]]:
        return (
            Column("naam", self.tr("Naam"), lambda row: row.name, width=160, sortable=False),
            Column("rol", self.tr("Rol"), lambda row: row.role.value, width=124, sortable=False),
            Column("team", self.tr("Team"), _team, width=176, sortable=False),
            Column("letters", self.tr("Letters"), lambda row: row.letters, width=70, sortable=False),
            Column(
                "stand",
                self.tr("Stand"),
                lambda row: self._badge(row).word,
                badge=self._badge,
                width=140,
                sortable=False,
            ),
            Column("nieuws", self.tr("Laatste nieuws"), self._news, width=160, sortable=False),
        )

    def _news(self, row: Device) -> str:
        return moment(row.news_ms) or self.tr("nog niets gehoord")

    def _badge(self, row: Device) -> Badge:
        away = {
            Away.REVOKED: Badge(self.tr("ingetrokken"), Tone.QUIET, icon="cross"),
            Away.LOST: Badge(self.tr("verloren"), Tone.ALARM, icon="warning"),
            Away.LEFT: Badge(self.tr("afgemeld"), Tone.QUIET, icon="right"),
        }
        if row.away is not None:
            return away[row.away]
        if row.mine:
            return Badge(self.tr("deze laptop"), Tone.INFO, icon="person")
        return (
            Badge(self.tr("beheerder"), Tone.GOOD, icon="star")
            if row.admin
            else Badge(self.tr("doet mee"), Tone.GOOD, icon="check")
        )

    def _on_marked(self, row: Device | None) -> None:
        ui = self._ui
        may_change = row is not None and row.away is None
        for widget in (ui.role, ui.set_role):
            widget.setEnabled(may_change)
        is_other = row is not None and not row.mine
        ui.revoke.setEnabled(may_change and is_other)
        ui.lost.setEnabled(is_other and row is not None and row.away in (None, Away.REVOKED))
        if row is not None:
            ui.role.setCurrentIndex(ui.role.findText(row.role.value))

    def _on_set_role(self) -> None:
        row, ui = self._ui.laptops.current(), self._ui
        role = Role(ui.role.currentText())
        if row is None or role is row.role:
            return
        workspace = self._work.desk.workspace
        self._work.do(
            lambda: workspace.sharing.set_role(workspace.actor, row.id, role),
            lambda _: self.changed.emit(),
            ui.laptops_error,
            ui.set_role,
        )

    def _on_out(self, why: Away) -> None:
        row = self._ui.laptops.current()
        if row is None or not self._work.desk.messages.confirm(self._question(row, why), self._verb(why)):
            return
        workspace = self._work.desk.workspace
        self._work.do(
            lambda: tuple(workspace.sharing.revoke(workspace.actor, row.id, why)),
            self._on_taken_out,
            self._ui.laptops_error,
            self._ui.revoke,
            self._ui.lost,
        )

    def _question(self, row: Device, why: Away) -> str:
        if why is Away.LOST:
            return self.tr(
                "De laptop van {name} als verloren melden? De sleutels veranderen, en komt die laptop nog op de share, "
                "dan gooit hij zijn eigen sleutel weg. Daarna ziet u welke casussen erop stonden."
            ).format(name=row.name)
        return self.tr(
            "De laptop van {name} intrekken? De sleutels veranderen. Wat er al op stond blijft daar leesbaar; er komt "
            "niets nieuws meer bij."
        ).format(name=row.name)

    def _verb(self, why: Away) -> str:
        return self.tr("Verloren melden") if why is Away.LOST else self.tr("Intrekken")

    def _on_taken_out(self, cases: tuple[str, ...]) -> None:
        self.changed.emit()
        self.lay_on_it.emit(cases)


def _team(row: Device) -> str:
    return vocabulary("teams").label(row.team) or row.team
