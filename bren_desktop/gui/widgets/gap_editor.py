"""Of each missing provision: is there none or too little of it, and is it the provision or its purchase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.gui.widgets.options import Options
from bren_desktop.gui.widgets.reach import IN_TAB_ORDER


class GapEditor(QWidget):
    """`raw` holds a row for every code that says something; `show_codes` follows the tags."""

    edited = Signal()
    left = Signal()

    def __init__(self, kinds: Options, sides: Options, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(IN_TAB_ORDER)
        self._lists = {"aard": kinds, "hiaat": sides}
        self._said: dict[str, dict[str, str]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        for column, stretch in enumerate((4, 2, 2)):
            self._grid.setColumnStretch(column, stretch)
        self._empty = self._label(self.tr("Kies hierboven eerst welk aanbod ontbreekt."), "hint")
        self._grid.addWidget(self._empty, 0, 0, 1, 3)
        self._codes: tuple[str, ...] = ()
        self._rows: list[QWidget] = []

    def raw(self) -> list[dict[str, str]]:
        """What was said of the codes that are shown."""
        said = [{"id": code, **self._said.get(code, {})} for code in self._codes]
        return [row for row in said if row.get("aard") or row.get("hiaat")]

    def set_raw(self, value: object) -> None:
        """Show what was said of each code."""
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
        self._said = {str(row["id"]): {key: str(row.get(key) or "") for key in self._lists} for row in rows}
        self._lay_out()

    def setReadOnly(self, read_only: bool) -> None:
        """Show only."""
        self.setEnabled(not read_only)

    def show_codes(self, codes: Sequence[str]) -> None:
        """Ask about these codes; what was said of others is kept until the form is saved."""
        if tuple(codes) != self._codes:
            self._codes = tuple(codes)
            self._lay_out()

    def _lay_out(self) -> None:
        for widget in self._rows:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = []
        self._empty.setVisible(not self._codes)
        terms = vocabulary("ontbrekend_aanbod")
        before: QWidget = self
        for number, code in enumerate(self._codes, 1):
            name = self._label(terms.label(code), "label")
            cells = [self._choice(code, key, terms.label(code)) for key in self._lists]
            for column, widget in enumerate((name, *cells)):
                self._grid.addWidget(widget, number, column)
                widget.show()
            for cell in cells:
                QWidget.setTabOrder(before, cell)
                before = cell
            self._rows += [name, *cells]

    def _choice(self, code: str, key: str, about: str) -> ChoiceEdit:
        choice = ChoiceEdit(self._lists[key], parent=self)
        choice.set_raw(self._said.get(code, {}).get(key, ""))
        title = self.tr("Aard") if key == "aard" else self.tr("Soort hiaat")
        choice.setAccessibleName(f"{title}: {about}")
        choice.setPlaceholderText(title)
        choice.edited.connect(lambda: self._on_edited(code, key, choice.raw()))
        choice.left.connect(self.left)
        return choice

    def _on_edited(self, code: str, key: str, raw: str) -> None:
        self._said.setdefault(code, {})[key] = raw
        self.edited.emit()

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", role)
        return label
