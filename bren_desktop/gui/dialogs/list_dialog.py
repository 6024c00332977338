"""A window around one list: find by typing, go through what was found by keyboard, open it, and add to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from bren_desktop.gui.desk import Desk
from bren_desktop.gui.models.columns import Column
from bren_desktop.gui.models.paged import PagedModel, Source
from bren_desktop.gui.widgets.empty_note import EmptyNote
from bren_desktop.gui.widgets.paged_view import PagedView

Row = TypeVar("Row")


class ListForm(Protocol):
    """What the form of such a window has."""

    wanted: QLineEdit
    table: PagedView
    empty: EmptyNote
    edit: QPushButton
    leave: QPushButton


class ListDialog(QDialog, Generic[Row]):
    """The whole list is read at once and narrowed here. `entry` opens at once: the id of a row, or a word of `new`."""

    def __init__(self, desk: Desk, entry: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self.all: Sequence[Row] = ()
        self.found: Sequence[Row] = ()
        self._entry = self._mark = entry

    def bind(
        self, form: ListForm, name: str, columns: Sequence[Column[Row]], new: Mapping[str, Callable[[], None]]
    ) -> None:
        """Show the list in `form`, its columns remembered under `name`. Ctrl+N begins the first of `new`."""
        self._form, self._new = form, new
        self.model: PagedModel[Row] = PagedModel(columns, self.desk.tasks, self)
        form.table.show_model(self.model, name)
        form.table.opened.connect(self.open_row)
        form.table.marked.connect(self._on_marked)
        self.model.dataChanged.connect(lambda: self._on_marked(self.current()))
        self.model.counted.connect(self._on_counted)
        form.wanted.textChanged.connect(self.narrow)
        form.wanted.returnPressed.connect(self._on_edit)
        form.edit.clicked.connect(self._on_edit)
        form.leave.clicked.connect(self.reject)
        down = QShortcut(QKeySequence("Down"), form.wanted, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(form.table.setFocus)
        for begin in [*new.values()][:1]:
            QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(begin)
        form.empty.hide()
        form.wanted.setFocus()
        self.load()

    def read(self) -> Callable[[], Sequence[Row]]:
        """The work that reads the whole list; runs on the store's thread."""
        raise NotImplementedError

    def matching(self, text: str) -> Sequence[Row]:
        """What of the list is asked for."""
        raise NotImplementedError

    def id_of(self, row: Row) -> str:
        """What a row is known by."""
        raise NotImplementedError

    def open_row(self, row: Row) -> None:
        """Show a row in a window of its own."""
        raise NotImplementedError

    def marked(self, row: Row | None) -> None:
        """The cursor stands on this row now: say what follows from it."""

    def nothing(self) -> tuple[str, str]:
        """What is said, and what to do, where there is nothing to show."""
        raise NotImplementedError

    def current(self) -> Row | None:
        """The row under the cursor."""
        row: Row | None = self._form.table.current()
        return row

    def load(self, mark: str = "") -> None:
        """Read the list anew, and put the cursor on the row with the id `mark`."""
        self._mark = mark or self._mark
        self.desk.tasks.ask(self.read(), self._on_loaded)

    def narrow(self) -> None:
        """Show what of the list is asked for."""
        found = self.found = self.matching(self._form.wanted.text())
        self.model.show(Source(lambda: len(found), lambda page: found[page.offset : page.offset + page.limit]))

    def _on_loaded(self, rows: Sequence[Row]) -> None:
        self.all = rows
        self.narrow()
        entry, self._entry = self._entry, ""
        if entry in self._new:
            self._new[entry]()
        for row in rows:
            if self.id_of(row) == entry:
                self.open_row(row)

    def _on_counted(self, count: int) -> None:
        form = self._form
        form.table.setVisible(bool(count))
        form.empty.setVisible(not count)
        form.empty.say(*self.nothing())
        place = next((number for number, row in enumerate(self.found) if self.id_of(row) == self._mark), None)
        if place is not None:
            form.table.setCurrentIndex(self.model.index(place, 0))
            self._mark = ""
        if not count:
            self._on_marked(None)

    def _on_marked(self, row: Row | None) -> None:
        self._form.edit.setEnabled(row is not None)
        self.marked(row)

    def _on_edit(self) -> None:
        row = self.current()
        if row is not None:
            self.open_row(row)
