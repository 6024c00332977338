"""The tables of the import wizard: columns to fields, texts to codes, and the rows that cannot be taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem

from bren_desktop.domain.entities import MODELS
from bren_desktop.domain.fields import notes
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.services.importing import ImportPreview
from bren_desktop.services.mapping import ColumnMapping, targets
from bren_desktop.services.tables import Rejection, Table

_EXAMPLES = 3
_LONGEST_EXAMPLE = 80
_KEY = Qt.ItemDataRole.UserRole


def show_columns(table: QTableWidget, source: Table, mapping: ColumnMapping) -> None:
    """A line per column: its name, examples, and the field that it fills."""
    fields = [("", _tr("niet gebruiken")), *targets(mapping.kind).items()]
    _start(table, (_tr("Kolom"), _tr("Voorbeelden"), _tr("Veld")), len(source.headers))
    for row, header in enumerate(source.headers):
        table.setItem(row, 0, _cell(header, header))
        table.setItem(row, 1, _cell(_examples(source, header)))
        table.setCellWidget(row, 2, _choice(fields, mapping.columns.get(header, ""), header))


def read_columns(table: QTableWidget, mapping: ColumnMapping) -> ColumnMapping:
    """`mapping` with what was chosen in the table."""
    for row in range(table.rowCount()):
        mapping = mapping.with_column(_key(table, row), _chosen(table, row, 2))
    return mapping


def show_values(table: QTableWidget, preview: ImportPreview) -> None:
    """A line per text that no list knows: its field, how often, and the code that it may mean."""
    _start(table, (_tr("Veld"), _tr("Tekst"), _tr("Aantal"), _tr("Betekent")), len(preview.to_code))
    for row, unknown in enumerate(preview.to_code):
        note = notes(MODELS[preview.kind])[unknown.field]
        table.setItem(row, 0, _cell(note.label, unknown.field))
        table.setItem(row, 1, _cell(unknown.text, unknown.text))
        table.setItem(row, 2, _cell(str(unknown.count)))
        table.setCellWidget(row, 3, _choice(_codes(note.vocabulary), unknown.suggestion, unknown.text))


def read_values(table: QTableWidget, mapping: ColumnMapping) -> ColumnMapping:
    """`mapping` with the codes that were chosen in the table."""
    for row in range(table.rowCount()):
        mapping = mapping.with_value(_key(table, row), _key(table, row, 1), _chosen(table, row, 3))
    return mapping


def show_rejected(table: QTableWidget, rejected: Sequence[Rejection]) -> None:
    """A line per row that cannot be taken: where, which field, why."""
    _start(table, (_tr("Regel"), _tr("Veld"), _tr("Reden")), len(rejected))
    for row, each in enumerate(rejected):
        for column, text in enumerate((str(each.line), each.field, each.reason)):
            table.setItem(row, column, _cell(text))
    table.setVisible(bool(rejected))


def _start(table: QTableWidget, titles: Sequence[str], rows: int) -> None:
    table.clear()
    table.setRowCount(rows)
    table.setColumnCount(len(titles))
    table.setHorizontalHeaderLabels(list(titles))
    table.verticalHeader().hide()
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.verticalHeader().setDefaultSectionSize(40)


def _cell(text: str, key: str = "") -> QTableWidgetItem:
    cell = QTableWidgetItem(text)
    cell.setData(_KEY, key)
    return cell


def _key(table: QTableWidget, row: int, column: int = 0) -> str:
    cell = table.item(row, column)
    return str(cell.data(_KEY)) if cell is not None else ""


def _choice(choices: Sequence[tuple[str, str]], code: str, name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, label in choices:
        box.addItem(label, value)
    box.setCurrentIndex(max(0, box.findData(code)))
    return box


def _chosen(table: QTableWidget, row: int, column: int) -> str:
    box = table.cellWidget(row, column)
    return str(box.currentData()) if isinstance(box, QComboBox) else ""


def _codes(name: str) -> list[tuple[str, str]]:
    terms = [(term.code, term.label) for term in vocabulary(name)] if name else []
    return [("", _tr("blijft te coderen")), *terms]


def _examples(source: Table, header: str) -> str:
    found = dict.fromkeys(str(row.cells[header]) for row in source.rows[:50] if row.cells.get(header) not in (None, ""))
    text = " · ".join(list(found)[:_EXAMPLES])
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportTables", text)
