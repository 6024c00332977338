"""Files as people bring them, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

Workbook = Callable[[Sequence[Sequence[object]]], bytes]
Repack = Callable[[bytes, dict[str, bytes]], bytes]


@pytest.fixture
def workbook() -> Workbook:
    """Makes the bytes of a workbook with one sheet of rows."""

    def make(rows: Sequence[Sequence[object]]) -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(list(row))
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture
def repack() -> Repack:
    """Makes a zip anew with some of its parts replaced."""

    def make(data: bytes, parts: dict[str, bytes]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, parts.get(name, old.read(name)))
        return stream.getvalue()

    return make


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes bytes to a file of a name."""

    def make(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return make
