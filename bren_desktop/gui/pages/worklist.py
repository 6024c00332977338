"""The first page: what waits for somebody, the most pressing on top. Enter goes there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.domain.duties import DESTRUCTION, REQUESTS
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.planning import Snooze
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.erase_words import waits_for
from bren_desktop.gui.forms.worklist import Ui_Worklist
from bren_desktop.gui.models.worklist import ITEM_ROLE, WorklistModel
from bren_desktop.gui.navigator import STAND_IN
from bren_desktop.gui.pages.page import Page
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.widgets.reach import hand_on
from bren_desktop.gui.widgets.work_item import WorkItemDelegate
from bren_desktop.gui.widgets.work_words import group_words, nothing_waits, summary
from bren_desktop.services.rows import Changes
from bren_desktop.services.share_door import ShareStatus
from bren_desktop.services.work_items import ERASE, JUDGE_ACCESS, WorkItem, WorkReason, erasure_item, order
from bren_desktop.services.workspace import Workspace

ALL, PUT_OFF = "alles", "uitgesteld"


class WorklistPage(Page):
    """A list in sections, with a chip per reason."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.ui = Ui_Worklist()
        self.ui.setupUi(self)
        self._items: Sequence[WorkItem] = ()
        self._to_erase: Sequence[str] = ()
        self._wanted = ALL
        self._ticket: Ticket | None = None
        self.model = WorklistModel(self)
        self.chips: dict[str, QToolButton] = {}
        self.ui.entries.setModel(self.model)
        self.ui.entries.setItemDelegate(WorkItemDelegate(self.ui.entries))
        self.ui.empty.hide()
        self._connect()
        self._show_rights()
        hand_on(self, self._home)

    def _connect(self) -> None:
        ui = self.ui
        ui.entries.activated.connect(self._on_activated)
        ui.entries.selectionModel().currentChanged.connect(self._on_current)
        ui.first_step.clicked.connect(self._on_first_step)
        ui.snooze.clicked.connect(self._on_snooze)
        QShortcut(QKeySequence("Ctrl+U"), self).activated.connect(self._on_snooze)
        ui.stand_in.clicked.connect(self._on_stand_in)
        ui.calendar.clicked.connect(self._on_calendar)

    def _show_rights(self) -> None:
        actor = self.desk.workspace.actor
        self.ui.first_step.setVisible(may(actor, Right.EDIT_CASE))
        for button in (self.ui.snooze, self.ui.stand_in):
            button.setVisible(may(actor, Right.PLAN_WORK))
        self.ui.calendar.setVisible(may(actor, Right.READ_CASE))
        self.ui.empty_text.setText(nothing_waits(actor.role))

    def entered(self) -> None:
        """Ask anew what waits."""
        if self._ticket:
            self._ticket.cancel()
        self._ticket = self.desk.tasks.ask(partial(_entries, self.desk.workspace, self._to_erase), self._show)

    def share_told(self, status: ShareStatus) -> None:
        before, actor = self._to_erase, self.desk.workspace.actor
        self._to_erase = tuple(one.case for one in status.erasures if waits_for(one, actor))
        if before != self._to_erase:
            self.entered()

    def changed_behind(self, touched: frozenset[tuple[str, str]]) -> None:
        if touched and self.isVisible():
            self.entered()

    def current(self) -> WorkItem | None:
        """The line that is chosen."""
        item = self.ui.entries.currentIndex().data(ITEM_ROLE)
        return item if isinstance(item, WorkItem) else None

    def _on_first_step(self) -> None:
        self.desk.navigator.new_case()

    def _home(self) -> QWidget:
        """Where the keyboard goes: to what waits, or else to the first button."""
        ui = self.ui
        homes: tuple[QWidget, ...] = (ui.entries, ui.first_step, ui.stand_in, ui.calendar)
        return next((each for each in homes if not each.isHidden() and each.isEnabled()), ui.entries)

    def _show(self, items: Sequence[WorkItem]) -> None:
        is_home = self.window().focusWidget() is self._home()
        self._items = items
        self._make_chips()
        self.ui.empty.setVisible(not items)
        for widget in (self.ui.entries, self.ui.chips):
            widget.setVisible(bool(items))
        self.ui.greeting.setText(self._summary())
        self._filter(self._wanted if self._wanted in self.chips else ALL)
        if is_home:
            self._home().setFocus()

    def _summary(self) -> str:
        waiting = self._lines(ALL)
        if waiting:
            return summary(waiting)
        return self.tr("Er wacht niets op u.") if self._items else ""

    def _lines(self, wanted: str) -> list[WorkItem]:
        """The lines of a chip; what was put off stands under its own."""
        if wanted == PUT_OFF:
            return [item for item in self._items if item.snoozed]
        return [item for item in self._items if not item.snoozed and wanted in (ALL, *item.reasons)]

    def _make_chips(self) -> None:
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        names = {ALL: self.tr("Alles")}
        names |= {reason.value: group_words(reason) for reason in WorkReason}
        names[PUT_OFF] = self.tr("Uitgesteld")
        counts = Counter(reason.value for item in self._lines(ALL) for reason in item.reasons)
        counts[ALL], counts[PUT_OFF] = len(self._lines(ALL)), len(self._lines(PUT_OFF))
        self.chips = {}
        for name, words in names.items():
            if name == ALL or counts[name]:
                text = self.tr("{words} · {count}").format(words=words, count=counted(counts[name]))
                self.chips[name] = self._chip(name, text)
                self.ui.chips.add(self.chips[name])

    def _chip(self, name: str, text: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(f"chip_{name}")
        chip.setText(text)
        chip.setAccessibleName(chip.text())
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setAutoExclusive(True)
        chip.clicked.connect(partial(self._filter, name))
        return chip

    def _filter(self, wanted: str) -> None:
        self._wanted = wanted
        self.chips[wanted].setChecked(True)
        before, row = self.current(), self.ui.entries.currentIndex().row()
        self.model.show(self._lines(wanted), self.desk.workspace.context.today())
        chosen = self.model.line_of(before, row)
        self.ui.entries.setCurrentIndex(chosen)
        if chosen.row() <= 1:
            self.ui.entries.scrollToTop()
        self._on_current()

    def _on_current(self) -> None:
        item = self.current()
        self.ui.snooze.setText(self.tr("Weer &tonen") if item and item.snoozed else self.tr("&Uitstellen…"))
        self.ui.snooze.setEnabled(item is not None and bool(item.code))

    def _on_activated(self, index: QModelIndex) -> None:
        item: WorkItem = index.data(ITEM_ROLE)
        navigator = self.desk.navigator
        if item.draft == STAND_IN:
            self._on_stand_in()
        elif item.draft:
            navigator.resume(item.draft)
        elif item.reason is WorkReason.VERSIONS:
            navigator.open_conflicts(item.kind, item.entity)
        elif item.code == ERASE:
            navigator.open_erasing(item.entity)
        elif item.code == JUDGE_ACCESS:
            self._judge()
        elif item.code in REQUESTS and may(self.desk.workspace.actor, Right.HANDLE_REQUEST):
            navigator.open_requests(item.entity)
        elif item.code in DESTRUCTION and may(self.desk.workspace.actor, Right.ERASE):
            navigator.open_erasing(item.entity)
        elif item.kind == Kind.EXPERT:
            navigator.open_expert(item.entity)
        else:
            navigator.open_case(item.entity, "/".join((item.tab, *item.missing[:1])))

    def _judge(self) -> None:
        from bren_desktop.gui.dialogs.emergencies import EmergenciesDialog

        dialog = EmergenciesDialog(self.desk, self.window())
        dialog.finished.connect(self.entered)
        dialog.open()

    def _on_snooze(self) -> None:
        item = self.current()
        workspace = self.desk.workspace
        if item is None or not self.ui.snooze.isEnabled() or not may(workspace.actor, Right.PLAN_WORK):
            return
        if item.snoozed:
            work = partial(workspace.planning.wake, workspace.actor, item.entity, item.code)
            self.desk.tasks.do(work, self._on_woken)
        elif not item.may_be_put_off:
            label = item.words[0] or item.title
            text = self.tr("{what}: dit kunt u niet uitstellen. Iemand anders of de wet wacht erop.")
            self.desk.messages.inform(text.format(what=label))
        else:
            self._put_off(item)

    def _put_off(self, item: WorkItem) -> None:
        from bren_desktop.gui.dialogs.snooze import SnoozeDialog

        dialog = SnoozeDialog(self.desk, item.entity, Snooze(klok=item.code), item.title, self.window())
        dialog.recorded.connect(self.entered)
        dialog.open()

    def _on_woken(self, _: Changes) -> None:
        self.desk.messages.inform(self.tr("De termijn staat weer in de werkvoorraad."))
        self.entered()

    def _on_stand_in(self) -> None:
        from bren_desktop.gui.dialogs.stand_in import StandInDialog

        dialog = StandInDialog(self.desk, self.window())
        dialog.recorded.connect(self.entered)
        dialog.ended.connect(self.entered)
        dialog.open()

    def _on_calendar(self) -> None:
        kinds = self.tr("Agendabestand (*.ics)")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Naar uw agenda"), "termijnen.ics", kinds)
        if path:
            self.save_calendar(Path(path))

    def save_calendar(self, path: Path) -> None:
        """Write one's own deadlines to `path`, for a calendar program."""
        workspace = self.desk.workspace
        self.desk.tasks.ask(partial(workspace.calendar.write, workspace.actor, path), self._on_saved)

    def _on_saved(self, count: int) -> None:
        text = self.tr(
            "{n} termijnen geschreven, met casusnummers en zonder namen. Open het bestand in uw agenda. Het is niet "
            "versleuteld."
        )
        self.desk.messages.inform(text.format(n=counted(count)))


def _entries(workspace: Workspace, to_erase: Sequence[str]) -> Sequence[WorkItem]:
    """What waits, with the erasures that wait for this user; runs on the store's thread."""
    rows = (workspace.cases.row(workspace.actor, case) for case in to_erase)
    waiting = [erasure_item(row) for row in rows if row is not None]
    return sorted([*waiting, *workspace.worklist.entries(workspace.actor)], key=order)
