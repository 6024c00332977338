"""A chip above a list that narrows it: it opens a list of codes, of which several may be ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from bren_desktop.gui.widgets.filter_popup import Choice, FilterPopup

SHORT = 28
_GAP = 4


class FilterChip(QToolButton):
    """`changed` tells that another choice was made; `codes` gives it."""

    changed = Signal()

    def __init__(self, title: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._choices = tuple(choices)
        self._ticked: frozenset[str] = frozenset()
        self._counts: Mapping[str, int] | None = None
        self._popup: FilterPopup | None = None
        self.setProperty("role", "chip")
        self.setCheckable(True)
        self.clicked.connect(self.open)
        self._show()

    def codes(self) -> tuple[str, ...]:
        """The codes that are ticked, in the order of the list."""
        return tuple(code for code, _ in self._choices if code in self._ticked)

    def tick(self, *codes: str) -> None:
        """Tick these codes and no others; one that is no choice any more is left out."""
        self._ticked = frozenset(codes) & {code for code, _ in self._choices}
        self._show()
        self.changed.emit()

    def clear(self) -> None:
        """Narrow no more."""
        self.tick()

    def count(self, counts: Mapping[str, int]) -> None:
        """Say behind each choice how many rows it would leave."""
        self._counts = counts
        self._show()

    def open(self) -> None:
        """Show what may be ticked."""
        self._show()
        popup = self.popup()
        self._fill(popup)
        popup.open_at(self.mapToGlobal(QPoint(0, self.height() + _GAP)))

    def popup(self) -> FilterPopup:
        """What opens beneath the chip, made when it is first needed."""
        if self._popup is None:
            self._popup = FilterPopup(self._title, self)
            self._popup.ticked.connect(self._on_ticked)
            self._popup.cleared.connect(self.clear)
        return self._popup

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take what is open along when the page goes, at a lock for one."""
        super().hideEvent(event)
        if self._popup is not None:
            self._popup.close()

    def _on_ticked(self, code: str) -> None:
        self.tick(*(self._ticked ^ {code}))

    def _show(self) -> None:
        self.setChecked(bool(self._ticked))
        self.setText(f"{self._words()}  ▾".replace("&", "&&"))
        self.setAccessibleName(self._words())
        if self._popup is not None:
            self._fill(self._popup)

    def _fill(self, popup: FilterPopup) -> None:
        popup.show_choices([(code, self._counted(code, label)) for code, label in self._choices], self._ticked)

    def _counted(self, code: str, label: str) -> str:
        return label if self._counts is None else f"{label} ({self._counts.get(code, 0)})"

    def _words(self) -> str:
        ticked = [label for code, label in self._choices if code in self._ticked]
        if not ticked:
            return self._title
        if len(ticked) > 1:
            return self.tr("{filter}: {n} gekozen").format(filter=self._title, n=len(ticked))
        label = ticked[0]
        return f"{self._title}: {label if len(label) <= SHORT else label[:SHORT].rstrip() + '…'}"
