"""A chip above a list that narrows it: a menu of codes, of which several may be ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

SHORT = 28


class FilterChip(QToolButton):
    """`changed` tells that another choice was made; `codes` gives it."""

    changed = Signal()

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.setProperty("role", "chip")
        self.setCheckable(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._all = self._menu.addAction(self.tr("Alles"))
        self._all.triggered.connect(self.clear)
        self._menu.addSeparator()
        self._actions = [self._action(code, label) for code, label in choices]
        self.setMenu(self._menu)
        self._show()

    def codes(self) -> tuple[str, ...]:
        """The codes that are ticked."""
        return tuple(str(action.data()) for action in self._actions if action.isChecked())

    def tick(self, *codes: str) -> None:
        """Tick these codes and no others."""
        for action in self._actions:
            action.setChecked(action.data() in codes)
        self._on_triggered()

    def clear(self) -> None:
        """Narrow no more."""
        self.tick()

    def relabel(self, choices: Sequence[tuple[str, str]]) -> None:
        """Call the same choices otherwise, such as with new counts; what is ticked stays ticked."""
        labels = dict(choices)
        for action in self._actions:
            action.setText(labels.get(str(action.data()), action.text()).replace("&", "&&"))
        self._show()

    def _action(self, code: str, label: str) -> QAction:
        action = QAction(label.replace("&", "&&"), self._menu, checkable=True)
        action.setData(code)
        action.triggered.connect(self._on_triggered)
        self._menu.addAction(action)
        return action

    def _on_triggered(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        ticked = [action for action in self._actions if action.isChecked()]
        self.setChecked(bool(ticked))
        self.setText(f"{self._words(ticked)}  ▾")
        self.setAccessibleName(self._words(ticked))

    def _words(self, ticked: Sequence[QAction]) -> str:
        if not ticked:
            return self._title
        if len(ticked) > 1:
            return self.tr("{filter}: {n} gekozen").format(filter=self._title, n=len(ticked))
        label = ticked[0].text()
        return f"{self._title}: {label if len(label) <= SHORT else label[:SHORT].rstrip() + '…'}"
