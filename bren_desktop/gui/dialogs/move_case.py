"""The window of one step in the life of a case: the day, and what the step asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.life import Step
from bren_desktop.domain.transitions import Transition
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.move_case import Ui_MoveCase
from bren_desktop.gui.step_words import reason_name, state_words
from bren_desktop.gui.widgets.look import fit, grow
from bren_desktop.services.life import NotYetPossibleError
from bren_desktop.services.views import OpenCase

CRISIS = "UR-CRISIS"
_ALWAYS = frozenset({"op", "reden"})


class MoveDialog(RecordDialog[Transition]):
    """One step of one case; `about` names it by number and initials."""

    def __init__(self, desk: Desk, opened: OpenCase, step: Step, about: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{opened.entity}:stap:{step.target}", parent)
        self.entity, self._step = opened.entity, step
        self.ui = Ui_MoveCase()
        self.ui.setupUi(self)
        self.ui.title.setText(step.verb)
        self.ui.what.setText(self._what(opened.case.status))
        self.ui.about.setText(about)
        self.ui.crisis_bar.setVisible(opened.case.urgentie == CRISIS)
        start = Transition(van=opened.case.status, op=desk.workspace.context.today())
        self.prepare()
        self.bind(Transition, start, self.ui.save, self.ui.cancel, self.suggestions())
        self._show_asked()

    def prepare(self) -> None:
        """Put in what a step has more than its fields."""

    def suggestions(self) -> Mapping[str, Sequence[str]]:
        """What to suggest in fields of free text."""
        return {}

    def write(self, record: Transition) -> Callable[[], object]:
        workspace, entity, target = self.desk.workspace, self.entity, self._step.target
        return lambda: workspace.life.move(workspace.actor, entity, target, record)

    def done_text(self) -> str:
        return self.tr("De status is nu {status}.").format(status=state_words(self._step.target))

    def _what(self, state: str) -> str:
        text = self.tr("De status gaat van {van} naar {naar}.").format(
            van=state_words(state), naar=state_words(self._step.target)
        )
        if not self._step.decides:
            return text
        return f"{text} {self.tr('U legt een besluit van de voorzitter vast: uw naam komt erbij te staan.')}"

    def _show_asked(self) -> None:
        """Show only what this step asks or takes, with the keyboard on the first that it asks."""
        step, fields = self._step, self.binding.fields
        for key, field in fields.items():
            field.setVisible(key in _ALWAYS or key in step.asks or key in step.takes)
        if reason_name(step):
            fields["reden"].rename(reason_name(step))
        first = next((key for key in fields if key in step.asks or key in step.takes), "op")
        fields[first].setFocus()
        fit(self)

    def _on_refused(self, error: UserFacingError) -> None:
        """Say beside each field what it still needs; what the case itself lacks is told on its page."""
        super()._on_refused(error)
        if not isinstance(error, NotYetPossibleError):
            return
        for lack in error.lacks:
            if lack.kind is Kind.TRANSITION:
                self.binding.fields[lack.field].say(lack.sentence)
        grow(self)
