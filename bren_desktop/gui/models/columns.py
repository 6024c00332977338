"""The columns of a list: what a cell says, and the badge it may wear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bren_desktop.gui.widgets.badge import BadgeLook

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column. `key` names it in the settings and orders the rows; `sortable` says whether a click on it may."""

    key: str
    title: str
    text: Callable[[Row], str]
    tip: Callable[[Row], str] | None = None
    badge: Callable[[Row], BadgeLook | None] | None = None
    width: int = 120
    sortable: bool = True
    right: bool = False
