"""Moving a case into a space of its own, with the laptops that are chosen here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.protect_case import Ui_ProtectCase
from bren_desktop.gui.sharing.work import ShareWork
from bren_desktop.gui.syncing import Syncing
from bren_desktop.gui.widgets.look import fit
from bren_desktop.services.rows import CaseRow
from bren_desktop.services.share_door import Device

_ID = Qt.ItemDataRole.UserRole


class ProtectDialog(QDialog):
    """After moving it says under which number the case goes on, and offers to have the old one erased."""

    def __init__(self, desk: Desk, syncing: Syncing, entity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_ProtectCase()
        self.ui.setupUi(self)
        self._desk, self._syncing, self._entity = desk, syncing, entity
        self._moved = ""
        self.work = ShareWork(desk, syncing, self.ui.busy)
        self._connect()
        workspace = desk.workspace
        desk.tasks.ask(partial(workspace.cases.row, workspace.actor, entity), self._show_about)
        self.work.do(lambda: workspace.sharing.devices(workspace.actor), self._show_devices, self.ui.problem)

    def done(self, result: int) -> None:
        """Go on with the case where it is now."""
        super().done(result)
        if self._moved:
            touched = frozenset({(Kind.CASE.value, self._entity), (Kind.CASE.value, self._moved)})
            self._syncing.look()
            self._desk.navigator.records_changed.emit(touched)
            self._desk.navigator.open_case(self._moved)

    def _connect(self) -> None:
        ui = self.ui
        ui.close.clicked.connect(self.reject)
        ui.protect.clicked.connect(self._on_protect)
        ui.erase_old.clicked.connect(self._on_erase_old)
        for widget in (ui.done_card, ui.erase_old, ui.nobody):
            widget.hide()
        ui.protect.setEnabled(False)

    def _show_about(self, row: CaseRow | None) -> None:
        if row is not None:
            self.ui.about.setText(row.title)

    def _show_devices(self, devices: Sequence[Device]) -> None:
        """The laptops of this team that are still in."""
        ui, team = self.ui, self._desk.workspace.actor.team
        for device in sorted(devices, key=lambda each: each.name):
            if team in device.spaces and not device.mine and device.away is None:
                ui.laptops.addItem(_item(device))
        ui.laptops.setVisible(bool(ui.laptops.count()))
        ui.nobody.setVisible(not ui.laptops.count())
        ui.protect.setEnabled(True)
        ui.laptops.setCurrentRow(0)
        (ui.laptops if ui.laptops.count() else ui.close).setFocus()

    def _chosen(self) -> list[str]:
        items = (self.ui.laptops.item(place) for place in range(self.ui.laptops.count()))
        return [str(item.data(_ID)) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _on_protect(self) -> None:
        ui, workspace, chosen = self.ui, self._desk.workspace, self._chosen()
        if not self._desk.messages.confirm(self._question(len(chosen)), self.tr("Beschermen")):
            return

        def protect() -> tuple[str, CaseRow | None]:
            moved = workspace.sharing.protect(workspace.actor, self._entity, chosen)
            return moved, workspace.cases.row(workspace.actor, moved)

        self.work.do(protect, self._on_protected, ui.problem, ui.protect, ui.laptops)

    def _question(self, count: int) -> str:
        if not count:
            return self.tr("Alleen deze laptop kan straks bij de casus, en dat is niet terug te draaien. Doorgaan?")
        if count == 1:
            return self.tr("Eén andere laptop kan straks bij de casus, en dat is niet terug te draaien. Doorgaan?")
        text = self.tr("{n} andere laptops kunnen straks bij de casus, en dat is niet terug te draaien. Doorgaan?")
        return text.format(n=count)

    def _on_protected(self, answer: tuple[str, CaseRow | None]) -> None:
        ui = self.ui
        self._moved, row = answer
        text = self.tr(
            "De casus staat nu in een eigen ruimte als {number}. Onder het oude nummer staat bij het team nog wat er "
            "tot nu toe in stond."
        )
        ui.done_text.setText(text.format(number=row.nummer or row.id if row else ""))
        ui.done_card.setAccessibleName(ui.done_text.text())
        for widget in (ui.what_card, ui.who_card, ui.protect):
            widget.hide()
        for widget in (ui.done_card, ui.erase_old):
            widget.show()
        ui.close.setText(self.tr("&Sluiten"))
        ui.close.setFocus()
        fit(self)

    def _on_erase_old(self) -> None:
        self.accept()
        self._desk.navigator.open_erasing(self._entity)


def _item(device: Device) -> QListWidgetItem:
    item = QListWidgetItem(" · ".join(part for part in (device.name, device.role.value, device.letters) if part))
    item.setData(_ID, device.id)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Unchecked)
    return item
