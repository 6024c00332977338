"""The names of columns as a file gives them, each made usable and unique."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.values import clean_text


def named(cells: Sequence[str]) -> list[str]:
    """A name per column. A column without one is called by its number; a second one of a name gets a number."""
    names: list[str] = []
    for index, cell in enumerate(cells, start=1):
        name = " ".join(str(clean_text(cell)).split()) or f"Kolom {index}"
        names.append(_unique(name, names))
    while names and not cells[len(names) - 1].strip():
        names.pop()
    return names


def _unique(name: str, taken: Sequence[str]) -> str:
    number = 2
    found = name
    while found in taken:
        found = f"{name} ({number})"
        number += 1
    return found
