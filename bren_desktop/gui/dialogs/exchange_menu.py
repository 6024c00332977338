"""The menu that brings lists in and out: import with the wizard, export to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk

_NAMES = {Kind.EXPERT: "pareltjes", Kind.CASE: "casussen"}
_EXPORT = {Kind.EXPERT: Right.READ_POOL, Kind.CASE: Right.EXPORT_CASES}


class ExchangeMenu(QMenu):
    """What the acting person may do with files of `kind`. `imported` tells that the list is out of date."""

    imported = Signal()

    def __init__(self, desk: Desk, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = kind
        actor = desk.workspace.actor
        if may(actor, Right.IMPORT):
            self.addAction(self.tr("Importeren uit een bestand…")).triggered.connect(self._on_import)
        if may(actor, _EXPORT[kind]):
            self.addAction(self.tr("Exporteren naar een bestand…")).triggered.connect(self._on_export)

    def _on_import(self) -> None:
        from bren_desktop.gui.dialogs.import_wizard import ImportWizard

        wizard = ImportWizard(self._desk, self._kind, self.window())
        wizard.imported.connect(self.imported)
        wizard.open()

    def _on_export(self) -> None:
        formats = self.tr("Excel (*.xlsx);;CSV (*.csv);;JSON-regels (*.jsonl)")
        start = f"{_NAMES[self._kind]}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self.parentWidget(), self.tr("Exporteren"), start, formats)
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write every record that the acting person may see to `path`."""
        workspace = self._desk.workspace
        self._desk.tasks.ask(partial(workspace.exporting.export, workspace.actor, self._kind, path), self._on_exported)

    def _on_exported(self, count: int) -> None:
        text = self.tr("{n} regels geschreven. Het bestand is niet versleuteld: bewaar het veilig of gooi het weg.")
        self._desk.messages.inform(text.format(n=count))
