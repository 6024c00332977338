"""The first page: what waits for somebody, the most pressing on top. Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QToolButton, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.worklist import Ui_Worklist
from bren_desktop.gui.models.worklist import ITEM_ROLE, WorklistModel
from bren_desktop.gui.pages.page import Page
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.widgets.work_item import WorkItemDelegate
from bren_desktop.gui.widgets.work_words import group_words
from bren_desktop.services.worklist import WorkItem, WorkReason


class WorklistPage(Page):
    """A list with a chip per reason."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.ui = Ui_Worklist()
        self.ui.setupUi(self)
        self._items: Sequence[WorkItem] = ()
        self._wanted: WorkReason | None = None
        self._ticket: Ticket | None = None
        self.model = WorklistModel(self)
        self.chips: dict[WorkReason | None, QToolButton] = {}
        self.ui.entries.setModel(self.model)
        self.ui.entries.setItemDelegate(WorkItemDelegate(self.ui.entries))
        self.ui.entries.activated.connect(self._on_activated)
        self.ui.first_step.clicked.connect(self._on_first_step)
        self.ui.first_step.setVisible(may(desk.workspace.actor, Right.EDIT_CASE))
        self.ui.empty.hide()
        self.setFocusProxy(self.ui.entries)

    def entered(self) -> None:
        """Ask anew what waits."""
        workspace = self.desk.workspace
        if self._ticket:
            self._ticket.cancel()
        self._ticket = self.desk.tasks.ask(lambda: workspace.worklist.entries(workspace.actor), self._show)

    def changed_behind(self, touched: frozenset[tuple[str, str]]) -> None:
        if touched and self.isVisible():
            self.entered()

    def _on_first_step(self) -> None:
        self.desk.navigator.new_case()

    def _show(self, items: Sequence[WorkItem]) -> None:
        self._items = items
        self._make_chips()
        self.ui.empty.setVisible(not items)
        self.ui.entries.setVisible(bool(items))
        self.ui.greeting.setText(self._summary())
        self._filter(self._wanted if self._count(self._wanted) else None)

    def _summary(self) -> str:
        if not self._items:
            return ""
        if len(self._items) == 1:
            return self.tr("Er wacht één ding op aandacht.")
        return self.tr("Er wachten {count} dingen op aandacht.").format(count=len(self._items))

    def _count(self, reason: WorkReason | None) -> int:
        return sum(reason is None or reason in item.reasons for item in self._items)

    def _make_chips(self) -> None:
        for chip in self.chips.values():
            chip.deleteLater()
        while self.ui.chips.count():
            self.ui.chips.takeAt(0)
        self.chips = {}
        reasons: list[WorkReason | None] = [None, *(reason for reason in WorkReason if self._count(reason))]
        for reason in reasons:
            self.chips[reason] = self._chip(reason)
            self.ui.chips.addWidget(self.chips[reason])
        self.ui.chips.addStretch()

    def _chip(self, reason: WorkReason | None) -> QToolButton:
        words = group_words(reason) if reason else self.tr("Alles")
        chip = QToolButton(self)
        chip.setObjectName(f"chip_{reason.value if reason else 'alles'}")
        chip.setText(self.tr("{words} · {count}").format(words=words, count=self._count(reason)))
        chip.setAccessibleName(chip.text())
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setAutoExclusive(True)
        chip.clicked.connect(lambda: self._filter(reason))
        return chip

    def _filter(self, reason: WorkReason | None) -> None:
        self._wanted = reason
        self.chips[reason].setChecked(True)
        chosen = self.ui.entries.currentIndex().row()
        self.model.show([item for item in self._items if reason is None or reason in item.reasons])
        if self.model.rowCount():
            self.ui.entries.setCurrentIndex(self.model.index(max(0, min(chosen, self.model.rowCount() - 1))))

    def _on_activated(self, index: QModelIndex) -> None:
        item: WorkItem = index.data(ITEM_ROLE)
        if item.draft:
            self.desk.navigator.resume(item.draft)
        elif WorkReason.VERSIONS in item.reasons:
            self.desk.navigator.open_conflicts(item.kind, item.entity)
        elif item.kind == Kind.EXPERT:
            self.desk.navigator.open_expert(item.entity)
        else:
            self.desk.navigator.open_case(item.entity)
