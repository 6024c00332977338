"""The table that shows a paged model: sortable, columns can be hidden and are remembered, Enter opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QSettings, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from bren_desktop.gui.models.columns import Column
from bren_desktop.gui.models.paged import ROW_ROLE, PagedModel
from bren_desktop.gui.widgets.badge_delegate import BadgeDelegate

ROW_HEIGHT = 36


class PagedView(QTableView):
    """`opened` carries the row that the user opens by Enter or a double click; `marked` the row under the cursor."""

    opened = Signal(object)
    marked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._paged: PagedModel[Any] | None = None
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setItemDelegate(BadgeDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self.doubleClicked.connect(self._open)

    def show_model(self, model: PagedModel[Any], name: str) -> None:
        """Show `model`; its columns are remembered under `name`."""
        self._name, self._paged = f"lists/{name}/{len(model.columns)}", model
        self.setModel(model)
        for number, column in enumerate(model.columns):
            self.setColumnWidth(number, column.width)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self._restore()
        self.setSortingEnabled(True)
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._remember)
        header.sortIndicatorChanged.connect(self._remember)
        model.modelReset.connect(self._on_reset)
        model.counted.connect(self._fit)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def current(self) -> Any:
        """The row under the cursor, or None."""
        return self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None

    def chosen(self) -> list[Any]:
        """The rows that are selected; None for one that was never looked at."""
        return [index.data(ROW_ROLE) for index in self.selectionModel().selectedRows()]

    def mark_first(self) -> None:
        """Put the cursor on the first row, if there is none yet."""
        if self._paged is not None and self._paged.total() and not self.currentIndex().isValid():
            self.setCurrentIndex(self._paged.index(0, self._shown_in_order()[0]))

    def columns_menu(self) -> QMenu:
        """The menu that shows and hides columns."""
        menu = QMenu(self)
        for number, column in enumerate(self._paged.columns if self._paged else ()):
            action = QAction(column.title, menu, checkable=True, checked=not self.isColumnHidden(number))
            action.toggled.connect(lambda shown, number=number: self._show_column(number, shown))
            menu.addAction(action)
        menu.aboutToShow.connect(lambda: self._tick_shown(menu))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if row is not None:
            self.opened.emit(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave spare columns out where the others need the room, and give away what is left of it."""
        model = self._paged
        if model is None:
            return
        columns, over = model.columns, self._too_wide(model)
        for number, column in reversed([*enumerate(columns)]):
            if (column.spare or column.seldom) and QSettings().value(self._choice(number)) is None:
                is_left_out = column.spare and over > 0
                over -= column.width if is_left_out else 0
                is_idle = is_left_out or model.is_empty(column)
                self.setColumnHidden(number, is_idle and self._shown_in_order() != [number])
        if QSettings().value(self._name) is None:
            self._share_out({n: column for n, column in enumerate(columns) if not self.isColumnHidden(n)})

    def _too_wide(self, model: PagedModel[Any]) -> int:
        """By how much the columns with anything in them are too wide together."""
        wanted = sum(column.width for column in model.columns if not model.is_empty(column))
        return wanted - self.viewport().width()

    def _share_out(self, shown: Mapping[int, Column[Any]]) -> None:
        """Let columns grow as far as there is room, each by its share; the last one has its own by stretching."""
        last = self._shown_in_order()[-1:]
        wishes = {n: column.wide - column.width for n, column in shown.items() if column.wide}
        room = self.viewport().width() - sum(column.width for column in shown.values())
        share = min(1.0, max(0, room) / sum(wishes.values())) if wishes else 0.0
        for number in wishes.keys() - set(last):
            self.setColumnWidth(number, shown[number].width + int(wishes[number] * share))

    def _choice(self, number: int) -> str:
        """Where it is kept that the user decided about a column."""
        return f"{self._name}/{number}"

    def _show_column(self, number: int, shown: bool) -> None:
        others = [other for other in range(self.model().columnCount()) if other != number]
        if shown or any(not self.isColumnHidden(other) for other in others):
            self.setColumnHidden(number, not shown)
            QSettings().setValue(self._choice(number), "gekozen")
            self._remember()

    def _tick_shown(self, menu: QMenu) -> None:
        """Columns also come and go by themselves."""
        for number, action in enumerate(menu.actions()):
            with QSignalBlocker(action):
                action.setChecked(not self.isColumnHidden(number))

    def _shown_in_order(self) -> list[int]:
        """The columns that are shown, from left to right."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [number for number in order if not header.isSectionHidden(number)]

    def _on_header_menu(self, place: QPoint) -> None:
        self.columns_menu().popup(self.horizontalHeader().mapToGlobal(place))

    def _on_current_changed(self) -> None:
        self.marked.emit(self.current())

    def _on_reset(self) -> None:
        self.mark_first()
        self.marked.emit(self.current())

    def _restore(self) -> None:
        state = QSettings().value(self._name)
        if state is not None:
            self.horizontalHeader().restoreState(state)
            self.horizontalHeader().setStretchLastSection(True)

    def _on_section_resized(self) -> None:
        """Remember what the user dragged, and not how columns followed the window."""
        if QGuiApplication.mouseButtons():
            self._remember()

    def _remember(self) -> None:
        QSettings().setValue(self._name, self.horizontalHeader().saveState())
