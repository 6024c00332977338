"""The lines of the werkvoorraad, under a head per section."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bren_desktop.domain.dutch import counted
from bren_desktop.gui.widgets.work_words import section_words, spoken
from bren_desktop.services.work_items import Section, WorkItem

ITEM_ROLE = Qt.ItemDataRole.UserRole
"""A `WorkItem`, or the `Head` of a section."""
TODAY_ROLE = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()


class Head:
    """The head above the lines of a section."""

    def __init__(self, section: Section, count: int) -> None:
        self.section, self.count = section, count

    def text(self) -> str:
        return f"{section_words(self.section)} · {counted(self.count)}"


def _same(one: WorkItem, other: WorkItem) -> bool:
    names = (one.kind, one.entity, one.code, one.draft), (other.kind, other.entity, other.code, other.draft)
    return names[0] == names[1] and one.reason is other.reason


class WorklistModel(QAbstractListModel):
    """Heads cannot be chosen: the keyboard passes over them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[WorkItem | Head] = ()
        self._today = date.min

    def show(self, items: Sequence[WorkItem], today: date) -> None:
        """Replace all lines, which stand in the order of their sections."""
        self.beginResetModel()
        self._today = today
        rows: list[WorkItem | Head] = []
        for section, lines in groupby(items, key=lambda item: item.section):
            found = list(lines)
            rows += [Head(section, len(found)), *found]
        self._rows = rows
        self.endResetModel()

    def line_of(self, before: WorkItem | None, row: int) -> QModelIndex:
        """The line that was chosen before, or what took its place at `row`, or the first."""
        lines = {number: each for number, each in enumerate(self._rows) if isinstance(each, WorkItem)}
        again = [number for number, each in lines.items() if before and _same(each, before)]
        near = [number for number in lines if number >= row] or list(lines)[-1:]
        found = again or (near if before else list(lines))
        return self.index(found[0]) if found else QModelIndex()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], Head):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ITEM_ROLE:
            return row
        if role == TODAY_ROLE:
            return self._today
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.text() if isinstance(row, Head) else spoken(row, self._today)
        return None
