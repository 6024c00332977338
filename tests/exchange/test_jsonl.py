"""JSON Lines and JSON arrays."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.errors import UnreadableFileError
from bren_desktop.exchange import jsonl


def test_each_line_is_a_row_and_a_broken_one_is_named() -> None:
    table = jsonl.read_lines('\ufeff{"id": "1", "x": [1]}\r\n\r\n{"id": "2", "y": null}\n[1]\n{"id": "3'.encode())
    assert table.headers == ("id", "x", "y")
    assert [(row.line, dict(row.cells)) for row in table.rows] == [
        (1, {"id": "1", "x": [1]}),
        (3, {"id": "2", "y": None}),
    ]
    assert [each.line for each in table.rejected] == [4, 5]


def test_an_array_counts_its_records() -> None:
    table = jsonl.read_array(b'[{"id": "1"}, 7, {"id": "2"}]')
    assert [row.line for row in table.rows] == [1, 3]
    assert [each.line for each in table.rejected] == [2]
    assert len(jsonl.read_array(b'{"id": "1"}').rows) == 1


DEEP = b'{"a":' * 100_000 + b"1" + b"}" * 100_000


@pytest.mark.parametrize(
    "data", [b"geen json", b"[1, 2]", DEEP, b"%PDF-1.4", b"\xff\xfe", b'{"a": ' + b"9" * 5000 + b"}"]
)
def test_a_file_without_any_record_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        jsonl.read_lines(data)


def test_keys_are_clean_text() -> None:
    assert jsonl.read_lines(b'{"na\\ud800am\\u0007": "x"}').headers == ("naam",)


@pytest.mark.parametrize("data", [b'"tekst"', DEEP, b"{"])
def test_an_array_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        jsonl.read_array(data)


def test_thousands_of_keys_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="te groot"):
        jsonl.read_lines(("{" + ",".join(f'"k{n}": 1' for n in range(501)) + "}").encode())


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_what_is_written_is_read_back(texts: list[str]) -> None:
    stream = io.BytesIO()
    jsonl.write(stream, ("a",), [{"a": text} for text in [*texts, "slot"]])
    assert [row.cells["a"] for row in jsonl.read_lines(stream.getvalue()).rows] == [*texts, "slot"]
