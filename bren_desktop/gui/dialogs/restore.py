"""Put a backup on this laptop: into an empty profile folder, or in the place of the profile that is there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from bren_desktop.errors import UserFacingError
from bren_desktop.gui.door import ProfileDoor
from bren_desktop.gui.forms.restore import Ui_Restore
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.tasks import Tasks


class RestorePanel(QWidget):
    """`restored` comes when the backup is there, still locked."""

    restored = Signal()
    back_wanted = Signal()

    def __init__(self, door: ProfileDoor, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_Restore()
        self.ui.setupUi(self)
        self._door, self._tasks = door, tasks
        self._replaces = door.exists()
        ui = self.ui
        ui.replaces.setVisible(self._replaces)
        for widget in (ui.notice, ui.working):
            widget.hide()
        ui.browse.clicked.connect(self._on_browse)
        ui.file.returnPressed.connect(self._on_restore)
        ui.restore.clicked.connect(self._on_restore)
        ui.back.clicked.connect(self.back_wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ui.file.setFocus()

    def _on_browse(self) -> None:
        kinds = self.tr("Reservekopie (*.bren);;Alle bestanden (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Reservekopie kiezen"), str(Path.home()), kinds)
        if path:
            self.ui.file.setText(path)
            (self.ui.sure if self._replaces else self.ui.restore).setFocus()

    def _on_restore(self) -> None:
        ui, path = self.ui, self.ui.file.text().strip()
        if not path:
            self._show_problem(self.tr("Kies het bestand met de reservekopie. Er is nog niets veranderd."), ui.file)
        elif self._replaces and not ui.sure.isChecked():
            text = self.tr("Vink aan dat u het profiel op deze laptop wilt vervangen. Er is nog niets veranderd.")
            self._show_problem(text, ui.sure)
        else:
            ui.notice.hide()
            self._set_busy(True)
            self._tasks.run(lambda: self._door.restore(Path(path)), self._on_restored, self._on_failed)

    def _on_restored(self, _: None) -> None:
        self._set_busy(False)
        self.restored.emit()

    def _on_failed(self, error: UserFacingError) -> None:
        self._set_busy(False)
        self._show_problem(sentence(error), self.ui.file)

    def _show_problem(self, text: str, retry: QWidget) -> None:
        self.ui.problem.setText(text)
        self.ui.notice.setAccessibleName(text)
        self.ui.notice.show()
        retry.setFocus()

    def _set_busy(self, busy: bool) -> None:
        ui = self.ui
        ui.working.setVisible(busy)
        for widget in (ui.file, ui.browse, ui.sure, ui.restore, ui.back):
            widget.setEnabled(not busy)
