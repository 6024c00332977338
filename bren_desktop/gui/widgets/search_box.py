"""One search box over cases, pareltjes, documents, kept filters and commands; results as you type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may, needs_emergency
from bren_desktop.gui.commands import Command, begins, matching
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.widgets.search_results import Entry, ResultsDelegate, ResultsModel
from bren_desktop.services.filters import Choice
from bren_desktop.services.numbers import is_lasting
from bren_desktop.services.rows import Found, Hit
from bren_desktop.services.workspace import Workspace

LIMIT = 12
KINDS = (Kind.CASE, Kind.EXPERT, Kind.DOCUMENT)
_MOST_CASES, _MOST_EXPERTS, _MOST_DOCUMENTS = 6, 5, 4
_POPUP_WIDTH, _TALLEST = 560, 620
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A list, of the kind, narrowed as somebody kept it by name."""

    kind: Kind
    name: str
    choice: Choice


class SearchBox(QObject):
    """Lives on a line edit and shows its results below it."""

    chosen = Signal(object)

    def __init__(self, edit: QLineEdit, desk: Desk, commands: list[Command]) -> None:
        super().__init__(edit)
        self.edit, self._desk, self._commands = edit, desk, commands
        self.model = ResultsModel(self)
        self.popup = self._make_popup()
        self._ticket: Ticket | None = None
        self._waiting = self._open_first = False
        edit.textEdited.connect(self._on_edited)
        edit.installEventFilter(self)
        self.popup.clicked.connect(self._on_clicked)

    def focus(self) -> None:
        """Bring the cursor here, what was typed selected."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def close(self) -> None:
        """Hide the results."""
        self.popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self._close_when_left)
        return False

    def _make_popup(self) -> QListView:
        popup = QListView(self.edit.window())
        popup.setModel(self.model)
        popup.setItemDelegate(ResultsDelegate(popup))
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        popup.setAccessibleName(self.tr("Gevonden"))
        popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setProperty("role", "results")
        popup.hide()
        return popup

    def _close_when_left(self) -> None:
        if not self.edit.hasFocus():
            self.close()

    def _pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES and self.popup.isVisible():
            self._move(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key == Qt.Key.Key_Escape:
            self.edit.clear()
            self.close()
        else:
            return False
        return True

    def _on_edited(self, text: str) -> None:
        if self._ticket:
            self._ticket.cancel()
        asked = text.strip()
        self._waiting, self._open_first = bool(asked), False
        if not asked:
            self.close()
            return
        self._ticket = self._desk.tasks.ask(partial(_look, self._desk.workspace, asked), self._show)

    def _on_enter(self) -> None:
        """Open the chosen result; typed faster than the answer comes, the first."""
        self._open_first = self._waiting
        if not self._waiting:
            self._open(self.popup.currentIndex().row())

    def _show(self, answer: tuple[Found, Sequence[KeptFilter]]) -> None:
        self._waiting = False
        entries = self._entries(*answer) or self._emergency()
        self.model.show(entries or [Entry(self.tr("Niets gevonden. Probeer een deel van een woord."))])
        self._place()
        self._move(1)
        if self._open_first:
            self._open(self.popup.currentIndex().row())

    def _entries(self, found: Found, filters: Sequence[KeptFilter]) -> list[Entry]:
        hits = found.hits
        entries = [
            *_group(self.tr("Casussen"), _hits(hits, Kind.CASE, "cases")[:_MOST_CASES]),
            *_group(self.tr("Pareltjes"), _hits(hits, Kind.EXPERT, "pool")[:_MOST_EXPERTS]),
            *_group(self.tr("Documenten"), _hits(hits, Kind.DOCUMENT, "documents")[:_MOST_DOCUMENTS]),
            *_group(self.tr("Bewaarde filters"), [self._filter(each) for each in filters]),
            *_group(self.tr("Opdrachten"), self._found_commands()),
        ]
        if found.meant and hits:
            entries.insert(0, Entry(self.tr("Gezocht naar '{text}'").format(text=found.meant)))
        return entries

    def _filter(self, kept: KeptFilter) -> Entry:
        where = self.tr("Casussen") if kept.kind is Kind.CASE else self.tr("Pareltjes")
        return Entry(kept.name, where, "filter", kept)

    def _found_commands(self) -> list[Entry]:
        found = matching(self._commands, self.edit.text())
        return [Entry(command.text, command.keys, "command", command) for command in found]

    def _emergency(self) -> list[Entry]:
        """A way to a case that was typed by its number and may be hidden; whether it is there, is not told here."""
        number = self.edit.text().strip().upper()
        if not (is_lasting(number) and needs_emergency(self._desk.workspace.actor)):
            return []
        text = self.tr("Is dit een casus van een ander? Open haar met noodtoegang…")
        command = Command(text, "", lambda: self._desk.navigator.open_emergency(number))
        return _group(self.tr("Niets gevonden bij uw casussen"), [Entry(text, number, "lock", command)])

    def _place(self) -> None:
        window = self.edit.window()
        width = min(max(self.edit.width(), _POPUP_WIDTH), window.width() - 16)
        rows = sum(self.popup.sizeHintForRow(row) for row in range(self.model.rowCount()))
        corner = self.edit.mapTo(window, QPoint(0, self.edit.height() + 4))
        left = min(corner.x(), window.width() - width - 8)
        self.popup.setGeometry(left, corner.y(), width, min(rows + 12, _TALLEST, window.height() - corner.y() - 12))
        self.popup.show()
        self.popup.raise_()

    def _move(self, steps: int) -> None:
        """Select the next result in that direction, over the heads of groups."""
        rows = [row for row, entry in enumerate(self.model.entries) if not entry.is_head]
        if not rows:
            return
        current = self.popup.currentIndex().row()
        place = rows.index(current) if current in rows else -1
        target = rows[max(0, min(place + steps, len(rows) - 1))]
        self.popup.setCurrentIndex(self.model.index(target))

    def _on_clicked(self) -> None:
        self._open(self.popup.currentIndex().row())

    def _open(self, row: int) -> None:
        if not self.popup.isVisible() or not 0 <= row < len(self.model.entries):
            return
        target = self.model.entries[row].target
        if target is None:
            return
        self.close()
        self.edit.clear()
        self.chosen.emit(target)


def _look(workspace: Workspace, asked: str) -> tuple[Found, Sequence[KeptFilter]]:
    actor = workspace.actor
    found = workspace.search.look(actor, asked, KINDS, LIMIT)
    kept = [
        KeptFilter(kind, name, choice)
        for kind, right in ((Kind.CASE, Right.READ_CASE), (Kind.EXPERT, Right.READ_POOL))
        if may(actor, right)
        for name, choice in workspace.filters.all(actor, kind).items()
    ]
    return found, [each for each in kept if begins(each.name, found.meant or asked)]


def _group(head: str, entries: list[Entry]) -> list[Entry]:
    return [Entry(head), *entries] if entries else []


def _hits(hits: Sequence[Hit], kind: Kind, icon: str) -> list[Entry]:
    return [Entry(hit.title, hit.snippet, icon, hit) for hit in hits if hit.kind == kind]
