"""CSV as RFC 4180 has it, for scripts and other programs: commas, UTF-8, CRLF. XLSX is there for Excel.

Every cell is quoted, so that a semicolon or tab in it starts no new cell in a program that expects those.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from bren_desktop.exchange.cells import cell_text, guarded


def write(stream: BinaryIO, headers: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write `rows` under `headers`."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(headers)
        writer.writerows([guarded(cell_text(row[header])) for header in headers] for row in rows)
    finally:
        text.detach()
