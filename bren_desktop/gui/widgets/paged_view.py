"""The table that shows a paged model: sortable, columns can be hidden and are remembered, Enter opens."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

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
        header.sectionResized.connect(self._remember)
        header.sectionMoved.connect(self._remember)
        header.sortIndicatorChanged.connect(self._remember)
        model.modelReset.connect(self._on_reset)
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
            self.setCurrentIndex(self._paged.index(0, self._first_visible()))

    def columns_menu(self) -> QMenu:
        """The menu that shows and hides columns."""
        menu = QMenu(self)
        for number, column in enumerate(self._paged.columns if self._paged else ()):
            action = QAction(column.title, menu, checkable=True, checked=not self.isColumnHidden(number))
            action.toggled.connect(lambda shown, number=number: self._show_column(number, shown))
            menu.addAction(action)
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
        """Leave spare columns out where the others need the room."""
        columns = self._paged.columns if self._paged else ()
        is_narrow = self.viewport().width() < sum(column.width for column in columns)
        for number, column in enumerate(columns):
            if column.spare and QSettings().value(self._choice(number)) is None:
                self.setColumnHidden(number, is_narrow)

    def _choice(self, number: int) -> str:
        """Where it is kept that the user decided about a column."""
        return f"{self._name}/{number}"

    def _show_column(self, number: int, shown: bool) -> None:
        others = [other for other in range(self.model().columnCount()) if other != number]
        if shown or any(not self.isColumnHidden(other) for other in others):
            self.setColumnHidden(number, not shown)
            QSettings().setValue(self._choice(number), "gekozen")
            self._remember()

    def _first_visible(self) -> int:
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return next((number for number in order if not header.isSectionHidden(number)), 0)

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

    def _remember(self) -> None:
        QSettings().setValue(self._name, self.horizontalHeader().saveState())
