"""CSV as programs really write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.errors import UnreadableFileError
from bren_desktop.exchange import csv_reader, csv_writer
from bren_desktop.exchange.files import read_table

Put = Callable[[str, bytes], Path]
TEXT = 'naam;profiel\r\n"Zoë, de Wit";"Kent ""alles""\nover één ding"\r\nP. Arel;€ 12\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_encoding_gives_the_same_rows(encoding: str, put: Put) -> None:
    table = read_table(put("pool.csv", TEXT.encode(encoding)))
    assert table.headers == ("naam", "profiel")
    assert [(row.line, dict(row.cells)) for row in table.rows] == [
        (2, {"naam": "Zoë, de Wit", "profiel": 'Kent "alles"\nover één ding'}),
        (4, {"naam": "P. Arel", "profiel": "€ 12"}),
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_each_delimiter_is_found(delimiter: str) -> None:
    text = f'naam{delimiter}"a, b; c"{delimiter}regio\nP. Arel{delimiter}x{delimiter}JZ24\n'
    table = csv_reader.read(text.encode())
    assert table.headers == ("naam", "a, b; c", "regio")
    assert dict(table.rows[0].cells) == {"naam": "P. Arel", "a, b; c": "x", "regio": "JZ24"}


def test_the_delimiter_that_excel_declares_counts() -> None:
    table = csv_reader.read(b"sep=,\r\nnaam,a;b;c\r\nP. Arel,1\r\n")
    assert [(row.line, dict(row.cells)) for row in table.rows] == [(3, {"naam": "P. Arel", "a;b;c": "1"})]


def test_a_file_with_one_column_and_old_line_ends_is_read() -> None:
    assert [row.cells["naam"] for row in csv_reader.read(b"naam\rEen\rTwee").rows] == ["Een", "Twee"]


def test_empty_lines_are_skipped_and_short_rows_filled() -> None:
    table = csv_reader.read(b"naam;regio;\r\n\r\n;;\r\nP. Arel\r\n")
    assert [(row.line, dict(row.cells)) for row in table.rows] == [(4, {"naam": "P. Arel", "regio": ""})]


def test_columns_of_one_name_or_none_stay_apart() -> None:
    assert csv_reader.read(b"naam;naam;;x\r\n1;2;3;4\r\n").rows[0].cells == {
        "naam": "1",
        "naam (2)": "2",
        "Kolom 3": "3",
        "x": "4",
    }


def test_names_of_columns_are_clean_text() -> None:
    assert csv_reader.read(b'" na\x07am\n(vol)  ";b\r\nA;1\r\n').headers == ("naam (vol)", "b")


def test_a_row_with_more_cells_than_columns_is_rejected() -> None:
    table = csv_reader.read(b"naam;regio\r\nA;b;c\r\nB;b;\r\n")
    assert [each.line for each in table.rejected] == [2]
    assert [row.line for row in table.rows] == [3]


@pytest.mark.parametrize("rest", [b'B;"afgekapt midden in een ce', b'B;"fout"hier\r\nC;"nog een'])
def test_from_a_broken_quote_on_nothing_is_taken(rest: bytes) -> None:
    table = csv_reader.read(b"naam;regio\r\nA;goed\r\n" + rest)
    assert [row.line for row in table.rows] == [2]
    assert [each.line for each in table.rejected] == [3]
    assert "aanhalingstekens" in table.rejected[0].reason


def test_a_cell_of_200_kb_is_read_whole() -> None:
    table = csv_reader.read(b'naam;profiel\r\nA;"' + b"x\n" * 100_000 + b'"\r\n')
    assert len(str(table.rows[0].cells["profiel"])) == 200_000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n",
        b"%PDF-1.7 enzovoort",
        b"PK\x03\x04 een zip",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 oud Excel",
        b"\x89PNG\r\n\x1a\n",
        bytes(range(256)) * 20,
        b"\x00\x01\x02\x03" * 500,
        b"\xff\xfe\x00",
        b";;\r\n",
    ],
)
def test_another_programs_file_is_refused_with_a_sentence(data: bytes, put: Put) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_table(put("pool.csv", data))
    assert str(caught.value).endswith(".")


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "map.csv").mkdir()
    for name in ("weg.csv", "map.csv", "oud.xls"):
        with pytest.raises(UnreadableFileError):
            read_table(tmp_path / name)


def test_no_cell_starts_a_formula_and_each_is_quoted() -> None:
    stream = io.BytesIO()
    cells = {"a": "=1+1", "b": "'=1", "c": "-5", "d": "+31", "e": "@x", "f": "'gewoon'"}
    csv_writer.write(stream, tuple(cells), [cells])
    text = stream.getvalue().decode("utf-8")
    assert text.splitlines()[1] == '''"'=1+1","''=1","'-5","'+31","'@x","'gewoon'"'''
    assert next(csv.reader(io.StringIO(text))) == list(cells), "any program reads it as it is"
    assert csv_reader.read(stream.getvalue()).rows[0].cells == cells


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")) | st.sampled_from(
    ["'=", "''"]
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_what_is_written_is_read_back(rows: list[tuple[str, str]]) -> None:
    stream = io.BytesIO()
    csv_writer.write(stream, ("a", "b"), [{"a": f"x{first}", "b": second} for first, second in rows])
    table = csv_reader.read(stream.getvalue())
    assert [(row.cells["a"], row.cells["b"]) for row in table.rows] == [(f"x{a}", b) for a, b in rows]


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_sentence(data: bytes) -> None:
    try:
        table = csv_reader.read(data)
    except UnreadableFileError:
        return
    assert all(set(row.cells) == set(table.headers) for row in table.rows)


def test_reading_leaves_nothing_behind_in_the_csv_module() -> None:
    before = csv.field_size_limit(1_234)
    csv_reader.read(b"naam\r\n" + b"A" * 5_000)
    assert csv.field_size_limit(before) == 1_234
