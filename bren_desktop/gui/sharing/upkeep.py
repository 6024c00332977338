"""Looking through the whole share, and leaving the network with this laptop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.gui.forms.sharing import Ui_Sharing
from bren_desktop.gui.share_words import trouble_lines
from bren_desktop.gui.sharing.work import ShareWork
from bren_desktop.services.share_door import CheckReport


class Upkeep(QObject):
    """The tab Onderhoud."""

    def __init__(self, ui: Ui_Sharing, work: ShareWork, window: QWidget) -> None:
        super().__init__(window)
        self._ui, self._work = ui, work
        ui.check.clicked.connect(self._on_check)
        ui.leave_network.clicked.connect(self._on_leave)

    def _on_check(self) -> None:
        workspace, ui = self._work.desk.workspace, self._ui
        ui.check_report.setText(self.tr("De share wordt nagekeken…"))
        self._work.do(lambda: workspace.sharing.check(workspace.actor), self._on_checked, ui.check_report, ui.check)

    def _on_checked(self, report: CheckReport) -> None:
        if not report.reachable:
            self._ui.check_report.setText(self.tr("De share is nu niet bereikbaar. Probeer het later opnieuw."))
            return
        told = self.tr("{files} bestanden nagekeken, {mended} aangevuld.")
        lines = [told.format(files=counted(report.files), mended=counted(report.mended))]
        lines += [f"{line.reason} {line.about}".strip() for line in trouble_lines(report.troubles)]
        if not report.troubles:
            lines.append(self.tr("Alles is in orde."))
        self._ui.check_report.setText("\n".join(lines))

    def _on_leave(self) -> None:
        ui = self._ui
        question = self.tr(
            "Deze laptop afmelden en alles van BREN Desktop hier wissen? Kijk eerst bij Stand of al uw wijzigingen op "
            "de share staan."
        )
        if self._work.desk.messages.confirm(question, self.tr("Afmelden en wissen")):
            self._work.do(self._leave, self._on_left, ui.leave_error, ui.leave_network)

    def _leave(self) -> Sequence[str]:
        """Leave; the backups that stay where they are."""
        workspace = self._work.desk.workspace
        backups = workspace.backups.places(workspace.actor)
        workspace.sharing.leave(workspace.actor)
        return backups

    def _on_left(self, backups: Sequence[str]) -> None:
        text = self.tr("Deze laptop is afgemeld. Alles van BREN Desktop is hier gewist.")
        if backups:
            left = self.tr("Deze reservekopieën staan er nog; gooi ze zelf weg: {paths}")
            text = f"{text}\n\n{left.format(paths=', '.join(backups))}"
        self._work.syncing.drop(text)
