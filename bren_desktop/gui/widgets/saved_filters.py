"""A row of filters that were kept by name, above a list: a click shows one, F2 renames it, Delete forgets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.widgets.filter_chip import FilterChip
from bren_desktop.gui.widgets.flow import FlowFrame
from bren_desktop.services.filters import LONGEST_NAME, Choice

_NAME_WIDTH = 220


class SavedFilters(QObject):
    """Fills `row` for a list that is narrowed by `chips` and by `ticks`, each by its name; the last comes before it."""

    def __init__(
        self,
        desk: Desk,
        kind: Kind,
        row: FlowFrame,
        narrowing: Mapping[str, FilterChip],
        ticks: Mapping[str, QToolButton],
    ) -> None:
        super().__init__(row)
        self._desk, self._kind, self._row = desk, kind, row
        self._narrowing, self._ticks = narrowing, ticks
        self._kept: Mapping[str, Choice] = {}
        self._renamed = ""
        self.chips: dict[str, QToolButton] = {}
        self.title = QLabel(self.tr("Bewaarde filters"), row)
        self.title.setProperty("role", "hint")
        self.keep = QPushButton(self.tr("&Filter bewaren…"), row)
        self.keep.setProperty("role", "link")
        self.keep.clicked.connect(partial(self._ask_name, ""))
        self.name = self._name_edit()
        for widget in (self.title, self.keep, self.name):
            widget.setMinimumHeight(self.name.sizeHint().height())
            row.add(widget)
        for each in narrowing.values():
            each.changed.connect(self._follow)
        for tick in ticks.values():
            tick.toggled.connect(self._follow)
        self.load()

    def load(self, focus: str | None = None) -> None:
        """Show what is kept; with `focus`, go to the filter of that name, or to what stands before it."""
        filters, actor = self._desk.workspace.filters, self._desk.workspace.actor
        self._desk.tasks.ask(partial(filters.all, actor, self._kind), partial(self._show, focus))

    def choose(self, choice: Choice) -> None:
        """Narrow the list to just this."""
        for name, tick in self._ticks.items():
            tick.setChecked(name in choice)
        for name, chip in self._narrowing.items():
            chip.tick(*choice.get(name, ()))

    def _chosen(self) -> Choice:
        """What the list is narrowed to."""
        codes = {name: [*chip.codes()] for name, chip in self._narrowing.items() if chip.codes()}
        return {**codes, **{name: ["ja"] for name, tick in self._ticks.items() if tick.isChecked()}}

    def _follow(self) -> None:
        """The list was narrowed otherwise."""
        now = self._chosen()
        for name, chip in self.chips.items():
            chip.setChecked(self._kept[name] == now)
        is_new = bool(now) and now not in self._kept.values()
        self.title.setVisible(bool(self.chips))
        self.keep.setVisible(is_new and not self.name.isVisibleTo(self._row))
        self._row.setVisible(bool(self.chips) or is_new)

    def _on_named(self) -> None:
        filters, actor = self._desk.workspace.filters, self._desk.workspace.actor
        text, old = self.name.text(), self._renamed
        self._put_away()
        if old:
            self._do(partial(filters.rename, actor, self._kind, old, text), text)
        else:
            self._do(partial(filters.keep, actor, self._kind, text, self._chosen()), text)

    def _put_away(self) -> None:
        """Ask for no name any more."""
        back = self.chips.get(self._renamed, self.keep)
        self.name.hide()
        self._follow()
        back.setFocus()

    def _name_edit(self) -> QLineEdit:
        """Asks for a name: Enter gives it, Esc gives up."""
        edit = QLineEdit(self._row)
        edit.setMaxLength(LONGEST_NAME)
        edit.setFixedWidth(_NAME_WIDTH)
        edit.setAccessibleName(self.tr("Naam van het filter"))
        edit.setPlaceholderText(self.tr("Naam, dan Enter"))
        edit.returnPressed.connect(self._on_named)
        escape = QShortcut(QKeySequence("Esc"), edit, context=Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._put_away)
        edit.hide()
        return edit

    def _ask_name(self, old: str) -> None:
        self._renamed = old
        self.keep.hide()
        self.name.setText(old)
        self.name.show()
        self.name.setFocus()
        self.name.selectAll()

    def _do(self, work: Callable[[], None], name: str) -> None:
        self._desk.tasks.do(work, lambda _: self.load(" ".join(name.split())))

    def _show(self, focus: str | None, kept: Mapping[str, Choice]) -> None:
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        self._kept = kept
        self.chips = {name: self._chip(name) for name in kept}
        for place, chip in enumerate(self.chips.values(), start=1):
            self._row.insert(place, chip)
            chip.show()
        for before, after in pairwise((*self._ticks.values(), *self.chips.values(), self.keep, self.name)):
            QWidget.setTabOrder(before, after)
        self._follow()
        if focus is not None:
            self.chips.get(focus, [*self._ticks.values(), *self.chips.values()][-1]).setFocus()

    def _chip(self, name: str) -> QToolButton:
        chip = QToolButton(self._row)
        chip.setText(name.replace("&", "&&"))
        chip.setAccessibleName(self.tr("Bewaard filter {naam}").format(naam=name))
        chip.setToolTip(self.tr("F2: andere naam. Delete: verwijderen."))
        chip.setCheckable(True)
        chip.setProperty("role", "chip")
        chip.clicked.connect(partial(self._on_clicked, name))
        chip.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for text, key, slot in (
            (self.tr("Andere naam…"), "F2", self._ask_name),
            (self.tr("Verwijderen"), "Del", self._on_drop),
        ):
            action = QAction(text, chip)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(slot, name))
            chip.addAction(action)
        return chip

    def _on_clicked(self, name: str) -> None:
        """Narrow to it, or where it is in force already, narrow no more."""
        self.choose(self._kept[name] if self.chips[name].isChecked() else {})

    def _on_drop(self, name: str) -> None:
        workspace, choice = self._desk.workspace, self._kept[name]
        self._do(partial(workspace.filters.drop, workspace.actor, self._kind, name), "")
        again = partial(workspace.filters.keep, workspace.actor, self._kind, name, choice)
        self._desk.messages.undoable(self.tr("Het bewaarde filter is verwijderd."), partial(self._do, again, name))
