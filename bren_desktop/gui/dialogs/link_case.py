"""Linking a case to another one: how they belong together, and which case it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QListWidgetItem, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.links import Link
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.link_case import Ui_LinkCaseForm
from bren_desktop.gui.tasks import Ticket
from bren_desktop.services.views import OpenCase

_ENTITY = Qt.ItemDataRole.UserRole
_WAITS_MS = 200
_MOST = 20


class LinkDialog(RecordDialog[Link]):
    """Offers namesakes until something is typed."""

    def __init__(self, desk: Desk, opened: OpenCase, about: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{opened.entity}:verband", parent)
        self._opened, self._ticket = opened, Ticket()
        self.ui = Ui_LinkCaseForm()
        self.ui.setupUi(self)
        self.ui.about.setText(about)
        self.ui.problem.hide()
        self._later = QTimer(self, singleShot=True, interval=_WAITS_MS)
        self._later.timeout.connect(self._look)
        self.ui.search.textEdited.connect(lambda _: self._later.start())
        self.ui.search.returnPressed.connect(self.ui.found.setFocus)
        self.bind(Link, Link(), self.ui.save, self.ui.cancel)
        ui = self.ui
        for before, after in pairwise((ui.field_soort.last_stop(), ui.search, ui.found, ui.save, ui.cancel)):
            QWidget.setTabOrder(before, after)
        self._look()
        self.ui.field_soort.setFocus()

    def write(self, record: Link) -> Callable[[], object]:
        workspace, case, item = self.desk.workspace, self._opened.entity, self.ui.found.currentItem()
        return partial(workspace.links.add, workspace.actor, case, str(item.data(_ENTITY)), record.soort)

    def done_text(self) -> str:
        return self.tr("De casussen zijn verbonden.")

    def save(self) -> None:
        """Link them, or ask which case it is."""
        item: QListWidgetItem | None = self.ui.found.currentItem()
        self.ui.problem.setText("" if item else self.tr("Zoek de andere casus op nummer of achternaam en kies hem."))
        self.ui.problem.setVisible(item is None)
        if item is None:
            self.ui.search.setFocus()
        else:
            super().save()

    def _look(self) -> None:
        self._ticket.cancel()
        self._ticket = self.desk.tasks.ask(partial(self._candidates, self.ui.search.text().strip()), self._show)

    def _candidates(self, typed: str) -> Sequence[tuple[str, str]]:
        """The entity and the title of what fits; runs on the store's thread."""
        workspace, case = self.desk.workspace, self._opened.case
        if typed:
            hits = workspace.search.find(workspace.actor, typed, (Kind.CASE,), _MOST)
            return [(hit.entity, hit.title) for hit in hits]
        born = case.geboortedatum.isoformat() if case.geboortedatum else ""
        rows = workspace.cases.lookalikes(workspace.actor, case.roepnaam, case.achternaam, born)
        return [(row.entity, row.title) for row in rows]

    def _show(self, candidates: Sequence[tuple[str, str]]) -> None:
        self.ui.found.clear()
        for entity, title in candidates:
            if entity != self._opened.entity:
                item = QListWidgetItem(title, self.ui.found)
                item.setData(_ENTITY, entity)
        if self.ui.search.text().strip():
            self.ui.found.setCurrentRow(0)
