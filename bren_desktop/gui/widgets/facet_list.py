"""What was found, counted beside it: kinds, states, regions and the like, each to tick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui import theme
from bren_desktop.gui.short_labels import short_label, sticking_points
from bren_desktop.gui.widgets.search_results import bold
from bren_desktop.services.facets import FACETS, KIND, Chosen

SHOWN_AT_FIRST = 3
_VALUE = Qt.ItemDataRole.UserRole
Value = tuple[str, str]
"""A facet and one of its codes; no code for the line that shows the rest of the facet."""


class FacetList(QListWidget):
    """`toggled` carries the facet and the code that is ticked, or not any more."""

    toggled = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[str, Mapping[str, int]] = {}
        self._chosen: Chosen = {}
        self._unfolded: set[str] = set()
        self.setAccessibleName(self.tr("Verfijnen"))
        self.setProperty("role", "facets")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._on_clicked)

    def show_counts(self, counts: Mapping[str, Mapping[str, int]], chosen: Chosen) -> None:
        """Show what narrows; while the keyboard is here the marked line stays marked."""
        self._counts, self._chosen = counts, chosen
        marked = self._marked()
        self.clear()
        for facet in FACETS:
            self._add_facet(facet, _narrowing(facet, counts, chosen))
        if self.hasFocus():
            self._mark(marked)

    def fold(self) -> None:
        """Show the first few of each facet only."""
        self._unfolded.clear()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark(self._marked())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark nothing where the keyboard is not."""
        super().focusOutEvent(event)
        self.setCurrentRow(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down step over the titles; Space and Enter tick."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_clicked(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _step(self, way: int) -> None:
        row = self.currentRow() + way
        while 0 <= row < self.count() and not self.item(row).data(_VALUE):
            row += way
        if 0 <= row < self.count():
            self.setCurrentRow(row)

    def _mark(self, value: object) -> None:
        """Mark the line of `value`, or else the first."""
        places = [row for row in range(self.count()) if self.item(row).data(_VALUE)]
        again = (row for row in places if self.item(row).data(_VALUE) == value)
        self.setCurrentRow(next(again, places[0] if places else -1))

    def _marked(self) -> object:
        item = self.item(self.currentRow())
        return item.data(_VALUE) if self.currentRow() >= 0 else None

    def _add_facet(self, facet: str, codes: Sequence[str]) -> None:
        if not codes:
            return
        head = QListWidgetItem(title_of(facet), self)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setFont(bold(self.font()))
        head.setForeground(theme.current().colour("muted"))
        fits = facet in self._unfolded or len(codes) == SHOWN_AT_FIRST + 1
        shown = codes if fits else codes[:SHOWN_AT_FIRST]
        for code in shown:
            self._add_code(facet, code)
        if len(shown) < len(codes):
            text = self.tr("nog {n} andere…").format(n=len(codes) - len(shown))
            rest = QListWidgetItem(text, self)
            rest.setData(_VALUE, (facet, ""))

    def _add_code(self, facet: str, code: str) -> None:
        count, label = self._counts.get(facet, {}).get(code, 0), label_of(facet, code)
        item = QListWidgetItem(f"{label} ({count})", self)
        item.setData(_VALUE, (facet, code))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        is_chosen = code in self._chosen.get(facet, ())
        item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title_of(facet)}: {label}, {count}")

    def _on_clicked(self, item: QListWidgetItem | None) -> None:
        value: Value | None = item.data(_VALUE) if item else None
        if not value:
            return
        facet, code = value
        if code:
            self.toggled.emit(facet, code)
        else:
            self._unfolded.add(facet)
            self.show_counts(self._counts, self._chosen)


def _narrowing(facet: str, counts: Mapping[str, Mapping[str, int]], chosen: Chosen) -> Sequence[str]:
    """The codes to offer, what is chosen first; none where everything that was found has the only one."""
    found, ticked = counts.get(facet, {}), chosen.get(facet, ())
    everything = sum(counts.get(KIND, {}).values())
    if not ticked and len(found) < 2 and everything in (0, *found.values()):
        return []
    return sorted({*found, *ticked}, key=lambda code: _order(facet, code, code in ticked, found.get(code, 0)))


def _order(facet: str, code: str, is_ticked: bool, count: int) -> tuple[bool, int, str]:
    """The most common first; years the last one first."""
    return not is_ticked, -int(code) if facet == "jaar" and code.isdecimal() else -count, label_of(facet, code)


def title_of(facet: str) -> str:
    """What a facet is called."""
    return {
        KIND: _tr("Soort"),
        "status": _tr("Status"),
        "regio": _tr("Regio"),
        "knelpunten": _tr("Knelpunt"),
        "domeinen": _tr("Domein"),
        "jaar": _tr("Jaar"),
        "beschikbaarheid": _tr("Beschikbaarheid"),
    }[facet]


def label_of(facet: str, code: str) -> str:
    """What a code of a facet is called, short where there is a short name."""
    if facet == KIND:
        return kind_titles().get(code, code)
    if facet == "knelpunten":
        return sticking_points([code])
    return short_label(code) or (vocabulary(FACETS[facet]).label(code) if FACETS[facet] else code)


def kind_titles() -> Mapping[str, str]:
    """The kinds of hits as heads of a group, in their order."""
    return {
        Kind.CASE: _tr("Casussen"),
        Kind.EXPERT: _tr("Pareltjes"),
        Kind.DISCUSSION: _tr("Besprekingen"),
        Kind.DOCUMENT: _tr("Documenten"),
    }


def chips(chosen: Chosen) -> Iterator[tuple[str, str, str]]:
    """Each chosen facet and code with the words of its chip."""
    for facet, codes in chosen.items():
        yield from ((facet, code, f"{title_of(facet)}: {label_of(facet, code)}") for code in codes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Facets", text)
