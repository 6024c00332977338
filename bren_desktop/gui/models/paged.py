"""A table of any length that holds only the pages its user looks at.

The rows come from two callables that run in the background; a cell whose page is still under way shows dots.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from bren_desktop.gui.models.columns import Badge, Column
from bren_desktop.gui.tasks import Tasks, Ticket
from bren_desktop.services.rows import Page

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
PAGE_ROWS = 100
KEPT_PAGES = 30
UNDER_WAY = "…"
ROW_ROLE = Qt.ItemDataRole.UserRole
"""The row itself, or None while its page is under way."""
BADGE_ROLE = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Source(Generic[Row]):
    """Where the rows come from; both are called on the store's thread."""

    count: Callable[[], int]
    fetch: Callable[[Page], Sequence[Row]]


@dataclass(frozen=True)
class _Answer(Generic[Row]):
    number: int
    rows: Sequence[Row]
    total: int | None = None
    empty: frozenset[str] = frozenset()


class PagedModel(QAbstractTableModel, Generic[Row]):
    """Rows of one kind, fetched page by page through `tasks`. `counted` tells how many there are."""

    counted = Signal(int)

    def __init__(self, columns: Sequence[Column[Row]], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._tasks = tasks
        self._source: Source[Row] | None = None
        self._order = ""
        self._total = 0
        self._empty = self._seldom()
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._asked: dict[int, Ticket] = {}

    def show(self, source: Source[Row]) -> None:
        """Show the rows of `source` from the top."""
        self._source = source
        self.reload()

    def reload(self) -> None:
        """Fetch everything in view anew, after a change elsewhere or another order."""
        source, order = self._source, self._order
        if source is None:
            return
        self._forget_questions()
        page = Page(0, PAGE_ROWS, order)
        self._ask(0, lambda: _Answer(0, source.fetch(page), source.count(), self._without(source)))

    def total(self) -> int:
        """How many rows there are in all."""
        return self._total

    def is_empty(self, column: Column[Row]) -> bool:
        """Whether this is a `seldom` column that no row has anything in, as far as is known."""
        return column.key in self._empty

    def row(self, number: int) -> Row | None:
        """The row with this number, or None while its page is under way (which is then asked for)."""
        page, place = divmod(number, PAGE_ROWS)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        row = self.row(index.row())
        if row is None:
            return UNDER_WAY if role == Qt.ItemDataRole.DisplayRole else None
        return _cell(column, row, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return column.title if role == Qt.ItemDataRole.DisplayRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 gives the source's own order."""
        wanted = ""
        if 0 <= column < len(self.columns):
            if not self.columns[column].sortable:
                return
            wanted = self.columns[column].order or self.columns[column].key
            if order == Qt.SortOrder.DescendingOrder:
                wanted = wanted.removeprefix("-") if wanted.startswith("-") else f"-{wanted}"
        if wanted != self._order:
            self._order = wanted
            self.reload()

    def _seldom(self) -> frozenset[str]:
        return frozenset(column.key for column in self.columns if column.seldom)

    def _without(self, source: Source[Row]) -> frozenset[str]:
        """The keys of the `seldom` columns that no row has anything in; runs on the store's thread."""
        most = {column: source.fetch(Page(0, 1, f"-{column.key}")) for column in self.columns if column.seldom}
        return frozenset(column.key for column, rows in most.items() if not any(map(column.text, rows)))

    def _want(self, number: int) -> None:
        source = self._source
        if source is None or number in self._asked:
            return
        page = Page(number * PAGE_ROWS, PAGE_ROWS, self._order)
        self._ask(number, lambda: _Answer(number, source.fetch(page)))

    def _ask(self, number: int, work: Callable[[], _Answer[Row]]) -> None:
        ticket = Ticket()
        self._asked[number] = ticket
        started = self._tasks.ask(work, self._on_answer)
        if self._asked.get(number) is ticket:
            self._asked[number] = started

    def _on_answer(self, answer: _Answer[Row]) -> None:
        self._asked.pop(answer.number, None)
        if answer.total is None:
            self._keep(answer)
            self._tell(answer.number)
        else:
            self._start_over(answer, answer.total)

    def _start_over(self, answer: _Answer[Row], total: int) -> None:
        """Take a first page with its total; a list of the same length keeps the place of its reader."""
        same_length = total == self._total
        if not same_length:
            self.beginResetModel()
        self._pages.clear()
        self._total, self._empty = total, answer.empty
        self._keep(answer)
        if not same_length:
            self.endResetModel()
        elif total:
            self.dataChanged.emit(self.index(0, 0), self.index(total - 1, len(self.columns) - 1))
        self.counted.emit(total)

    def _keep(self, answer: _Answer[Row]) -> None:
        self._pages[answer.number] = answer.rows
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)

    def _tell(self, number: int) -> None:
        first = number * PAGE_ROWS
        last = min(first + PAGE_ROWS, self._total) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _forget_questions(self) -> None:
        for ticket in self._asked.values():
            ticket.cancel()
        self._asked.clear()


def _cell(column: Column[Row], row: Row, role: int) -> str | Badge | Row | None:
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return column.text(row)
    if role == Qt.ItemDataRole.ToolTipRole:
        return plain_tip(column.tip(row) if column.tip else column.text(row))
    if role == BADGE_ROLE:
        return column.badge(row) if column.badge else None
    return row if role == ROW_ROLE else None


def plain_tip(text: str) -> str:
    """`text` for a tooltip, which Qt would otherwise read as markup where it looks like it."""
    return f'<div style="white-space: pre-wrap">{escape(text)}</div>' if text else ""
