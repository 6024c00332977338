"""The tables of the import wizard: columns to fields, texts to codes, and the rows that cannot be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import notes
from bren_desktop.domain.vocabulary import folded, vocabulary
from bren_desktop.gui.models.paged import plain_tip
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.gui.widgets.options import Option, Options
from bren_desktop.services.importing import ImportPreview
from bren_desktop.services.mapping import ColumnMapping, targets
from bren_desktop.services.tables import Rejection, Table

MOST_VALUES = 100
MOST_REJECTED = 300
"""More lines than these help nobody, and make a large file slow to show."""
STRETCH = 0
ROW_HEIGHT, CHOICE_HEIGHT = 32, 40
_EXAMPLES = 3
_LONGEST_EXAMPLE = 80
_KEY = Qt.ItemDataRole.UserRole


def show_columns(table: QTableWidget, source: Table, mapping: ColumnMapping, edited: Callable[[], None]) -> None:
    """A line per column: its name, examples, and the field that it fills; `edited` is told of another choice."""
    fields = _options(_tr("niet gebruiken"), targets(mapping.kind).items())
    start(table, {_tr("Kolom"): 240, _tr("Voorbeelden"): STRETCH, _tr("Veld"): 300}, len(source.headers), CHOICE_HEIGHT)
    for row, header in enumerate(source.headers):
        table.setItem(row, 0, cell(header, header))
        table.setItem(row, 1, cell(_examples(source, header)))
        choice = _choice(fields, mapping.columns.get(header, ""), header)
        choice.edited.connect(edited)
        table.setCellWidget(row, 2, choice)


def read_columns(table: QTableWidget, mapping: ColumnMapping) -> ColumnMapping:
    """`mapping` with what was chosen in the table."""
    for row in range(table.rowCount()):
        mapping = mapping.with_column(_key(table, row), _chosen(table, row, 2))
    return mapping


def show_values(table: QTableWidget, preview: ImportPreview, values: Mapping[str, Mapping[str, str]]) -> int:
    """A line per text that no list knows, with the code that `values` gives it; how many more there are."""
    often = frozenset(sorted(preview.to_code, key=lambda unknown: -unknown.count)[:MOST_VALUES])
    shown = [unknown for unknown in preview.to_code if unknown in often]
    titles = {_tr("Veld"): 176, _tr("Tekst"): STRETCH, _tr("Aantal"): 80, _tr("Betekent"): 380}
    start(table, titles, len(shown), CHOICE_HEIGHT)
    known = notes(MODELS[preview.kind])
    for row, unknown in enumerate(shown):
        note, settled = known[unknown.field], values.get(unknown.field)
        code = unknown.suggestion if settled is None else settled.get(folded(unknown.text), "")
        table.setItem(row, 0, cell(note.label, unknown.field))
        table.setItem(row, 1, cell(unknown.text, unknown.text))
        table.setItem(row, 2, cell(str(unknown.count)))
        table.setCellWidget(row, 3, _choice(_codes(note.vocabulary), code, unknown.text))
    return len(preview.to_code) - len(shown)


def read_values(table: QTableWidget, mapping: ColumnMapping) -> ColumnMapping:
    """`mapping` with the codes that were chosen in the table."""
    for row in range(table.rowCount()):
        mapping = mapping.with_value(_key(table, row), _key(table, row, 1), _chosen(table, row, 3))
    return mapping


def show_rejected(table: QTableWidget, kind: Kind, rejected: Sequence[Rejection]) -> int:
    """A line per reason why a row cannot be taken: where, which field, why; how many more there are."""
    shown = rejected[:MOST_REJECTED]
    start(table, {_tr("Regel"): 80, _tr("Veld"): 240, _tr("Reden"): STRETCH}, len(shown))
    for row, each in enumerate(shown):
        for column, text in enumerate((str(each.line), targets(kind).get(each.field, each.field), each.reason)):
            table.setItem(row, column, cell(text))
    return len(rejected) - len(shown)


def start(table: QTableWidget, titles: Mapping[str, int], rows: int, height: int = ROW_HEIGHT) -> None:
    """Empty `table` and give it columns: a title with its width, or STRETCH."""
    table.clear()
    table.setRowCount(rows)
    table.setColumnCount(len(titles))
    table.setHorizontalHeaderLabels(list(titles))
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(height)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    for column, width in enumerate(titles.values()):
        mode = QHeaderView.ResizeMode.Stretch if width == STRETCH else QHeaderView.ResizeMode.Interactive
        header.setSectionResizeMode(column, mode)
        header.resizeSection(column, width)


def cell(text: str, key: str = "") -> QTableWidgetItem:
    """A cell that shows `text` and stands for `key`."""
    made = QTableWidgetItem(text)
    made.setToolTip(plain_tip(text))
    made.setData(_KEY, key)
    return made


def _key(table: QTableWidget, row: int, column: int = 0) -> str:
    found = table.item(row, column)
    return str(found.data(_KEY)) if found is not None else ""


class _Choice(ChoiceEdit):
    """A choice that falls back to the first option, which stands for none, where no option is meant."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._codes = frozenset(option.code for option in options.all)
        self.left.connect(self._on_settled)

    def code(self) -> str:
        return self.raw() if self.raw() in self._codes else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter after a word that is no choice shows that it counts as none, and does not go on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.raw() != self.code():
            self._on_settled()
            return
        super().keyPressEvent(event)

    def _on_settled(self) -> None:
        if self.raw() != self.code():
            self.set_raw("")
            self.edited.emit()
        self.set_raw(self.raw())


def _choice(options: Options, code: str, name: str) -> _Choice:
    choice = _Choice(options)
    choice.setAccessibleName(name)
    choice.set_raw(code)
    choice.set_raw(choice.code())
    return choice


def _chosen(table: QTableWidget, row: int, column: int) -> str:
    choice = table.cellWidget(row, column)
    return choice.code() if isinstance(choice, _Choice) else ""


def _options(none: str, terms: Iterable[tuple[str, str]]) -> Options:
    return Options((Option("", none), *(Option(code, label) for code, label in terms)))


@cache
def _codes(name: str) -> Options:
    terms = vocabulary(name) if name else ()
    none = Option("", _tr("blijft te coderen"))
    return Options((none, *(Option(term.code, term.label, term.aliases) for term in terms)))


def _examples(source: Table, header: str) -> str:
    found = dict.fromkeys(str(row.cells[header]) for row in source.rows[:50] if row.cells.get(header) not in (None, ""))
    text = " · ".join(list(found)[:_EXAMPLES])
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportTables", text)
