"""XLSX with one sheet of strings, byte for byte the same for the same rows.

Written here and not by a library, because openpyxl leaves every sheet as plain text in the temp folder while it works
and stamps the time. Every cell is an inline string, so that nothing in it is ever a formula. Excel holds 32,767
characters in a cell: longer text goes on in further columns, `omschrijving#2` and so on.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from typing import BinaryIO, TextIO
from xml.sax.saxutils import escape

from bren_desktop.exchange.cells import cell_text, guarded

LONGEST_CELL = 16_000
"""Characters; Excel counts an emoji double."""
SHEET = "Gegevens"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_CONTENT}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_SHEET_PART = "xl/worksheets/sheet1.xml"
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


def write(stream: BinaryIO, headers: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write `rows` under `headers`, the header row frozen."""
    texts = [[cell_text(row[header]) for header in headers] for row in rows]
    widths = [max((_pieces(cells[index]) for cells in texts), default=1) for index in range(len(headers))]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _PARTS.items():
            archive.writestr(_entry(name), _HEAD + content)
        with archive.open(_entry(_SHEET_PART), "w", force_zip64=True) as part:
            sheet = TextIOWrapper(part, encoding="utf-8", newline="\n")
            _write_sheet(sheet, _widened(headers, widths), (_cut(cells, widths) for cells in texts))
            sheet.detach()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    entry.external_attr = 0
    return entry


def _write_sheet(sheet: TextIO, headers: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    sheet.write(
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
    )
    sheet.write(_row(1, headers))
    for number, cells in enumerate(rows, start=2):
        sheet.write(_row(number, cells))
    sheet.write("</sheetData></worksheet>")
    sheet.flush()


def _row(number: int, cells: Iterable[str]) -> str:
    filled = (
        f'<c r="{_letters(column)}{number}" t="inlineStr"><is><t xml:space="preserve">{_xml(text)}</t></is></c>'
        for column, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{"".join(filled)}</row>'


def _xml(text: str) -> str:
    """`text` as XML, with what XML or Excel would read differently in Excel's own escape (`_x000D_`)."""
    safe = _ESCAPED.sub("_x005F_", guarded(text))
    return escape(_ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", safe))


def _letters(column: int) -> str:
    """The letters of a column, from 0: A, B, .., Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _pieces(text: str) -> int:
    return max(1, -(-len(text) // LONGEST_CELL))


def _widened(headers: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for header, width in zip(headers, widths, strict=True):
        yield header
        yield from (f"{header}#{number}" for number in range(2, width + 1))


def _cut(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for text, width in zip(cells, widths, strict=True):
        for number in range(width):
            yield text[number * LONGEST_CELL : (number + 1) * LONGEST_CELL]
