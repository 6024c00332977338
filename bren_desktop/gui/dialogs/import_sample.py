"""The first rows of an import as they would stand in the program, for people to check at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTableWidget

from bren_desktop.domain.cases import ToCodeRow
from bren_desktop.domain.fields import Note, Shape, notes
from bren_desktop.domain.vocabulary import TO_CODE, vocabulary
from bren_desktop.gui.dialogs.import_tables import ROW_HEIGHT, cell, start
from bren_desktop.services.importing import ImportPreview
from bren_desktop.services.mapping import ID, targets

MOST_ROWS = 5
_WIDTH = 176
_SCROLL_BAR = 20
_LONGEST = 200


def show_sample(table: QTableWidget, preview: ImportPreview) -> None:
    """The first good rows, a column per field that they fill."""
    rows = preview.good[:MOST_ROWS]
    given = {ID, *(field for row in rows for field in row.given)}
    fields = {field: label for field, label in targets(preview.kind).items() if field in given}
    start(table, dict.fromkeys(fields.values(), _WIDTH), len(rows))
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + len(rows) * ROW_HEIGHT + _SCROLL_BAR)
    for number, row in enumerate(rows):
        for column, field in enumerate(fields):
            table.setItem(number, column, cell(row.id if field == ID else shown(row.record, field)))


def shown(record: BaseModel, field: str) -> str:
    """The value of a field in words."""
    note, value = notes(type(record))[field], getattr(record, field)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _tr("ja") if value else _tr("nee")
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    if note.shape is Shape.ROWS:
        return _tr("{n} regels").format(n=len(value))
    elements = value if note.shape is Shape.SET else (value,)
    return ", ".join(_words(record, field, note, elements))[:_LONGEST]


def _words(record: BaseModel, field: str, note: Note, elements: Iterable[object]) -> Iterable[str]:
    unknown: Iterable[ToCodeRow] = getattr(record, "te_coderen", ())
    texts = [_tr("{text} (te coderen)").format(text=row.tekst) for row in unknown if row.veld == field]
    for element in elements:
        if element == TO_CODE and texts:
            yield from texts
        else:
            yield vocabulary(note.vocabulary).label(str(element)) if note.vocabulary else str(element)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportSample", text)
