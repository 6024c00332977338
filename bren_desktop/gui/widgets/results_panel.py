"""What hangs below the search box: what was found, beside it what narrows that, above it what was chosen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QToolButton, QVBoxLayout, QWidget

from bren_desktop.gui import icons
from bren_desktop.gui.widgets.facet_list import FacetList, chips
from bren_desktop.gui.widgets.flow import FlowFrame
from bren_desktop.gui.widgets.search_results import Entry, ResultsDelegate, ResultsModel
from bren_desktop.services.candidates import CANDIDATES
from bren_desktop.services.facets import KIND, Chosen
from bren_desktop.services.rows import Found

_WIDTH, _FACETS_WIDTH, _TALLEST = 560, 248, 620
_AROUND, _ROUND = 12, 8


class ResultsPanel(QFrame):
    """`toggled` carries a facet and the code that is to be chosen, or not any more."""

    toggled = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "results")
        self.model = ResultsModel(self)
        self.results = self._make_results()
        self.facets = FacetList(self)
        self.facets.setFixedWidth(_FACETS_WIDTH)
        self.facets.toggled.connect(self.toggled)
        self.chosen = FlowFrame(self)
        self.chosen.setContentsMargins(_AROUND, 4, _AROUND, 0)
        self.hint = QLabel(self)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setProperty("role", "hint")
        self.hint.setContentsMargins(_AROUND, 4, _AROUND, 4)
        self.hint.setWordWrap(True)
        self.keep = QToolButton(self)
        self.keep.setText(self.tr("Zoekvraag bewaren"))
        self.keep.setIcon(icons.icon("star"))
        self.keep.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.keep.setCheckable(True)
        self.keep.setProperty("role", "chip")
        self.keep.toggled.connect(self._name_keep)
        self._lay_out()
        self.hide()

    def show_found(self, entries: list[Entry], found: Found, chosen: Chosen) -> None:
        """Show what was found, with the first of it marked."""
        self.model.show(entries)
        self._show_chosen(chosen)
        self.show_counts(found, chosen)
        self.move_by(1)

    def show_counts(self, found: Found, chosen: Chosen) -> None:
        """Show what narrows it."""
        self.facets.show_counts(found.facets, chosen)
        self.facets.setVisible(bool(chosen) or sum(found.facets.get(KIND, {}).values()) > 1)
        self.hint.setText(self._hint(found))
        self.keep.setVisible(bool(found.hits or chosen))

    def show_kept(self, *, is_kept: bool) -> None:
        """Say whether this search is kept by name."""
        self.keep.setChecked(is_kept)

    def place_below(self, edit: QLineEdit) -> None:
        """Open below the box, as large as what it shows.

        What fills its ground wholly spares the page below from being painted with every key; the style sheet takes
        that away whenever it is applied.
        """
        window = edit.window()
        wanted = _WIDTH + (_FACETS_WIDTH if self.facets.isVisibleTo(self) else 0)
        width = min(max(edit.width(), wanted), window.width() - 16)
        corner = edit.mapTo(window, QPoint(0, edit.height() + 4))
        left = min(corner.x(), window.width() - width - 8)
        tallest = min(_TALLEST, window.height() - corner.y() - _AROUND)
        self.setFixedWidth(width)
        self.setGeometry(left, corner.y(), width, min(self._height(), tallest))
        self.show()
        self.setAutoFillBackground(True)
        self.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners round, which the ground would fill."""
        super().resizeEvent(event)
        path = QPainterPath()
        path.addRoundedRect(self.rect(), _ROUND, _ROUND)
        self.setMask(QRegion(path.toFillPolygon().toPolygon()))

    def current(self) -> int:
        """The row of the marked result; -1 for none."""
        return self.results.currentIndex().row()

    def move_by(self, steps: int) -> None:
        """Mark the next result in that direction, over the heads of groups."""
        rows = [row for row, entry in enumerate(self.model.entries) if not entry.is_head]
        if rows:
            place = rows.index(self.current()) if self.current() in rows else -1
            self.results.setCurrentIndex(self.model.index(rows[max(0, min(place + steps, len(rows) - 1))]))

    def stops(self) -> list[QWidget]:
        """Where Tab comes, in turn."""
        stops = [*self.chosen.findChildren(QToolButton), self.keep]
        narrowing = [self.facets] if self.facets.count() else []
        return [stop for stop in (*narrowing, *stops) if stop.isVisible()]

    def _hint(self, found: Found) -> str:
        cut = self.tr("Er is meer gevonden: van elke soort zijn de beste {n} geteld.").format(n=CANDIDATES)
        keys = self.tr("Verfijnen met Tab.")
        return " ".join([cut] * bool(found.more) + [keys] * self.facets.isVisibleTo(self))

    def _make_results(self) -> QListView:
        results = QListView(self)
        results.setModel(self.model)
        results.setItemDelegate(ResultsDelegate(results))
        results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        results.setAccessibleName(self.tr("Gevonden"))
        results.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        results.setProperty("role", "plain")
        return results

    def _lay_out(self) -> None:
        lists = QHBoxLayout()
        lists.setSpacing(4)
        lists.addWidget(self.results, 1)
        lists.addWidget(self.facets)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)
        column.setSpacing(4)
        column.addWidget(self.chosen)
        column.addLayout(lists, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, _AROUND, 0)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.keep)
        column.addLayout(foot)

    def _height(self) -> int:
        """As tall as the longer of both lists, with what stands above and below them."""
        results = sum(self.results.sizeHintForRow(row) for row in range(self.model.rowCount()))
        facets = sum(self.facets.sizeHintForRow(row) for row in range(self.facets.count()))
        around = [self.chosen.heightForWidth(self.width()) + 4 if self.chosen.isVisibleTo(self) else 0]
        around += [self.keep.sizeHint().height() + 4] if self.keep.isVisibleTo(self) else []
        return max(results, facets) + sum(around) + _AROUND

    def _name_keep(self, is_kept: bool) -> None:
        self.keep.setText(self.tr("Zoekvraag bewaard") if is_kept else self.tr("Zoekvraag bewaren"))

    def _show_chosen(self, chosen: Chosen) -> None:
        for chip in self.chosen.findChildren(QToolButton):
            chip.setParent(None)
            chip.deleteLater()
        for facet, code, words in chips(chosen):
            chip = QToolButton(self.chosen)
            chip.setText(words.replace("&", "&&"))
            chip.setIcon(icons.icon("cross"))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setAccessibleName(self.tr("{keuze}, weghalen").format(keuze=words))
            chip.setProperty("role", "chip")
            chip.clicked.connect(partial(self.toggled.emit, facet, code))
            self.chosen.add(chip)
            chip.show()
        self.chosen.setVisible(bool(chosen))
