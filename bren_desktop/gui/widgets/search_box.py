"""One search box over cases, pareltjes, discussions, documents, kept filters and commands; results as you type."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from bren_desktop.gui.commands import Command, begins
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.kept_filters import KeptFilter, all_kept, keep_search
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.widgets import search_entries
from bren_desktop.gui.widgets.facet_list import label_of
from bren_desktop.gui.widgets.results_panel import ResultsPanel
from bren_desktop.gui.widgets.search_entries import KINDS
from bren_desktop.gui.widgets.search_results import Entry
from bren_desktop.services.facets import FACETS, Chosen
from bren_desktop.services.filters import SEARCHES, TEXT, Choice, name_of
from bren_desktop.services.rows import Found
from bren_desktop.services.workspace import Workspace

SHOWN, SHOWN_WHEN_NARROWED = 5, 40
"""So many of each kind, at first and of what was chosen."""
RESTS_MS = 150
"""Who typed nothing for so long is told all counts."""
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class SearchBox(QObject):
    """Lives on a line edit and shows its results below it."""

    chosen = Signal(object)

    def __init__(self, edit: QLineEdit, desk: Desk, commands: list[Command]) -> None:
        super().__init__(edit)
        self.edit, self._desk, self._commands = edit, desk, commands
        self.panel = ResultsPanel(edit.window())
        self.model = self.panel.model
        self.narrowed_to: dict[str, tuple[str, ...]] = {}
        self._ticket: Ticket | None = None
        self._waiting = self._open_first = False
        self._rest = QTimer(self, singleShot=True, interval=RESTS_MS)
        self._rest.timeout.connect(self._on_rested)
        edit.textEdited.connect(self._on_edited)
        edit.installEventFilter(self)
        self.panel.toggled.connect(self._on_toggled)
        self.panel.keep.clicked.connect(self._on_keep)
        self.panel.results.clicked.connect(self._on_clicked)

    def focus(self) -> None:
        """Bring the cursor here, what was typed selected."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def close(self) -> None:
        """Hide the results; what was chosen of them is over, and no answer is waited for."""
        self._drop()
        self.panel.hide()
        self.panel.facets.fold()
        self.narrowed_to = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._tabbed(event) or (self._pressed(event) if watched is self.edit else self._left(event))
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self._close_when_left)
        return False

    def _close_when_left(self) -> None:
        if not (self.edit.hasFocus() or self._narrows()):
            self.close()

    def _tabbed(self, event: QKeyEvent) -> bool:
        """Lead Tab from the box to what narrows, to what was chosen, and on."""
        way, stops = _TABS.get(Qt.Key(event.key())), [self.edit, *self.panel.stops()]
        place = QApplication.focusWidget()
        if way is None or not self.panel.isVisible() or place not in stops:
            return False
        to = stops.index(place) + way
        if 0 <= to < len(stops):
            stops[to].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        self.edit.setFocus()
        self.close()
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES and self.panel.isVisible():
            self.panel.move_by(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key == Qt.Key.Key_Escape:
            self.edit.clear()
            self.close()
        else:
            return False
        return True

    def _left(self, event: QKeyEvent) -> bool:
        """Escape leads back to the box."""
        if event.key() == Qt.Key.Key_Escape:
            self.edit.setFocus()
            return True
        return False

    def _on_edited(self, text: str) -> None:
        if text.strip():
            self._ask()
        else:
            self.close()

    def _drop(self) -> None:
        self._rest.stop()
        if self._ticket:
            self._ticket.cancel()
        self._waiting = self._open_first = False

    def _ask(self) -> None:
        self._drop()
        self._waiting = True
        asked = partial(_look, self._desk.workspace, self.edit.text().strip(), dict(self.narrowed_to), self._narrows())
        self._ticket = self._desk.tasks.ask(asked, self._show)

    def _narrows(self) -> bool:
        """Whether somebody is at what narrows, and not typing."""
        place = QApplication.focusWidget()
        return place is not None and self.panel.isAncestorOf(place)

    def _choice(self) -> Choice:
        """What is kept of this search: what was typed, with what was chosen."""
        return {TEXT: [self.edit.text().strip()], **self.narrowed_to}

    def _on_keep(self, keeps: bool) -> None:
        """Keep this search, named by what was typed and chosen, or keep it no longer."""
        chosen = [label_of(facet, code) for facet, codes in self.narrowed_to.items() for code in codes]
        words = " · ".join([self.edit.text().strip(), *chosen])
        work = partial(keep_search, self._desk.workspace, self._choice(), words if keeps else "")
        self._desk.tasks.do(work, lambda _: None)

    def _search_again(self, kept: KeptFilter) -> None:
        """Look for what was kept, narrowed as it was."""
        self.narrowed_to = {facet: tuple(codes) for facet, codes in kept.choice.items() if facet in FACETS}
        self.edit.setText(" ".join(kept.choice.get(TEXT, ())))
        self._ask()

    def _on_rested(self) -> None:
        workspace, text = self._desk.workspace, self.edit.text().strip()
        asked = partial(workspace.search.look, workspace.actor, text, KINDS, 1)
        self._ticket = self._desk.tasks.ask(asked, self._show_counts)

    def _on_toggled(self, facet: str, code: str) -> None:
        """Narrow to this as well, or not any more."""
        codes = self.narrowed_to.get(facet, ())
        now = tuple(each for each in codes if each != code) if code in codes else (*codes, code)
        self.narrowed_to = {**self.narrowed_to, facet: now}
        self.narrowed_to = {each: codes for each, codes in self.narrowed_to.items() if codes}
        self._ask()

    def _on_enter(self) -> None:
        """Open the chosen result; typed faster than the answer comes, the first."""
        self._open_first = self._waiting
        if not self._waiting:
            self._open(self.panel.current())

    def _show(self, answer: tuple[Found, Sequence[KeptFilter]]) -> None:
        self._waiting = False
        found, kept = answer
        typed = found.meant or self.edit.text()
        here = name_of({each.name: each.choice for each in kept if each.kind == SEARCHES}, self._choice())
        others = (each for each in kept if (each.kind, each.name) != (SEARCHES, here))
        matching = [each for each in others if begins(each.name, typed)]
        entries = self._entries(found, matching)
        narrows = self._narrows()
        self.panel.show_found(entries, found, self.narrowed_to)
        self.panel.show_kept(is_kept=bool(here))
        self.panel.place_below(self.edit)
        for stop in self.panel.stops():
            stop.installEventFilter(self)
        if narrows:
            (self.panel.stops() or [self.edit])[0].setFocus()
        if self._open_first:
            self._open(self.panel.current())
        elif found.hits and not (narrows or self.narrowed_to):
            self._rest.start()

    def _show_counts(self, found: Found) -> None:
        self.panel.show_counts(found, self.narrowed_to)
        self.panel.place_below(self.edit)

    def _entries(self, found: Found, kept: Sequence[KeptFilter]) -> list[Entry]:
        """The rows to show; where there is nothing, a way on or else a word of it."""
        typed, narrowed = self.edit.text(), bool(self.narrowed_to)
        rows = search_entries.hits(found) if narrowed else search_entries.everything(found, kept, self._commands, typed)
        return rows or search_entries.emergency(self._desk, typed) or [search_entries.nothing(narrowed=narrowed)]

    def _on_clicked(self) -> None:
        self._open(self.panel.current())

    def _open(self, row: int) -> None:
        if not self.panel.isVisible() or not 0 <= row < len(self.model.entries):
            return
        target = self.model.entries[row].target
        if target is None:
            return
        if isinstance(target, KeptFilter) and target.kind == SEARCHES:
            self._search_again(target)
            return
        self.close()
        self.edit.clear()
        self.chosen.emit(target)


def _look(workspace: Workspace, asked: str, chosen: Chosen, in_full: bool) -> tuple[Found, Sequence[KeptFilter]]:
    most = SHOWN_WHEN_NARROWED if chosen else SHOWN
    return workspace.search.look(workspace.actor, asked, KINDS, most, chosen, in_full=in_full), all_kept(workspace)
