"""Rows inside a form, such as the hulpverleningsgeschiedenis: a line of fields each, added and taken away.

Where the rows are known beforehand, such as the basisvereisten, each has its name in front and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from bren_desktop.gui import icons
from bren_desktop.gui.widgets.answer import AnswerEdit
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.gui.widgets.options import Options, of_words
from bren_desktop.gui.widgets.reach import IN_TAB_ORDER, enter, hand_on
from bren_desktop.gui.widgets.texts import DayEdit, LineEdit, LongText
from bren_desktop.gui.widgets.tick import AS_HIGH_AS_A_LINE, Tick

Cell = LineEdit | LongText | ChoiceEdit | Tick
Known = Mapping[str, Mapping[str, object]]
"""Names to offer in a column, each with what goes beside it."""
_WHOLE_DAY, _MARGINS = "00-00-0000", " xxxxx"
_GAP = 4
_BESIDE_LINES = 8, 6
"""Free at the right of and below a name of several lines."""
_NO_ROWS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CellPlan:
    """One column: its key in the row, its heading, its width against the others, and what is typed or chosen in it.

    `kind`: "line", "text", "tick", "names" (free text with suggestions), "answer" (one key chooses and goes on: to the
    next row, or for the codes in `explained` to the next cell); with `options` a choice, with `today` a day. A line is
    never too narrow for its `sample`.
    """

    key: str
    title: str
    stretch: int = 2
    kind: str = "line"
    options: Options | None = None
    today: Callable[[], date] | None = None
    explained: frozenset[str] = frozenset()
    sample: str = ""


@dataclass(eq=False, slots=True)
class _Line:
    """One row on the screen; `rest` holds what has no column, such as its id. `label` names it, where it has a name."""

    rest: dict[str, object]
    cells: dict[str, Cell]
    label: QLabel | None
    remove: QToolButton | None

    def widgets(self) -> Iterator[QWidget]:
        """In the order in which they are read."""
        if self.label is not None:
            yield self.label
        yield from self.cells.values()
        if self.remove is not None:
            yield self.remove

    def show(self, row: Mapping[str, object]) -> None:
        self.rest = {key: value for key, value in row.items() if key not in self.cells}
        for key, cell in self.cells.items():
            value = row.get(key)
            cell.set_raw({True: "ja", False: "nee"}[value] if isinstance(value, bool) else value)

    def raw(self) -> dict[str, object]:
        return {**self.rest, **{key: cell.raw() for key, cell in self.cells.items()}}

    def is_empty(self) -> bool:
        return not any(str(cell.raw()).strip() for cell in self.cells.values())


class RowsEditor(QWidget):
    """`raw` is the list of rows that hold something. `fixed`: rows that are always there, by id with their name."""

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        plans: Sequence[CellPlan],
        add: str,
        parent: QWidget | None = None,
        *,
        fixed: Mapping[str, str] = _NO_ROWS,
        name: str = "",
        label_stretch: int = 0,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(IN_TAB_ORDER)
        self._plans, self._fixed, self._name, self._wraps = tuple(plans), fixed, name, bool(fixed) and label_stretch > 0
        self._lines: list[_Line] = []
        self._known: dict[str, Known] = {}
        self._read_only = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._first = 1 if fixed or name else 0
        self._titles = [self._title(number, plan) for number, plan in enumerate(plans, self._first)]
        if fixed:
            self._grid.setColumnStretch(0, label_stretch)
        self._add = QPushButton(add or self.tr("Rij toevoegen"), self)
        self._add.setIcon(icons.icon("plus"))
        self._add.clicked.connect(self._on_add)
        self._add.setHidden(bool(fixed))
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._add)
        self._foot.addStretch(1)
        self.set_raw(())
        self._place()
        hand_on(self, lambda: next(iter(self._lines[0].cells.values())) if self._lines else self._add)

    def raw(self) -> list[dict[str, object]]:
        """The rows as they stand, without the empty ones."""
        return [line.raw() for line in self._lines if not line.is_empty()]

    def set_raw(self, value: object) -> None:
        """Show these rows and no others."""
        given = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
        rows = self._in_place(given)
        before = len(self._lines)
        while len(self._lines) > len(rows):
            self._drop(self._lines[-1])
        for line, row in zip(self._lines, rows, strict=False):
            line.show(row)
        for row in rows[len(self._lines) :]:
            self._append(row)
        if before != len(rows):
            self._place()

    def suggest(self, key: str, known: Known) -> None:
        """Offer these names in a column; who takes one gets what goes beside it in the cells that are empty."""
        self._known[key] = known
        for line in self._lines:
            self._supply(line)

    def go_to(self, row: str, key: str) -> None:
        """Put the keyboard in a cell of the row with this id."""
        for line in self._lines:
            if line.rest.get("id") == row:
                enter(line.cells[key])

    def setReadOnly(self, read_only: bool) -> None:
        """Show only: the text can be read and copied."""
        self._read_only = read_only
        self._add.setHidden(read_only or bool(self._fixed))
        for line in self._lines:
            self._close(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a cell goes on to the next row, a new one after the last."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and not self._read_only:
            self._go_below()
        else:
            super().keyPressEvent(event)

    def _in_place(self, rows: Sequence[Mapping[str, object]]) -> Sequence[Mapping[str, object]]:
        """Rows that are always there stand first; a row that no name is known of stays."""
        given = {str(row.get("id")): row for row in rows}
        return [
            *(given.get(each, {"id": each}) for each in self._fixed),
            *(r for r in rows if r.get("id") not in self._fixed),
        ]

    def _title(self, number: int, plan: CellPlan) -> QLabel:
        title = self._label(plan.title, "hint")
        self._grid.addWidget(title, 0, number)
        self._grid.setColumnStretch(number, plan.stretch)
        return title

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        return label

    def _line_label(self) -> QLabel:
        label = self._label("", "label")
        label.setWordWrap(self._wraps)
        label.setMinimumHeight(AS_HIGH_AS_A_LINE)
        return label

    def _on_add(self) -> None:
        line = self._append({})
        self._place()
        enter(next(iter(line.cells.values())))

    def _append(self, row: Mapping[str, object]) -> _Line:
        cells = {plan.key: self._cell(plan) for plan in self._plans}
        label = self._line_label() if self._first else None
        line = _Line({}, cells, label, None if str(row.get("id")) in self._fixed else self._remover())
        line.show(row)
        if line.remove is not None:
            line.remove.clicked.connect(lambda: self._on_remove(line))
        for key, cell in cells.items():
            if isinstance(cell, ChoiceEdit):
                cell.taken.connect(partial(self._on_taken, line, key))
            if isinstance(cell, AnswerEdit):
                cell.answered.connect(partial(self._on_answered, line, key))
        self._lines.append(line)
        self._supply(line)
        self._close(line)
        return line

    def _remover(self) -> QToolButton:
        remove = QToolButton(self)
        remove.setIcon(icons.icon("trash"))
        remove.setProperty("role", "quiet")
        remove.setToolTip(self.tr("Deze rij weghalen"))
        remove.setAccessibleName(self.tr("Deze rij weghalen"))
        return remove

    def _cell(self, plan: CellPlan) -> Cell:
        cell = _made(plan, self)
        cell.edited.connect(self.edited)
        cell.left.connect(self.left)
        return cell

    def _supply(self, line: _Line) -> None:
        for key, known in self._known.items():
            cell = line.cells[key]
            if isinstance(cell, ChoiceEdit):
                cell.set_options(of_words(known))

    def _close(self, line: _Line) -> None:
        for cell in line.cells.values():
            cell.setReadOnly(self._read_only)
        if line.remove is not None:
            line.remove.setHidden(self._read_only)

    def _on_taken(self, line: _Line, key: str, name: str) -> None:
        for beside, value in self._known.get(key, {}).get(name, {}).items():
            if not line.cells[beside].raw():
                line.cells[beside].set_raw(value)
        self.edited.emit()

    def _on_answered(self, line: _Line, key: str) -> None:
        """On to the next row, or to the cell that explains the answer."""
        keys = [plan.key for plan in self._plans]
        column = keys.index(key)
        if line.cells[key].raw() in self._plans[column].explained:
            enter(line.cells[keys[column + 1]])
        else:
            self._go_below()

    def _go_below(self) -> None:
        """To the same column of the next row; after the last one, to the first of a new row."""
        place = self._at()
        if place is None:
            return
        row, key = place
        if row + 1 < len(self._lines):
            enter(self._lines[row + 1].cells[key])
        elif not self._fixed:
            self._on_add()

    def _at(self) -> tuple[int, str] | None:
        """The row and column that have the focus."""
        cells = ((row, key, cell) for row, line in enumerate(self._lines) for key, cell in line.cells.items())
        return next(((row, key) for row, key, cell in cells if cell.hasFocus()), None)

    def _on_remove(self, line: _Line) -> None:
        self._drop(line)
        self._place()
        self._add.setFocus()
        self.edited.emit()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        for widget in line.widgets():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _place(self) -> None:
        """Lay the rows out anew."""
        for title in self._titles:
            title.setVisible(bool(self._lines))
        self._grid.removeItem(self._foot)
        for number, line in enumerate(self._lines, 1):
            self._name_line(number, line)
            first = 0 if line.label is not None else self._first
            for column, widget in enumerate(line.widgets(), first):
                self._grid.addWidget(widget, number, column, Qt.AlignmentFlag.AlignTop)
                widget.setVisible(not (self._read_only and widget is line.remove))
        self._grid.addLayout(self._foot, len(self._lines) + 1, 0, 1, len(self._plans) + self._first)
        self.order_tabs()
        self.updateGeometry()

    def last_stop(self) -> QWidget:
        """Where Tab leaves the rows."""
        return self._add

    def order_tabs(self) -> None:
        """Let Tab go through the rows where this stands in its form, as they are read."""
        stops = (widget for line in self._lines for widget in line.widgets() if widget is not line.label)
        for before, after in pairwise((self, *stops, self._add)):
            QWidget.setTabOrder(before, after)

    def _name_line(self, number: int, line: _Line) -> None:
        """Say what the row is about before it, and to a screen reader in each cell."""
        name = self._fixed.get(str(line.rest.get("id")), f"{self._name} {number}".strip())
        if line.label is not None:
            line.label.setText(name if self._fixed else str(number))
            line.label.setContentsMargins(0, 0, *(_BESIDE_LINES if "\n" in name else (0, 0)))
        for plan in self._plans:
            line.cells[plan.key].setAccessibleName(f"{plan.title}: {name}" if self._fixed or self._name else plan.title)


def _wide_enough(line: LineEdit, sample: str) -> LineEdit:
    line.setMinimumWidth(line.fontMetrics().horizontalAdvance(sample + _MARGINS) if sample else 0)
    return line


def _made(plan: CellPlan, parent: QWidget) -> Cell:
    if plan.kind == "text":
        text = LongText(parent)
        text.set_in_row()
        return text
    if plan.kind == "tick":
        return Tick(parent)
    if plan.today is not None:
        return _wide_enough(DayEdit(plan.today, parent, brief=True), _WHOLE_DAY)
    if plan.kind == "answer" and plan.options is not None:
        return AnswerEdit(plan.options, parent=parent)
    if plan.options is None:
        return _wide_enough(LineEdit(parent), plan.sample)
    choice = ChoiceEdit(plan.options, free=plan.kind == "names", brief=True, parent=parent)
    choice.marks_first = plan.kind != "names"
    return choice
