"""The cases that belong together with this one, on its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.link_case import LinkDialog
from bren_desktop.gui.dialogs.merge_cases import MergeDialog
from bren_desktop.gui.forms.tab_family import Ui_FamilyTab
from bren_desktop.services.links import LinkedCase
from bren_desktop.services.views import OpenCase

_LINKED = Qt.ItemDataRole.UserRole


class LinkedCases(QObject):
    """A list on the tab Jeugdige en gezin; Enter opens the other case. `changed`: look again."""

    changed = Signal()

    def __init__(self, desk: Desk, ui: Ui_FamilyTab, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ui, self._page = desk, ui, parent
        self._opened: OpenCase | None = None
        ui.add_link.clicked.connect(self._on_add)
        ui.open_link.clicked.connect(self._on_open)
        ui.end_link.clicked.connect(self._on_end)
        ui.merge_link.clicked.connect(self._on_merge)
        ui.links.itemActivated.connect(self._on_open)

    def show(self, opened: OpenCase, linked: Sequence[LinkedCase]) -> None:
        """Another case is on the page, or this one after a change."""
        self._opened = opened
        ui = self._ui
        may_edit = may(self._desk.workspace.actor, Right.EDIT_CASE) and not opened.read_only
        ui.links.clear()
        for each in linked:
            status = vocabulary("casusstatus").label(each.row.status)
            item = QListWidgetItem(f"{each.row.title}\n{each.words} · {status}", ui.links)
            item.setData(_LINKED, each)
        ui.links.setCurrentRow(0)
        ui.no_links.setVisible(not linked)
        for widget in (ui.links, ui.open_link):
            widget.setVisible(bool(linked))
        ui.add_link.setVisible(may_edit)
        ui.end_link.setVisible(bool(linked) and may_edit)
        may_merge = may(self._desk.workspace.actor, Right.DECIDE) and not opened.read_only
        ui.merge_link.setVisible(bool(linked) and may_merge)

    def _current(self) -> LinkedCase | None:
        item: QListWidgetItem | None = self._ui.links.currentItem()
        found: LinkedCase | None = item.data(_LINKED) if item is not None else None
        return found

    def _on_add(self) -> None:
        if self._opened is not None:
            about = self.tr("De andere casus laat dit verband ook zien, aan wie hem mag lezen.")
            dialog = LinkDialog(self._desk, self._opened, about, self._page.window())
            dialog.recorded.connect(self.changed)
            dialog.open()

    def _on_open(self) -> None:
        current = self._current()
        if current is not None:
            self._desk.navigator.open_case(current.row.entity, "jeugdige")

    def _on_merge(self) -> None:
        current = self._current()
        if current is not None and self._opened is not None:
            dialog = MergeDialog(self._desk, self._opened.entity, current.row.entity, self._page.window())
            dialog.merged.connect(lambda entity: self._desk.navigator.open_case(entity, "jeugdige"))
            dialog.open()

    def _on_end(self) -> None:
        current, messages = self._current(), self._desk.messages
        question = self.tr("Wilt u deze casussen niet meer met elkaar verbinden? In de tijdlijn blijft het staan.")
        if current is not None and messages.confirm(question, self.tr("Verbreken")):
            workspace = self._desk.workspace
            work = partial(workspace.links.end, workspace.actor, current.link)
            self._desk.tasks.do(work, lambda _: self.changed.emit())
