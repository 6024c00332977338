"""The mapping wizard for a team's own list: file, columns, values, what would happen, and what happened.

Nothing is imported before the last step, and then all good rows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QTableWidget, QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs import import_tables
from bren_desktop.gui.dialogs.import_sample import show_sample
from bren_desktop.gui.forms.import_wizard import Ui_ImportWizard
from bren_desktop.gui.messages import sentence
from bren_desktop.services.importing import ImportPreview, ImportReport
from bren_desktop.services.mapping import ColumnMapping
from bren_desktop.services.tables import Rejection, Table

CHOOSE, COLUMNS, VALUES, PREVIEW, DONE = range(5)
_NAME = "naam"
_MOST_LINES = 12


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
        self._taking = False
        self._connect()
        self._choose_kind(kind)
        self._show(CHOOSE)

    def take_file(self, path: Path) -> None:
        """Read `path` and propose what its columns mean."""
        self.ui.file_name.setText(path.name)
        self._start_work()
        self._desk.tasks.run(partial(self._desk.workspace.importing.read, path), self._on_read, self._on_failed)

    def step(self) -> int:
        """The step that is shown."""
        return self.ui.steps.currentIndex()

    def reject(self) -> None:
        """Close and change nothing; rows that are being taken are waited for."""
        if not self._taking:
            super().reject()

    def _connect(self) -> None:
        ui = self.ui
        keeps = ui.working.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        ui.working.setSizePolicy(keeps)
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

    def _on_pick(self) -> None:
        formats = self.tr("Lijsten (*.csv *.xlsx *.jsonl *.json);;Alle bestanden (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Bestand kiezen"), "", formats)
        if path:
            self.take_file(Path(path))

    def _on_read(self, table: Table) -> None:
        self._table = table
        workspace = self._desk.workspace
        self._ask(partial(workspace.importing.propose, workspace.actor, table, self._kind), self._on_proposed)

    def _on_proposed(self, mapping: ColumnMapping) -> None:
        if self._table is not None:
            self._mapping = mapping
            import_tables.show_columns(self.ui.columns, self._table, mapping, self._on_columns_edited)
            self._on_columns_edited()
            self._show(COLUMNS)

    def _on_columns_edited(self) -> None:
        """Say it where a list of pareltjes has no names: all of its rows would be refused."""
        if self._mapping is not None:
            mapping = import_tables.read_columns(self.ui.columns, self._mapping)
            nameless = self._kind is Kind.EXPERT and _NAME not in mapping.columns.values()
            self.ui.columns_hint.setText(
                self.tr("Let op: geen kolom vult het veld Naam. Zonder naam kan een nieuw pareltje niet mee.")
                if nameless
                else ""
            )

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
        """Ask for every text that no list knows, also for those that were given a code before."""
        if self._mapping is not None:
            self._mapping = import_tables.read_columns(self.ui.columns, self._mapping)
            self._ask_preview(self._mapping.model_copy(update={"values": {}}), self._on_columns_previewed)

    def _on_columns_previewed(self, preview: ImportPreview) -> None:
        values = self._mapping.values if self._mapping is not None else {}
        more = import_tables.show_values(self.ui.values, preview, values)
        rest = self.tr("Nog {n} andere teksten komen minder vaak voor en blijven te coderen.")
        self.ui.values_hint.setText(rest.format(n=counted(more)) if more else "")
        if preview.to_code:
            self._show(VALUES)
        else:
            self._show_preview(preview)

    def _leave_values(self) -> None:
        if self._mapping is not None:
            self._mapping = import_tables.read_values(self.ui.values, self._mapping)
            self._ask_preview(self._mapping, self._show_preview)

    def _ask_preview(self, columns: ColumnMapping, done: Callable[[ImportPreview], None]) -> None:
        workspace, table = self._desk.workspace, self._table
        if table is not None:
            self._ask(partial(workspace.importing.preview, workspace.actor, table, columns), done)

    def _show_preview(self, preview: ImportPreview) -> None:
        self._preview = preview
        ui = self.ui
        ui.summary.setText("\n".join(self._told(preview)))
        show_sample(ui.sample, preview)
        for widget in (ui.sample_title, ui.sample):
            widget.setVisible(bool(preview.good))
        self._show_rejected(preview.rejected, ui.rejected_title, ui.rejected, ui.more_rejected)
        self._show(PREVIEW)

    def _told(self, preview: ImportPreview) -> list[str]:
        """What would happen, a sentence each."""
        text = self.tr("{good} regels kunnen worden overgenomen, {bad} niet.")
        told = [text.format(good=counted(len(preview.good)), bad=counted(_lines(preview.rejected)))]
        if preview.unused_columns:
            unused = self.tr("Niet gebruikte kolommen: {columns}.")
            told.append(unused.format(columns=", ".join(preview.unused_columns)))
        if preview.to_code:
            told.append(self.tr("Teksten die te coderen blijven: {n}.").format(n=counted(len(preview.to_code))))
        if preview.noted:
            lines = ", ".join(str(each.line) for each in preview.noted[:_MOST_LINES])
            more = self.tr(" en meer") if len(preview.noted) > _MOST_LINES else ""
            told.append(f"{self.tr('Regel {lines}').format(lines=lines)}{more}: {preview.noted[0].reason}")
        return told

    def _show_rejected(self, rejected: Sequence[Rejection], title: QLabel, table: QTableWidget, rest: QLabel) -> None:
        more = import_tables.show_rejected(table, self._kind, rejected)
        text = self.tr("En nog {n} meer. Verbeter eerst deze en importeer dan opnieuw.")
        rest.setText(text.format(n=counted(more)))
        rest.setVisible(more > 0)
        for widget in (title, table):
            widget.setVisible(bool(rejected))

    def _take(self) -> None:
        if self._preview is None:
            return
        workspace, preview = self._desk.workspace, self._preview
        self._taking = True
        self._start_work()
        self.ui.cancel.setEnabled(False)
        self._desk.tasks.do(
            partial(workspace.importing.take, workspace.actor, preview), self._on_taken, self._on_failed
        )

    def _on_taken(self, report: ImportReport) -> None:
        ui = self.ui
        text = self.tr("{new} regels overgenomen, {same} waren al hetzelfde, {bad} niet overgenomen.")
        bad = counted(_lines(report.rejected))
        ui.result.setText(text.format(new=counted(report.imported), same=counted(report.unchanged), bad=bad))
        self._show_rejected(report.rejected, ui.left_out_title, ui.left_out, ui.more_left_out)
        self._taking = False
        self.imported.emit()
        self._show(DONE)

    def _ask(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._start_work()
        self._desk.tasks.ask(work, done, self._on_failed)

    def _start_work(self) -> None:
        ui = self.ui
        self._say("")
        ui.working.show()
        for button in (ui.next, ui.back, ui.pick):
            button.setEnabled(False)

    def _on_failed(self, error: UserFacingError) -> None:
        self._taking = False
        self._refresh_buttons()
        self._say(sentence(error))

    def _say(self, problem: str) -> None:
        self.ui.problem.setText(problem)
        self.ui.problem.setVisible(bool(problem))

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
            self.tr(
                "Kies wat elke tekst betekent. Waar wij iets herkennen, staat het er al: kijk het na. "
                "Wat u zo laat, blijft bewaard als te coderen."
            ),
            self.tr("Controleer de regels die niet kunnen. De andere worden in één keer overgenomen."),
            self.tr("Dezelfde lijst nog eens importeren verandert niets."),
        )
        self.ui.step_title.setText(titles[step])
        self.ui.step_text.setText(texts[step])
        self._say("")
        self.ui.steps.setCurrentIndex(step)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        step, ui = self.step(), self.ui
        words = (
            "",
            self.tr("&Verder"),
            self.tr("&Verder"),
            self.tr("&Importeren"),
            self.tr("&Sluiten"),
        )
        ui.next.setText(words[step])
        ui.next.setVisible(step != CHOOSE)
        ui.next.setEnabled(step != PREVIEW or bool(self._preview and self._preview.good))
        ui.back.setVisible(step in (COLUMNS, VALUES, PREVIEW))
        ui.cancel.setVisible(step != DONE)
        for button in (ui.back, ui.pick, ui.cancel):
            button.setEnabled(True)
        ui.working.hide()
        self._first_place(step).setFocus()

    def _first_place(self, step: int) -> QWidget:
        """Where the keyboard begins: at the first choice to be made, else at the button that goes on."""
        ui = self.ui
        tables = {COLUMNS: (ui.columns, 2), VALUES: (ui.values, 3)}
        if step in tables:
            table, column = tables[step]
            return table.cellWidget(0, column) if table.rowCount() else ui.next
        if step == PREVIEW and not ui.next.isEnabled():
            return ui.back
        return ui.pick if step == CHOOSE else ui.next


def _lines(rejected: Sequence[Rejection]) -> int:
    """How many rows are left out; one may be so for several reasons."""
    return len({each.line for each in rejected})
