"""The cases that belong together with this one, on its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.link_case import LinkDialog
from bren_desktop.gui.dialogs.merge_cases import MergeDialog
from bren_desktop.gui.forms.tab_family import Ui_FamilyTab
from bren_desktop.gui.widgets.told_item import Told
from bren_desktop.services.links import LinkedCase
from bren_desktop.services.views import OpenCase


class LinkedCases(QObject):
    """A list on the tab Jeugdige en gezin; Enter opens the other case. `changed`: look again."""

    changed = Signal()

    def __init__(self, desk: Desk, ui: Ui_FamilyTab, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ui, self._page = desk, ui, parent
        self._opened: OpenCase | None = None
        self._linked: Sequence[LinkedCase] = ()
        ui.add_link.clicked.connect(self._on_add)
        ui.open_link.clicked.connect(self._on_open)
        ui.end_link.clicked.connect(self._on_end)
        ui.merge_link.clicked.connect(self._on_merge)
        ui.links.chosen.connect(self._on_open)

    def show(self, opened: OpenCase, linked: Sequence[LinkedCase]) -> None:
        """Another case is on the page, or this one after a change."""
        self._opened, self._linked = opened, linked
        ui = self._ui
        may_edit = may(self._desk.workspace.actor, Right.EDIT_CASE) and not opened.read_only
        ui.links.show_lines([_told(each) for each in linked])
        ui.no_links.setVisible(not linked)
        ui.open_link.setVisible(bool(linked))
        ui.add_link.setVisible(may_edit)
        ui.end_link.setVisible(bool(linked) and may_edit)
        may_merge = may(self._desk.workspace.actor, Right.DECIDE) and not opened.read_only
        ui.merge_link.setVisible(bool(linked) and may_merge)

    def _current(self) -> LinkedCase | None:
        chosen = self._ui.links.current()
        return next((each for each in self._linked if each.link == chosen), None)

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


def _told(linked: LinkedCase) -> Told:
    status = vocabulary("casusstatus").label(linked.row.status)
    return Told(linked.link, linked.row.title, f"{linked.words} · {status}")
