"""A value as the text of one spreadsheet cell, and back. Text that a spreadsheet would calculate is made harmless.

A cell that starts with = + - @, a tab or a return (after any number of apostrophes) gets one apostrophe in front;
the reader takes exactly that one away again, so that a round trip gives the same text.
"""

from __future__ import annotations

import json
import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def cell_text(value: object) -> str:
    """A plain value as text: lists joined by `|`, rows as JSON, yes and no in Dutch."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list | tuple):
        return _list_text(list(value))
    return str(value)


def _list_text(values: list[object]) -> str:
    if not values:
        return ""
    words = [value for value in values if isinstance(value, str)]
    joined = "|".join(words)
    plain = len(words) == len(values) and not joined.startswith("[") and not any(_divides(word) for word in words)
    return joined if plain else json.dumps(values, ensure_ascii=False)


def _divides(word: str) -> bool:
    return bool(re.search(r"[|;\r\n]", word))
