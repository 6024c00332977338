"""Bytes of a text file as text: UTF-8, UTF-16 as Excel writes it, else Windows-1252."""

from __future__ import annotations

import codecs
import re

from bren_desktop.errors import UnreadableFileError
from bren_desktop.exchange.source import damaged

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_SAMPLE = 4096
_STRAY = 40
"""Control characters that a text of this size may hold."""


def decoded(data: bytes, wanted: str) -> str:
    """The text of `data`. Raises UnreadableFileError for bytes that are no text."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _guessed(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise damaged(wanted) from error
    if "\0" in text or len(_CONTROL.findall(text[:_SAMPLE])) > _STRAY:
        raise UnreadableFileError(
            "Dit is geen tekst maar een bestand van een ander programma. Er is niets geïmporteerd. "
            "Sla de gegevens op als .xlsx, .csv of .jsonl en probeer het opnieuw."
        )
    return text


def _guessed(data: bytes) -> str:
    sample = data[:_SAMPLE]
    zeros = sample[1::2].count(0), sample[::2].count(0)
    if max(zeros) > len(sample) // 5:
        return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    try:
        data.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
