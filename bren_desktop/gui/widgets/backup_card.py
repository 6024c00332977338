"""The card Reservekopie in Beheer: where the backups lie and of when they are, and making another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from bren_desktop.domain.rights import Right, may
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.settings import Ui_Settings
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.share_words import moment
from bren_desktop.gui.widgets.look import restyle

Dated = tuple[str, int]
"""A path, and of when the backup there is in milliseconds since 1970; 0 where it is out of reach."""


class BackupCard(QObject):
    """Files are looked at and written beside the window: a drive may be slow, or away."""

    def __init__(self, ui: Ui_Settings, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._ui, self._desk, self._window = ui, desk, window
        ui.backup_card.setVisible(may(desk.workspace.actor, Right.BACK_UP))
        ui.backup_result.hide()
        ui.back_up.clicked.connect(self._on_back_up)

    def refresh(self) -> None:
        """Look where the backups lie."""
        workspace = self._desk.workspace
        if may(workspace.actor, Right.BACK_UP):
            self._desk.tasks.run(lambda: _dated(workspace.backups.places(workspace.actor)), self._show_places)

    def make(self, path: Path) -> None:
        """Write a backup to `path`; it is read back before it counts."""
        workspace = self._desk.workspace
        self._ui.back_up.setEnabled(False)
        self._say(self.tr("De reservekopie wordt gemaakt en nagelezen…"))
        self._desk.tasks.run(
            partial(workspace.backups.make, workspace.actor, path), partial(self._on_made, path), self._on_failed
        )

    def _show_places(self, places: Sequence[Dated]) -> None:
        lines = [self._line(path, at_ms) for path, at_ms in sorted(places, key=lambda place: -place[1])]
        self._ui.backup_places.setText("\n".join(lines) or self.tr("Van dit profiel is nog geen reservekopie gemaakt."))

    def _line(self, path: str, at_ms: int) -> str:
        if not at_ms:
            return self.tr("Nu niet bereikbaar: {path}").format(path=path)
        return self.tr("Van {moment}: {path}").format(moment=moment(at_ms), path=path)

    def _on_back_up(self) -> None:
        today = self._desk.workspace.context.today().isoformat()
        start = str(Path.home() / self.tr("Reservekopie BREN Desktop {day}.bren").format(day=today))
        kinds = self.tr("Reservekopie (*.bren)")
        path, _ = QFileDialog.getSaveFileName(self._window, self.tr("Reservekopie maken"), start, kinds)
        if path:
            self.make(Path(path))

    def _on_made(self, path: Path, size: int) -> None:
        self._ui.back_up.setEnabled(True)
        megabytes = self.tr("{size} MB").format(size=f"{size / 1_000_000:.1f}".replace(".", ","))
        text = self.tr("De reservekopie is gemaakt en nagelezen: {path}, {size}.")
        self._say(text.format(path=path, size=megabytes))
        self.refresh()

    def _on_failed(self, error: UserFacingError) -> None:
        self._ui.back_up.setEnabled(True)
        self._say(sentence(error), "error")

    def _say(self, text: str, role: str = "") -> None:
        label = self._ui.backup_result
        restyle(label, "role", role)
        label.setText(text)
        label.show()


def _dated(paths: Iterable[str]) -> list[Dated]:
    return [(path, _made_at(Path(path))) for path in paths]


def _made_at(path: Path) -> int:
    try:
        return int(path.stat().st_mtime * 1000)
    except OSError:
        return 0
