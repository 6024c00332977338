"""Asks "bestaat al?" while a name and birth date are typed: the same young person, or a brother or sister."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from bren_desktop.domain.typed_days import shown
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.tasks import Ticket
from bren_desktop.services.rows import CaseRow

WAITS_MS = 200


class LookalikesPanel(QFrame):
    """`chosen` carries the entity of the case that the user wants to see."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._ticket = Ticket()
        self._asked = ("", "", "")
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(_text(self, self.tr("Bestaat al?"), "heading"))
        self.answer = _text(self, "", "hint")
        column.addWidget(self.answer)
        self.found = QListWidget(self)
        self.found.setAccessibleName(self.tr("Casussen die erop lijken"))
        self.found.setProperty("role", "plain")
        self.found.setWordWrap(True)
        self.found.setMaximumHeight(220)
        self.found.itemActivated.connect(self._on_activated)
        column.addWidget(self.found)
        column.addStretch(1)
        self._later = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._later.timeout.connect(self._ask)
        self._on_found(())

    def start(self, desk: Desk) -> None:
        """Look in the cases of this desk."""
        self._desk = desk

    def look_for(self, first: str, surname: str, born: str) -> None:
        """Somebody typed on in the name or the birth date."""
        if (first, surname, born) != self._asked:
            self._asked = (first, surname, born)
            if self.isVisible():
                self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()

    def _ask(self) -> None:
        if self._desk is None:
            return
        self._ticket.cancel()
        workspace = self._desk.workspace
        work: Callable[[], Sequence[CaseRow]] = partial(workspace.cases.lookalikes, workspace.actor, *self._asked)
        self._ticket = self._desk.tasks.ask(work, self._on_found)

    def _on_found(self, rows: Sequence[CaseRow]) -> None:
        self.found.clear()
        self.found.setVisible(bool(rows))
        for row in rows:
            item = QListWidgetItem(self._line(row), self.found)
            item.setData(Qt.ItemDataRole.UserRole, row.entity)
        self.answer.setText(self._sentence(rows))

    def _line(self, row: CaseRow) -> str:
        born = row.geboortedatum.isoformat() if row.geboortedatum else ""
        kind = self.tr("zelfde geboortedatum") if born and born == self._asked[2] else self.tr("misschien broer of zus")
        facts = (
            row.nummer or self.tr("concept"),
            row.initials,
            shown(born),
            vocabulary("jeugdregios").label(row.regio),
        )
        return f"{' · '.join(filter(None, facts))}\n{kind}"

    def _sentence(self, rows: Sequence[CaseRow]) -> str:
        if rows:
            return self.tr(
                "Kijk of dit dezelfde jeugdige is, of een broer of zus. Enter opent de casus; uw concept blijft."
            )
        if self._asked[1]:
            return self.tr("Geen casus met deze achternaam gevonden.")
        return self.tr("Zodra u een achternaam typt, staat hier welke casussen erop lijken: ook van broers en zussen.")

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))


def _text(parent: QWidget, text: str, role: str) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
