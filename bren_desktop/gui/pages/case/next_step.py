"""Volgende stap, in the header of a case: what leads on from here, and what runs beside the state.

Of a case that was handed over the menu Meer offers its package once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.life import step_to
from bren_desktop.domain.needs import Lack
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.states import State
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.hand_over import HandOverDialog
from bren_desktop.gui.dialogs.move_case import MoveDialog
from bren_desktop.gui.forms.case_page import Ui_CasePage
from bren_desktop.gui.step_words import bridge_badge, escalation_badge, option_line, undecided_badge
from bren_desktop.gui.widgets.step_popup import StepPopup
from bren_desktop.services.life import Flags, Option
from bren_desktop.services.views import OpenCase

_GAP = 4


class NextStep(QObject):
    """`moved` tells that the case went on; `wanted` carries what a step that was chosen still lacks."""

    moved = Signal()
    wanted = Signal(object)

    def __init__(self, desk: Desk, ui: Ui_CasePage, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ui, self._page = desk, ui, parent
        self._opened: OpenCase | None = None
        self._options: Sequence[Option] = ()
        self.popup = StepPopup(ui.next_step)
        self.popup.chosen.connect(self._on_chosen)
        self.again = ui.more.menu().addAction(self.tr("Overgedragen bestand &opnieuw maken…"))
        self.again.triggered.connect(self._on_again)

    def show(self, opened: OpenCase, options: Sequence[Option], flags: Flags) -> None:
        """Another case is on the page, or this one after a change."""
        self._opened = opened
        may_move = may(self._desk.workspace.actor, Right.MOVE_CASE) and not opened.read_only
        self._ui.next_step.setVisible(bool(options) and may_move)
        is_handed_over = opened.case.status == State.TRANSFERRED and not opened.read_only
        self.again.setVisible(is_handed_over and may(self._desk.workspace.actor, Right.DECIDE))
        self._ui.bridge.show_badge(bridge_badge(flags))
        self._ui.escalation.show_badge(escalation_badge(flags))
        self._ui.undecided.show_badge(undecided_badge(flags))

    def open(self) -> None:
        """Show the steps beneath the button, as they stand now: much is filed on the tabs since the case was opened."""
        if self._opened is not None and self._ui.next_step.isVisible():
            workspace, entity = self._desk.workspace, self._opened.entity
            work = partial(workspace.life.steps, workspace.actor, entity)
            self._desk.tasks.ask(work, partial(self._on_steps, entity))

    def _on_steps(self, entity: str, options: Sequence[Option]) -> None:
        button = self._ui.next_step
        if self._opened is None or self._opened.entity != entity or not button.isVisible():
            return
        if not options:
            self._desk.messages.inform(
                self.tr("Er is nu geen volgende stap. Kijk met F8 of er eerst een status te kiezen is.")
            )
        else:
            self._options = options
            self.popup.open_at(button.mapToGlobal(QPoint(0, button.height() + _GAP)), options)

    def _on_chosen(self, number: int) -> None:
        option = self._options[number]
        first: Lack | None = next(iter(option.mine), None)
        if first is not None:
            self._desk.messages.inform(first.sentence)
            self.wanted.emit(first)
        elif not option.allowed:
            self._desk.messages.inform(option_line(option))
        elif self._opened is not None:
            window = HandOverDialog if option.step.target is State.TRANSFERRED else MoveDialog
            dialog = window(self._desk, self._opened, option.step, self._about, self._page.window())
            dialog.recorded.connect(self.moved)
            dialog.open()

    @property
    def _about(self) -> str:
        return f"{self._ui.nummer.text()} · {self._ui.initials.text()}"

    def _on_again(self) -> None:
        if self._opened is not None:
            workspace, entity = self._desk.workspace, self._opened.entity
            self._desk.tasks.ask(partial(workspace.handing_over.team_of, workspace.actor, entity), self._make_again)

    def _make_again(self, team: str) -> None:
        step = step_to(State.REGISTERED, State.TRANSFERRED)
        if self._opened is not None and step is not None:
            HandOverDialog(self._desk, self._opened, step, self._about, self._page.window(), again_to=team).open()
