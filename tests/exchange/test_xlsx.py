"""XLSX of teams, of attackers, and our own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.errors import UnreadableFileError
from bren_desktop.exchange import xlsx_reader, xlsx_writer
from bren_desktop.exchange.files import read_table

Workbook = Callable[[Sequence[Sequence[object]]], bytes]
Repack = Callable[[bytes, dict[str, bytes]], bytes]
Put = Callable[[str, bytes], Path]
MOMENT = datetime.fromisoformat("2011-03-04T00:00:00")
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def written(rows: Sequence[dict[str, object]]) -> bytes:
    stream = io.BytesIO()
    xlsx_writer.write(stream, tuple(rows[0]), rows)
    return stream.getvalue()


def test_cells_become_text_as_people_read_them(workbook: Workbook) -> None:
    data = workbook(
        [
            ["naam", "geboren", "uren", "ja?", "tarief", None, "dag"],
            ["Zoë 👩‍👧 \u202eomgekeerd", MOMENT, 8.0, True, 12.5, "los", date(2026, 11, 22)],
            [None, None, None, None, None, None, None],
            ["B", None, 0, False, None, None, None],
        ]
    )
    table = xlsx_reader.read(data)
    assert table.headers == ("naam", "geboren", "uren", "ja?", "tarief", "Kolom 6", "dag")
    assert list(table.rows[0].cells.values()) == [
        "Zoë 👩‍👧 \u202eomgekeerd",
        "2011-03-04",
        "8",
        "ja",
        "12.5",
        "los",
        "2026-11-22",
    ]
    assert [(row.line, row.cells["naam"], row.cells["uren"], row.cells["ja?"]) for row in table.rows][1] == (
        4,
        "B",
        "0",
        "nee",
    )


def test_the_first_sheet_with_rows_counts_and_a_title_line_above_is_the_header() -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Pool")
    sheet["B3"], sheet["C3"], sheet["B4"] = "naam", "regio", "P. Arel"
    stream = io.BytesIO()
    book.save(stream)
    [row] = xlsx_reader.read(stream.getvalue()).rows
    assert (row.line, row.cells["naam"]) == (4, "P. Arel")


def test_a_formula_gives_its_result_and_an_error_rejects_the_row(workbook: Workbook, repack: Repack) -> None:
    rows = (
        '<row r="1"><c r="A1" t="str"><v>naam</v></c><c r="B1" t="str"><v>uren</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>B2&amp;"x"</f><v>Uit een formule</v></c><c r="B2"><v>4</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>C</v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    data = repack(
        workbook([["x"]]), {SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()}
    )
    table = xlsx_reader.read(data)
    assert [dict(row.cells) for row in table.rows] == [{"naam": "Uit een formule", "uren": "4"}]
    assert [(each.line, each.field) for each in table.rejected] == [(3, "uren")]


def test_a_size_that_the_sheet_claims_hides_no_rows(workbook: Workbook, repack: Repack) -> None:
    data = workbook([["naam"], ["A"], ["B"]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(SHEET).replace(b'ref="A1:A3"', b'ref="A1:A2"')
    assert len(xlsx_reader.read(repack(data, {SHEET: sheet})).rows) == 2


def test_a_truncated_or_strange_file_is_refused_with_a_sentence(workbook: Workbook, put: Put) -> None:
    whole = workbook([["naam"], ["A"]])
    strange = io.BytesIO()
    with zipfile.ZipFile(strange, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    files = [whole[:size] for size in (0, 10, 100, len(whole) // 2, len(whole) - 10)]
    files += [strange.getvalue(), b"%PDF-1.7", b"\xd0\xcf\x11\xe0" + b"x" * 600, b"naam;regio\r\nA;b\r\n"]
    for data in files:
        with pytest.raises(UnreadableFileError) as caught:
            read_table(put("pool.xlsx", data))
        assert str(caught.value).endswith(".")


def test_damaged_parts_are_refused(workbook: Workbook, repack: Repack) -> None:
    whole = workbook([["naam"], ["A"]])
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    essential = [name for name in names if name.startswith(("xl/workbook", "xl/worksheets", "[Content"))]
    assert essential
    for name in essential:
        for junk in (b"", b"<", b"<a/>", b"\x00" * 50):
            with pytest.raises(UnreadableFileError):
                xlsx_reader.read(repack(whole, {name: junk}))


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declaration",
    [
        f'<!ENTITY e0 "ha">{BOMB}',
        '<!ENTITY e9 SYSTEM "file:///etc/passwd">',
        '<!ENTITY % e9 SYSTEM "nergens.dtd"> %e9;',
    ],
)
def test_entities_are_refused(declaration: str, workbook: Workbook, repack: Repack) -> None:
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE x [{declaration}]><worksheet xmlns="{MAIN}"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row></sheetData></worksheet>'
    )
    with pytest.raises(UnreadableFileError):
        xlsx_reader.read(repack(workbook([["naam"]]), {SHEET: sheet.encode()}))


def test_a_zip_bomb_is_refused_unopened(workbook: Workbook, repack: Repack) -> None:
    data = repack(workbook([["naam"]]), {SHEET: b" " * 64 * 1024 * 1024})
    assert len(data) < 200_000
    with pytest.raises(UnreadableFileError, match="te groot"):
        xlsx_reader.read(data)


@pytest.mark.parametrize(
    "row",
    [
        '<row r="99999999999"><c t="str"><v>ver</v></c></row>',
        '<row r="1000000"><c t="str"><v>ver</v></c></row>',
        '<row r="2"><c r="ZZZ2" t="str"><v>breed</v></c></row>',
        '<row r="x"><c t="str"><v>vreemd</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>999</v></c></row>',
        '<row r="2"><c r="A2" s="7000" t="d"><v>nooit</v></c></row>',
    ],
)
def test_a_cell_at_an_absurd_place_costs_nothing(row: str, workbook: Workbook, repack: Repack) -> None:
    rows = f'<row r="1"><c r="A1" t="str"><v>naam</v></c></row>{row}'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    data = repack(workbook([["x"]]), {SHEET: sheet.encode()})
    try:
        table = xlsx_reader.read(data)
    except UnreadableFileError:
        return
    assert not table.rows


def test_no_written_cell_is_a_formula() -> None:
    data = written([{"a": "=HYPERLINK(1)", "b": "+1", "c": 5, "d": None, "e": ["x", "y"]}])
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["'=HYPERLINK(1)", "'+1", "5", None, "x|y"]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n"}


def test_equal_rows_give_equal_bytes_without_a_date() -> None:
    rows: list[dict[str, object]] = [{"a": "x"}, {"a": "y"}]
    data = written(rows)
    assert data == written(rows)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/core.xml" not in archive.namelist()


def test_a_long_text_goes_on_in_further_columns_and_comes_back() -> None:
    text = "=" + "é😀" * 50_000
    data = written([{"lang": text, "kort": "k"}, {"lang": "x", "kort": "'"}])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == [
        "lang",
        "lang#2",
        "lang#3",
        "lang#4",
        "lang#5",
        "lang#6",
        "lang#7",
        "kort",
    ]
    assert all(len(str(cell.value).encode("utf-16-le")) // 2 <= 32_767 for cell in sheet[2])
    table = xlsx_reader.read(data)
    assert table.headers == ("lang", "kort")
    assert [dict(row.cells) for row in table.rows] == [{"lang": text, "kort": "k"}, {"lang": "x", "kort": "'"}]


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cn"])) | st.sampled_from(
    ["_x0041_", "_x005F_", "'=", "]]>", "&lt;"]
)


@given(st.lists(CELLS, max_size=4))
def test_what_is_written_is_read_back(texts: list[str]) -> None:
    data = written([{"id": "1", "a": text} for text in [*texts, "slot"]])
    assert [row.cells["a"] for row in xlsx_reader.read(data).rows] == [*texts, "slot"]
