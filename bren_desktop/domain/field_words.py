"""A stored value as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bren_desktop.domain.fields import Note
from bren_desktop.domain.vocabulary import vocabulary

_LISTS = {"vorm": "hulpvormen", "aard": "aard_ontbrekend_aanbod", "hiaat": "soort_hiaat"}
_HIDDEN = frozenset({"n", "id", "persoon"})


def in_words(note: Note | None, value: Any) -> str:
    """A value as people read it; nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "\n".join(_part(name, part) for name, part in value.items() if name not in _HIDDEN)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if note is not None and note.vocabulary:
        return vocabulary(note.vocabulary).label(str(value))
    return _day(str(value))


def _part(name: str, value: Any) -> str:
    known = vocabulary(_LISTS[name]).label(str(value)) if name in _LISTS else in_words(None, value)
    return f"{name.replace('_', ' ').capitalize()}: {known}"


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).strftime("%d-%m-%Y") if len(text) == len("2026-11-22") else text
    except ValueError:
        return text
