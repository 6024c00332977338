"""The mapping wizard for a team's own list: file, columns, values, what would happen, and what happened.

Nothing is imported before the last step, and then all good rows at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs import import_tables
from bren_desktop.gui.forms.import_wizard import Ui_ImportWizard
from bren_desktop.gui.messages import sentence
from bren_desktop.services.importing import ImportPreview, ImportReport
from bren_desktop.services.mapping import ColumnMapping
from bren_desktop.services.tables import Table

CHOOSE, COLUMNS, VALUES, PREVIEW, DONE = range(5)


class ImportWizard(QDialog):
    """Brings one file in. `imported` tells that something changed."""

    imported = Signal()

    def __init__(self, desk: Desk, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_ImportWizard()
        self.ui.setupUi(self)
        self._desk = desk
        self._kind = kind
        self._table: Table | None = None
        self._mapping: ColumnMapping | None = None
        self._preview: ImportPreview | None = None
        self._connect()
        self._choose_kind(kind)
        self._show(CHOOSE)

    def take_file(self, path: Path) -> None:
        """Read `path` and propose what its columns mean."""
        workspace, kind = self._desk.workspace, self._kind
        self.ui.file_name.setText(path.name)

        def read() -> tuple[Table, ColumnMapping]:
            table = workspace.importing.read(path)
            return table, workspace.importing.propose(workspace.actor, table, kind)

        self._work(read, self._on_read)

    def step(self) -> int:
        """The step that is shown."""
        return self.ui.steps.currentIndex()

    def _connect(self) -> None:
        ui = self.ui
        ui.pick.clicked.connect(self._on_pick)
        ui.next.clicked.connect(self._on_next)
        ui.back.clicked.connect(self._on_back)
        ui.cancel.clicked.connect(self.reject)
        ui.experts.clicked.connect(partial(self._choose_kind, Kind.EXPERT))
        ui.cases.clicked.connect(partial(self._choose_kind, Kind.CASE))

    def _choose_kind(self, kind: Kind) -> None:
        self._kind = kind
        self.ui.experts.setChecked(kind is Kind.EXPERT)
        self.ui.cases.setChecked(kind is Kind.CASE)
        self._table = None
        self.ui.file_name.setText("")
        self._refresh_buttons()

    def _on_pick(self) -> None:
        formats = self.tr("Lijsten (*.csv *.xlsx *.jsonl *.json);;Alle bestanden (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Bestand kiezen"), "", formats)
        if path:
            self.take_file(Path(path))

    def _on_read(self, found: tuple[Table, ColumnMapping]) -> None:
        self._table, self._mapping = found
        import_tables.show_columns(self.ui.columns, self._table, self._mapping)
        self._show(COLUMNS)

    def _on_next(self) -> None:
        steps: dict[int, Callable[[], None]] = {
            CHOOSE: self._on_pick,
            COLUMNS: self._leave_columns,
            VALUES: self._leave_values,
            PREVIEW: self._take,
            DONE: self.accept,
        }
        steps[self.step()]()

    def _on_back(self) -> None:
        no_values = self.step() == PREVIEW and not self.ui.values.rowCount()
        self._show(COLUMNS if no_values else self.step() - 1)

    def _leave_columns(self) -> None:
        if self._mapping is not None:
            self._mapping = import_tables.read_columns(self.ui.columns, self._mapping)
            self._ask_preview(self._on_columns_previewed)

    def _on_columns_previewed(self, preview: ImportPreview) -> None:
        self._preview = preview
        import_tables.show_values(self.ui.values, preview)
        if preview.to_code:
            self._show(VALUES)
        else:
            self._show_preview(preview)

    def _leave_values(self) -> None:
        if self._mapping is not None:
            self._mapping = import_tables.read_values(self.ui.values, self._mapping)
            self._ask_preview(self._show_preview)

    def _ask_preview(self, done: Callable[[ImportPreview], None]) -> None:
        workspace, table, columns = self._desk.workspace, self._table, self._mapping
        if table is not None and columns is not None:
            self._work(partial(workspace.importing.preview, workspace.actor, table, columns), done)

    def _show_preview(self, preview: ImportPreview) -> None:
        self._preview = preview
        text = self.tr("{good} regels kunnen worden overgenomen, {bad} niet.")
        parts = [text.format(good=len(preview.good), bad=len(preview.rejected))]
        if preview.unused_columns:
            unused = self.tr("Niet gebruikt: {columns}.")
            parts.append(unused.format(columns=", ".join(preview.unused_columns)))
        if preview.to_code:
            parts.append(self.tr("{n} waarden blijven te coderen.").format(n=len(preview.to_code)))
        self.ui.summary.setText(" ".join(parts))
        import_tables.show_rejected(self.ui.rejected, preview.rejected)
        self._show(PREVIEW)

    def _take(self) -> None:
        if self._preview is None:
            return
        workspace, preview = self._desk.workspace, self._preview
        self.ui.next.setEnabled(False)
        self.ui.problem.setText(self.tr("De regels worden overgenomen…"))
        self._desk.tasks.do(
            partial(workspace.importing.take, workspace.actor, preview), self._on_taken, self._on_failed
        )

    def _on_taken(self, report: ImportReport) -> None:
        text = self.tr("{new} regels overgenomen, {same} waren al hetzelfde, {bad} niet overgenomen.")
        self.ui.result.setText(text.format(new=report.imported, same=report.unchanged, bad=len(report.rejected)))
        import_tables.show_rejected(self.ui.left_out, report.rejected)
        self.imported.emit()
        self._show(DONE)

    def _work(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self.ui.next.setEnabled(False)
        self.ui.problem.setText("")
        self._desk.tasks.ask(work, done, self._on_failed)

    def _on_failed(self, error: UserFacingError) -> None:
        self.ui.problem.setText(sentence(error))
        self._refresh_buttons()

    def _show(self, step: int) -> None:
        titles = (
            self.tr("Een lijst importeren"),
            self.tr("Wat betekent elke kolom?"),
            self.tr("Deze waarden kennen we nog niet"),
            self.tr("Dit gaat er gebeuren"),
            self.tr("Klaar"),
        )
        texts = (
            self.tr("Er verandert nog niets. U ziet eerst wat er met elke regel gebeurt."),
            self.tr("Kies per kolom het veld. Wat u kiest wordt onthouden voor de volgende keer."),
            self.tr("Kies een waarde uit de lijst, of laat staan: dan blijft de tekst bewaard als te coderen."),
            self.tr("Controleer de regels die niet kunnen. De andere worden in één keer overgenomen."),
            self.tr("Dezelfde lijst nog eens importeren verandert niets."),
        )
        self.ui.step_title.setText(titles[step])
        self.ui.step_text.setText(texts[step])
        self.ui.problem.setText("")
        self.ui.steps.setCurrentIndex(step)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        step, ui = self.step(), self.ui
        words = (
            self.tr("Bestand kiezen…"),
            self.tr("Verder"),
            self.tr("Verder"),
            self.tr("Importeren"),
            self.tr("Sluiten"),
        )
        ui.next.setText(words[step])
        ui.next.setVisible(step != CHOOSE)
        ui.next.setEnabled(step != PREVIEW or bool(self._preview and self._preview.good))
        ui.back.setVisible(step in (COLUMNS, VALUES, PREVIEW))
        ui.cancel.setVisible(step != DONE)
        (ui.pick if step == CHOOSE else ui.next).setFocus()
