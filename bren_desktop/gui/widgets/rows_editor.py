"""Rows inside a form, such as the hulpverleningsgeschiedenis: a line of fields each, added and taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from bren_desktop.gui import icons
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.gui.widgets.options import Options
from bren_desktop.gui.widgets.texts import LineEdit, LongText

Cell = LineEdit | LongText | ChoiceEdit


@dataclass(frozen=True, slots=True)
class CellPlan:
    """One column: its key in the row, its heading, its width against the others, and what is typed or chosen in it."""

    key: str
    title: str
    stretch: int = 2
    kind: str = "line"
    options: Options | None = None


@dataclass(eq=False, slots=True)
class _Line:
    """One row on the screen; `rest` holds what has no column, such as its id."""

    rest: dict[str, object]
    cells: dict[str, Cell]
    remove: QToolButton

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
    """`raw` is the list of rows that hold something."""

    edited = Signal()
    left = Signal()

    def __init__(self, plans: Sequence[CellPlan], add: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plans = tuple(plans)
        self._lines: list[_Line] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._titles = [self._title(number, plan) for number, plan in enumerate(plans)]
        self._add = QPushButton(add, self)
        self._add.setIcon(icons.icon("plus"))
        self._add.clicked.connect(self._on_add)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._add)
        self._foot.addStretch(1)
        self._place()

    def raw(self) -> list[dict[str, object]]:
        """The rows as they stand, without the empty ones."""
        return [line.raw() for line in self._lines if not line.is_empty()]

    def set_raw(self, value: object) -> None:
        """Show these rows and no others."""
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
        before = len(self._lines)
        while len(self._lines) > len(rows):
            self._drop(self._lines[-1])
        for line, row in zip(self._lines, rows, strict=False):
            line.show(row)
        for row in rows[len(self._lines) :]:
            self._append(row)
        if before != len(rows):
            self._place()

    def _title(self, number: int, plan: CellPlan) -> QLabel:
        title = QLabel(plan.title, self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("role", "hint")
        self._grid.addWidget(title, 0, number)
        self._grid.setColumnStretch(number, plan.stretch)
        return title

    def _on_add(self) -> None:
        line = self._append({})
        self._place()
        next(iter(line.cells.values())).setFocus()

    def _append(self, row: Mapping[str, object]) -> _Line:
        remove = QToolButton(self)
        remove.setIcon(icons.icon("trash"))
        remove.setProperty("role", "quiet")
        remove.setToolTip(self.tr("Deze rij weghalen"))
        remove.setAccessibleName(self.tr("Deze rij weghalen"))
        line = _Line({}, {plan.key: self._cell(plan) for plan in self._plans}, remove)
        line.show(row)
        remove.clicked.connect(lambda: self._on_remove(line))
        self._lines.append(line)
        return line

    def _cell(self, plan: CellPlan) -> Cell:
        cell = _made(plan, self)
        cell.setAccessibleName(plan.title)
        cell.edited.connect(self.edited)
        cell.left.connect(self.left)
        return cell

    def _on_remove(self, line: _Line) -> None:
        self._drop(line)
        self._place()
        self._add.setFocus()
        self.edited.emit()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        for widget in (*line.cells.values(), line.remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _place(self) -> None:
        """Lay the rows out anew, in the tab order in which they are read."""
        for title in self._titles:
            title.setVisible(bool(self._lines))
        self._grid.removeItem(self._foot)
        before: QWidget | None = None
        for number, line in enumerate(self._lines, 1):
            for column, widget in enumerate((*line.cells.values(), line.remove)):
                self._grid.addWidget(widget, number, column, Qt.AlignmentFlag.AlignTop)
                widget.show()
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
        if before is not None:
            QWidget.setTabOrder(before, self._add)
        self._grid.addLayout(self._foot, len(self._lines) + 1, 0, 1, len(self._plans))
        self.updateGeometry()


def _made(plan: CellPlan, parent: QWidget) -> Cell:
    if plan.kind == "text":
        text = LongText(parent)
        text.set_fewest_lines(1)
        return text
    return ChoiceEdit(plan.options, parent=parent) if plan.options is not None else LineEdit(parent)
