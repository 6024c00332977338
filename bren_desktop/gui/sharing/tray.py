"""The review tray: what laptops wrote after they were out, or without the right; taken over by somebody, or left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.gui import icons
from bren_desktop.gui.forms.sharing import Ui_Sharing
from bren_desktop.gui.share_words import trouble_lines
from bren_desktop.gui.sharing.work import ShareWork
from bren_desktop.services.share_door import Device, Trouble

_ROLE = Qt.ItemDataRole.UserRole


class Tray(QObject):
    """The tab Te beoordelen. `changed` tells that something was taken over."""

    changed = Signal()

    def __init__(self, ui: Ui_Sharing, work: ShareWork, window: QWidget) -> None:
        super().__init__(window)
        self._ui, self._work = ui, work
        ui.tray.currentRowChanged.connect(self._on_row)
        ui.take_tray.clicked.connect(self._on_take)
        self.show((), ())

    def show(
        self, troubles: Sequence[Trouble], devices: Sequence[Device], records: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Show what waits, a line per laptop and reason."""
        ui = self._ui
        ui.tray.clear()
        for trouble in troubles:
            [line] = trouble_lines([trouble], devices, records)
            item = QListWidgetItem(icons.icon("clock"), "\n".join(part for part in (line.reason, line.about) if part))
            item.setData(_ROLE, trouble.device)
            ui.tray.addItem(item)
        ui.tray.setCurrentRow(0)
        for widget in (ui.tray, ui.take_tray, ui.tray_text):
            widget.setVisible(bool(troubles))
        ui.no_tray.setVisible(not troubles)
        self._on_row()

    def _on_row(self) -> None:
        self._ui.take_tray.setEnabled(self._ui.tray.currentItem() is not None)

    def _on_take(self) -> None:
        item, workspace = self._ui.tray.currentItem(), self._work.desk.workspace
        question = self.tr(
            "Alles van deze laptop overnemen in uw naam? Het staat daarna in de casussen alsof u het schreef."
        )
        if self._ui.tray.currentRow() < 0 or not self._work.desk.messages.confirm(question, self.tr("Overnemen")):
            return
        device = str(item.data(_ROLE))
        self._work.do(
            lambda: workspace.sharing.take_from_tray(workspace.actor, device),
            self._on_taken,
            self._ui.tray_error,
            self._ui.take_tray,
        )

    def _on_taken(self, count: int) -> None:
        self._work.desk.messages.inform(self.tr("{n} wijzigingen zijn overgenomen.").format(n=counted(count)))
        self.changed.emit()
