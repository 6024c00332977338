"""The part of the status bar about the share: where changes are, progress, versions to choose, and what was held."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bren_desktop.domain.dutch import counted
from bren_desktop.gui import icons
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.erase_words import asked_count, waits_for
from bren_desktop.gui.forms.workbench import Ui_Workbench
from bren_desktop.gui.share_words import contact_line, held_line, state_line, versions_line
from bren_desktop.gui.syncing import Syncing
from bren_desktop.services.share_door import CycleReport, ShareStatus

STATE, TROUBLES = "stand", "meldingen"


class ShareBar(QObject):
    """Every part is a button, so that the keyboard and a screen reader find it."""

    panel_wanted = Signal(str)
    versions_wanted = Signal()

    def __init__(self, ui: Ui_Workbench, desk: Desk, syncing: Syncing) -> None:
        super().__init__(ui.share)
        self._ui, self._desk, self._syncing = ui, desk, syncing
        self._reachable = True
        self._problem = self._progress = ""
        self._to_erase: list[str] = []
        ui.share.setIcon(icons.icon("share", "accent"))
        ui.share.clicked.connect(lambda: self.panel_wanted.emit(STATE))
        ui.held_state.clicked.connect(lambda: self.panel_wanted.emit(TROUBLES))
        ui.versions_state.clicked.connect(self.versions_wanted)
        ui.erase_state.clicked.connect(self._on_erase)
        ui.share_cancel.clicked.connect(self._on_cancel)
        for widget in (ui.share, ui.versions_state, ui.erase_state, ui.held_state, ui.share_progress, ui.share_cancel):
            widget.hide()
        syncing.told.connect(self._on_told)
        syncing.running.connect(self._on_running)
        syncing.progressed.connect(self._on_progressed)
        syncing.finished.connect(self._on_finished)
        syncing.failed.connect(self._on_failed)

    def _on_told(self, status: ShareStatus) -> None:
        self._show_state()
        held = sum(trouble.times for trouble in status.troubles) + len(status.warnings)
        self._ui.held_state.setText(held_line(held))
        self._ui.held_state.setVisible(bool(held))
        workspace = self._desk.workspace
        self._to_erase = [one.case for one in status.erasures if waits_for(one, workspace.actor)]
        self._ui.erase_state.setText(asked_count(len(self._to_erase)))
        self._ui.erase_state.setVisible(bool(self._to_erase))
        self._desk.tasks.ask(lambda: len(workspace.conflicts.overview(workspace.actor)), self._on_counted)

    def _on_counted(self, count: int) -> None:
        self._ui.versions_state.setText(versions_line(count))
        self._ui.versions_state.setVisible(bool(count))

    def _on_erase(self) -> None:
        self._desk.navigator.open_erasing(self._to_erase[0])

    def _on_running(self, running: bool) -> None:
        self._progress = ""
        if not running:
            self._ui.share_progress.hide()
            self._ui.share_cancel.hide()
        self._show_state()

    def _on_progressed(self, done: int, total: int) -> None:
        self._ui.share_progress.setMaximum(max(total, 1))
        self._ui.share_progress.setValue(min(done, max(total, 1)))
        self._ui.share_progress.show()
        self._ui.share_cancel.show()
        self._progress = self.tr("Binnenhalen: {done} van ongeveer {total}").format(
            done=counted(done), total=counted(total)
        )
        self._show_state()

    def _on_finished(self, report: CycleReport) -> None:
        self._reachable, self._problem = report.reachable, ""
        self._show_state()

    def _on_failed(self, text: str) -> None:
        self._problem = text
        self._show_state()

    def _on_cancel(self) -> None:
        self._syncing.cancel()
        self._desk.messages.inform(self.tr("Het bijwerken stopt. De volgende keer gaat het verder waar het was."))

    def _show_state(self) -> None:
        """What is told beside the state stands in its description: a share that is away is a quiet thing."""
        status, share = self._syncing.status, self._ui.share
        on = self._syncing.is_on
        share.setVisible(on)
        self._ui.saved.setVisible(not on)
        line = state_line(status)
        if self._syncing.is_running:
            line = self._progress or self.tr("Bijwerken… · {state}").format(state=line)
        elif self._problem:
            line = self.tr("Bijwerken lukte niet · {state}").format(state=line)
        elif not self._reachable:
            line = self.tr("Share nu niet bereikbaar · {state}").format(state=line)
        share.setText(line)
        about = self._problem or contact_line(status, reachable=self._reachable)
        share.setAccessibleName(line)
        share.setAccessibleDescription(about)
        share.setToolTip(f"{about}\n{self.tr('Samenwerken (F6)')}".strip())
