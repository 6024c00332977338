"""The menu that brings lists in and out: import with the wizard, export to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.services.exporting import Shared

_NAMES = {Kind.EXPERT: "pareltjes", Kind.CASE: "casussen"}
_SHARED_IN_NUMBERS = ("TD-B", "TD-D", "TD-E")
"""The purposes for which cases go out as a list: other regions, research, another landsdeel."""
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
            if kind is Kind.CASE:
                self.addAction(self.tr("&Overgedragen casus aannemen…")).triggered.connect(self._on_take_over)
        if may(actor, _EXPORT[kind]):
            self.addAction(self.tr("Exporteren naar een bestand…")).triggered.connect(self._on_export)
            if kind is Kind.CASE:
                self._offer_sharing()

    def _offer_sharing(self) -> None:
        purposes = self.addMenu(self.tr("Exporteren om te delen"))
        for purpose in _SHARED_IN_NUMBERS:
            label = vocabulary("toestemmingsdoelen").label(purpose)
            purposes.addAction(f"{label}…").triggered.connect(partial(self._on_share, purpose))

    def _on_import(self) -> None:
        from bren_desktop.gui.dialogs.import_wizard import ImportWizard

        wizard = ImportWizard(self._desk, self._kind, self.window())
        wizard.imported.connect(self.imported)
        wizard.open()

    def _on_take_over(self) -> None:
        from bren_desktop.gui.dialogs.take_over import TakeOverDialog

        dialog = TakeOverDialog(self._desk, self.window())
        dialog.accepted_case.connect(self._on_taken_over)
        dialog.open()

    def _on_taken_over(self, entity: str) -> None:
        self.imported.emit()
        self._desk.navigator.open_case(entity)

    def _on_export(self) -> None:
        path = self._chosen()
        if path is not None:
            self.export(path)

    def _on_share(self, purpose: str) -> None:
        path = self._chosen()
        if path is not None:
            self.share(purpose, path)

    def _chosen(self) -> Path | None:
        formats = self.tr("Excel (*.xlsx);;CSV (*.csv);;JSON-regels (*.jsonl)")
        start = f"{_NAMES[self._kind]}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self.parentWidget(), self.tr("Exporteren"), start, formats)
        return Path(path) if path else None

    def export(self, path: Path) -> None:
        """Write every record that the acting person may see to `path`."""
        workspace = self._desk.workspace
        self._desk.tasks.ask(partial(workspace.exporting.export, workspace.actor, self._kind, path), self._on_exported)

    def share(self, purpose: str, path: Path) -> None:
        """Write the cases that may be shared today for `purpose` to `path`."""
        workspace = self._desk.workspace
        self._desk.tasks.ask(partial(workspace.exporting.share, workspace.actor, purpose, path), self._on_shared)

    def _on_shared(self, shared: Shared) -> None:
        text = self.tr(
            "{n} casussen geschreven; {m} bleven eruit, omdat er voor dit doel geen geldige toestemming is. "
            "Het bestand is niet versleuteld: bewaar het veilig of gooi het weg."
        )
        self._desk.messages.inform(text.format(n=counted(shared.exported), m=counted(shared.left_out)))

    def _on_exported(self, count: int) -> None:
        text = self.tr("{n} regels geschreven. Het bestand is niet versleuteld: bewaar het veilig of gooi het weg.")
        self._desk.messages.inform(text.format(n=counted(count)))
