"""Bringing back what a team had on a share that nobody can enter any more, with both recovery files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.chosen_file import read_chosen
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.recover_team import Ui_RecoverTeam
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.syncing import Syncing
from bren_desktop.gui.widgets.look import fit, grow, restyle
from bren_desktop.services.share_door import LARGEST_HALF, Progress, Recovered

A = TypeVar("A")


class RecoverDialog(QDialog):
    """The work is done on the thread of the share; it can be stopped, and closing the window stops it too."""

    progressed = Signal(int, int)

    def __init__(self, desk: Desk, syncing: Syncing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_RecoverTeam()
        self.ui.setupUi(self)
        self._desk, self._syncing = desk, syncing
        self._cancel = threading.Event()
        self._is_done = False
        self._connect()
        for widget in (self.ui.done_card, self.ui.space_row):
            widget.hide()
        self._set_busy(False)

    def done(self, result: int) -> None:
        """Pages show what came back."""
        self._cancel.set()
        super().done(result)
        if self._is_done:
            self._syncing.look()
            self._desk.navigator.records_changed.emit(frozenset({(Kind.CASE.value, ""), (Kind.EXPERT.value, "")}))

    def _connect(self) -> None:
        ui = self.ui
        ui.close.clicked.connect(self.reject)
        ui.stop.clicked.connect(self._cancel.set)
        ui.recover.clicked.connect(self._on_recover)
        ui.browse_folder.clicked.connect(self._on_browse_folder)
        ui.browse_it.clicked.connect(partial(self._on_browse, ui.it))
        ui.browse_coordinator.clicked.connect(partial(self._on_browse, ui.coordinator))
        self.progressed.connect(self._on_progressed)

    def _on_browse_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Map van het oude netwerk kiezen"))
        if folder:
            self.ui.folder.setText(folder)

    def _on_browse(self, edit: QLineEdit) -> None:
        kinds = self.tr("Herstelbestand (*.bren);;Alle bestanden (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Herstelbestand kiezen"), "", kinds)
        if path:
            edit.setText(path)

    def _on_recover(self) -> None:
        ui, workspace = self.ui, self._desk.workspace
        missing = next((edit for edit in (ui.folder, ui.it, ui.coordinator) if not edit.text().strip()), None)
        if missing is not None:
            ui.problem.setText(self.tr("Kies de map en de twee bestanden. Er is nog niets veranderd."))
            missing.setFocus()
            return
        folder, space, protected = ui.folder.text().strip(), ui.space.text().strip(), ui.protected_cases.isChecked()
        files = Path(ui.it.text().strip()), Path(ui.coordinator.text().strip())

        def recover() -> Recovered:
            return workspace.sharing.recover(
                workspace.actor,
                folder,
                (_half(files[0]), _half(files[1])),
                space=space,
                protected=protected,
                progress=self._tell,
                cancelled=self._cancel.is_set,
            )

        self._cancel.clear()
        ui.problem.clear()
        self._set_busy(True)
        self._syncing.do(recover, self._if_open(self._on_recovered), self._if_open(self._on_failed))

    def _if_open(self, slot: Callable[[A], None]) -> Callable[[A], None]:
        """An answer may come after the window was closed."""
        return lambda answer: slot(answer) if shiboken6.isValid(self) else None

    def _tell(self, progress: Progress) -> None:
        with suppress(RuntimeError):  # left behind: the window that asked is gone
            self.progressed.emit(progress.done, progress.total)

    def _on_progressed(self, done: int, total: int) -> None:
        self.ui.progress.setMaximum(max(total, 1))
        self.ui.progress.setValue(min(done, max(total, 1)))
        text = self.tr("{done} van ongeveer {total}")
        self.ui.busy.setText(text.format(done=counted(done), total=counted(total)))

    def _on_failed(self, error: UserFacingError) -> None:
        self._set_busy(False)
        ui = self.ui
        ui.problem.setText(sentence(error))
        ui.problem.setAccessibleName(ui.problem.text())
        ui.space_row.setVisible("spaces" in error.values or bool(ui.space.text()))
        (ui.recover if ui.space_row.isHidden() else ui.space).setFocus()
        grow(self)

    def _on_recovered(self, found: Recovered) -> None:
        self._set_busy(False)
        self._is_done = True
        ui = self.ui
        ui.done_text.setText("\n".join(self._outcome(found)))
        ui.done_card.setAccessibleName(ui.done_text.text())
        restyle(ui.done_card, "tone", "warn" if found.held or found.missing else "good")
        ui.done_card.show()
        for widget in (ui.form, ui.recover):
            widget.hide()
        ui.close.setFocus()
        fit(self)

    def _outcome(self, found: Recovered) -> list[str]:
        lines = [
            self.tr("Teruggehaald: {cases} casussen en {experts} pareltjes.").format(
                cases=counted(found.cases), experts=counted(found.experts)
            )
        ]
        if found.held or found.missing:
            text = self.tr(
                "Er ontbreekt nog iets: {n} wijzigingen staan er niet of niet goed. Zet een eerdere kopie van de "
                "map ernaast, en haal alles opnieuw terug in een leeg profiel."
            )
            lines.append(text.format(n=counted(found.held + found.missing)))
        if found.protected:
            text = self.tr(
                "Beschermde casussen die er nog staan: {n}. Haal die terug in een profiel dat alleen daarvoor is."
            )
            lines.append(text.format(n=counted(found.protected)))
        lines.append(
            self.tr("Kijk of alles er is. Begin daarna bij Samenwerken (F6) een netwerk op een andere, lege map.")
        )
        return lines

    def _set_busy(self, busy: bool) -> None:
        ui = self.ui
        ui.form.setEnabled(not busy)
        ui.recover.setEnabled(not busy)
        for widget in (ui.progress, ui.stop):
            widget.setVisible(busy)
        ui.progress.setMaximum(0)
        ui.busy.setText(self.tr("Het terughalen is begonnen…") if busy else "")
        if busy:
            ui.stop.setFocus()


def _half(path: Path) -> bytes:
    refusal = "Een herstelbestand kan niet worden gelezen. Er is niets veranderd. Kies het bestand opnieuw."
    return read_chosen(path, LARGEST_HALF + 1, refusal)
