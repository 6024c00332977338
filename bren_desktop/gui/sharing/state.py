"""Where this laptop's changes are, which versions wait, and what went wrong: each with a reason and what one can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QListWidgetItem, QSizePolicy, QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.gui import icons
from bren_desktop.gui.forms.sharing import Ui_Sharing
from bren_desktop.gui.share_words import TroubleLine, contact_line, states, trouble_lines
from bren_desktop.gui.sharing.work import ShareWork
from bren_desktop.services.conflicts import Conflicted
from bren_desktop.services.share_door import CycleReport, Device, ShareStatus, Trouble

_ROLE = Qt.ItemDataRole.UserRole


class State(QObject):
    """The tab Stand."""

    def __init__(self, ui: Ui_Sharing, work: ShareWork, window: QWidget) -> None:
        super().__init__(window)
        self._ui, self._work = ui, work
        self._devices: Sequence[Device] = ()
        self._troubles: tuple[Trouble, ...] = ()
        self._records: Mapping[str, str] = {}
        self._reachable = True
        syncing = work.syncing
        ui.run_now.clicked.connect(syncing.run)
        ui.stop_run.clicked.connect(syncing.cancel)
        ui.versions.itemActivated.connect(self._on_version)
        syncing.running.connect(self._on_running)
        syncing.progressed.connect(self._on_progressed)
        syncing.finished.connect(self._on_finished)
        syncing.failed.connect(self._on_failed)
        self._on_running(syncing.is_running)

    def show(self, status: ShareStatus) -> None:
        """Show how this laptop stands to the share."""
        ui = self._ui
        ui.network_name.setText(self.tr("{network} · {folder}").format(network=status.network, folder=status.folder))
        ui.contact.setText(contact_line(status, reachable=self._reachable))
        ui.states.setText("\n".join(states(status)))
        ui.warnings_text.setText("\n".join(status.warnings))
        ui.warnings.setVisible(bool(status.warnings))
        self._troubles = status.troubles
        self._show_troubles()
        workspace = self._work.desk.workspace
        work = partial(workspace.naming.of_troubles, workspace.actor, status.troubles)
        self._work.desk.tasks.ask(work, self._name_records)
        self._work.desk.tasks.ask(lambda: workspace.conflicts.overview(workspace.actor), self._show_versions)

    def name_devices(self, devices: Sequence[Device]) -> None:
        """Name laptops by their users from now on."""
        self._devices = devices
        self._show_troubles()

    def _name_records(self, records: Mapping[str, str]) -> None:
        self._records = records
        self._show_troubles()

    def _show_troubles(self) -> None:
        ui, now_ms = self._ui, self._work.desk.workspace.context.clock.now_ms()
        lines = trouble_lines(self._troubles, self._devices, self._records, now_ms)
        ui.troubles.clear()
        for line in lines:
            ui.troubles.addItem(_item(line))
        ui.troubles.setVisible(bool(lines))
        ui.no_troubles.setVisible(not lines)
        height = QSizePolicy.Policy.Expanding if lines else QSizePolicy.Policy.Maximum
        ui.troubles_card.setSizePolicy(QSizePolicy.Policy.Preferred, height)

    def _show_versions(self, records: Sequence[Conflicted]) -> None:
        ui = self._ui
        ui.versions.clear()
        for record in records:
            count = self.tr("1 veld") if record.fields == 1 else self.tr("{n} velden").format(n=record.fields)
            item = QListWidgetItem(icons.icon("versions"), f"{record.title or record.id}: {count}")
            item.setData(_ROLE, (record.kind.value, record.entity))
            ui.versions.addItem(item)
        ui.versions.setVisible(bool(records))
        ui.no_versions.setVisible(not records)

    def _on_version(self, item: QListWidgetItem) -> None:
        self._work.desk.navigator.open_conflicts(*item.data(_ROLE))

    def _on_running(self, running: bool) -> None:
        self._ui.run_now.setEnabled(not running)
        if not running:
            self._ui.run_progress.hide()
            self._ui.stop_run.hide()
        else:
            self._ui.contact.setText(self.tr("Bezig met bijwerken…"))

    def _on_progressed(self, done: int, total: int) -> None:
        ui = self._ui
        ui.run_progress.setMaximum(max(total, 1))
        ui.run_progress.setValue(min(done, max(total, 1)))
        ui.run_progress.show()
        ui.stop_run.show()
        text = self.tr("Bezig met binnenhalen: {done} van ongeveer {total}.")
        ui.contact.setText(text.format(done=counted(done), total=counted(total)))

    def _on_finished(self, report: CycleReport) -> None:
        self._reachable = report.reachable

    def _on_failed(self, text: str) -> None:
        self._ui.contact.setText(text)


def _item(line: TroubleLine) -> QListWidgetItem:
    text = "\n".join(part for part in (line.reason, line.about, line.advice) if part)
    return QListWidgetItem(icons.icon("warning" if line.serious else "clock"), text)
