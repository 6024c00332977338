"""The forms of a discussion and of an advice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.advising import RELEASE, Missing, is_as_released, missing_in_discussion
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.advice import Ui_AdviceForm
from bren_desktop.gui.forms.discussion import Ui_DiscussionForm
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.gui.pages.case.record_panel import RecordPanel, Shown
from bren_desktop.services.advising import Deliberation
from bren_desktop.services.workspace import Workspace


class DiscussionPanel(RecordPanel[Discussion]):
    """`advice_wanted` asks for an advice on the discussion that is shown."""

    advice_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self.ui = Ui_DiscussionForm()
        super().__init__(desk, Kind.DISCUSSION, Discussion(), self.ui, parent)
        self.ui.needs_title.setText(self.tr("Dit is nog nodig voordat de bespreking meetelt:"))
        self.ui.advise.clicked.connect(self.advice_wanted)
        self.binding.edited.connect(self._show_reason)

    def describe(self, *, editable: bool) -> None:
        shown, ui = self.shown, self.ui
        ui.title.setText(title_of_discussion(shown.record) if shown.entity else self.tr("Nieuwe bespreking"))
        ui.told.setText(shown.fixed)
        ui.told.setVisible(bool(shown.fixed))
        ui.advise.setVisible(editable and bool(shown.entity))
        self._show_reason()

    def missing(self, record: Discussion) -> tuple[Missing, ...]:
        return missing_in_discussion(record, self.desk.workspace.context.today())

    def standing(self) -> Badge:
        if self.missing(self.shown.record):
            return Badge(self.tr("nog niet compleet"), Tone.INFO, icon="pencil")
        return Badge(self.tr("compleet"), Tone.GOOD, icon="check")

    def adding(self, record: Discussion) -> Callable[[], str]:
        workspace = self.desk.workspace
        return partial(workspace.advising.add_discussion, workspace.actor, self.shown.case, record)

    def amending(self, record: Discussion, fields: frozenset[str]) -> Callable[[], object]:
        workspace, shown = self.desk.workspace, self.shown
        amend = workspace.advising.amend_discussion
        return partial(amend, workspace.actor, shown.entity, record, fields, shown.seen)

    def _show_reason(self) -> None:
        """Ask why nobody with experience was there, unless somebody was."""
        raw = self.binding.raw()
        rows = raw["aanwezigen"]
        there = isinstance(rows, list) and any(row["ervaringsdeskundig"] for row in rows)
        self.ui.field_geen_ervaringsdeskundige.setHidden(there and not raw["geen_ervaringsdeskundige"])


class AdvicePanel(RecordPanel[Advice]):
    """`successor_wanted` asks for an advice that replaces the released one that is shown."""

    successor_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self.ui = Ui_AdviceForm()
        self.known = Deliberation((), (), bridged=False)
        super().__init__(desk, Kind.ADVICE, Advice(), self.ui, parent)
        self.ui.needs_title.setText(self.tr("Dit is nog nodig om het advies vrij te geven:"))
        self.ui.release.clicked.connect(self.release)
        self.ui.replace.clicked.connect(self.successor_wanted)

    def describe(self, *, editable: bool) -> None:
        shown, ui = self.shown, self.ui
        ui.title.setText(self.tr("Advies") if shown.entity else self.tr("Nieuw advies"))
        told = self._told(editable=editable)
        ui.told.setText(told)
        ui.told.setVisible(bool(told))
        ui.release.setVisible(editable and not shown.fixed)
        ui.release.setEnabled(bool(shown.entity) and may(self.desk.workspace.actor, Right.RELEASE_ADVICE))
        ui.release.setToolTip(told)
        ui.replace.setVisible(editable and bool(shown.fixed))

    def missing(self, record: Advice) -> tuple[Missing, ...]:
        return self.known.missing(record, self.desk.workspace.context.today())

    def standing(self) -> Badge:
        return badge_of_advice(self.shown.record)

    def adding(self, record: Advice) -> Callable[[], str]:
        workspace = self.desk.workspace
        return partial(workspace.advising.add_advice, workspace.actor, self.shown.case, record)

    def amending(self, record: Advice, fields: frozenset[str]) -> Callable[[], object]:
        workspace, shown = self.desk.workspace, self.shown
        return partial(workspace.advising.amend_advice, workspace.actor, shown.entity, record, fields, shown.seen)

    def go_to(self, field: str) -> None:
        """Put the cursor in a field; what the release fills, the button for it does."""
        if field in RELEASE:
            self.ui.release.setFocus()
        else:
            super().go_to(field)

    def release(self) -> None:
        """Release the advice, once all that it needs is there."""
        if self.touched():
            self.desk.messages.inform(self.tr("Sla eerst op wat u typte (Ctrl+S). Daarna geeft u het advies vrij."))
        elif self.missing(self.shown.record):
            self.open_needs()
        elif self.desk.messages.confirm(
            self.tr("Na het vrijgeven kan niemand dit advies nog wijzigen. Wilt u het vrijgeven?"),
            self.tr("Vrijgeven"),
        ):
            self.desk.tasks.do(partial(_release, self.desk.workspace, self.shown), self._on_released, self.on_refused)

    def _on_released(self, assigned: Sequence[str]) -> None:
        told = self.tr("Het advies is vrijgegeven.")
        assign = self.tr("Werkt {naam} ook met dit programma? Wijs de casus dan nu toe: Meer, Toewijzen.").format(
            naam=self.shown.record.procesregisseur
        )
        self.desk.messages.inform(told if assigned else f"{told} {assign}")
        self.saved.emit(self.shown.entity)

    def _told(self, *, editable: bool) -> str:
        """Where it comes from, and why it cannot be changed or released."""
        record = self.shown.record
        if record.vrijgegeven_op is not None:
            standing = self._released(record, record.vrijgegeven_op)
        else:
            standing = self._why_not_released() if editable else ""
        return " ".join(filter(None, (self._origin(record), self._proposed(record), standing)))

    def _proposed(self, record: Advice) -> str:
        outcome = next((e.record.uitkomst for e in self.known.discussions if e.entity == record.bespreking), "")
        if record.vrijgegeven_op is not None or not outcome or record.samenvatting != outcome:
            return ""
        return self.tr("De samenvatting is een voorstel: de uitkomst van de bespreking. Pas haar zo nodig aan.")

    def _origin(self, record: Advice) -> str:
        discussed = next((e.record.datum for e in self.known.discussions if e.entity == record.bespreking), None)
        replaced = next((e.record.vrijgegeven_op for e in self.known.advices if e.entity == record.vervangt), None)
        if replaced is not None:
            return self.tr("Vervangt het advies van {dag}.").format(dag=short_date(replaced))
        return self.tr("Na de bespreking van {dag}.").format(dag=short_date(discussed)) if discussed else ""

    def _released(self, record: Advice, day: date) -> str:
        released = self.tr("Vrijgegeven op {dag} door {naam}.")
        told = released.format(dag=short_date(day), naam=record.vrijgegeven_door)
        if is_as_released(record):
            return told
        changed = self.tr(
            "Let op: een collega wijzigde dit advies voordat de vrijgave bij hem binnen was. "
            "Vergelijk het met de brief, en maak zo nodig een nieuw advies."
        )
        return f"{told} {changed}"

    def _why_not_released(self) -> str:
        if not may(self.desk.workspace.actor, Right.RELEASE_ADVICE):
            return self.tr("De voorzitter of de plaatsvervanger geeft dit advies vrij.")
        return "" if self.shown.entity else self.tr("Sla het advies eerst op. Daarna kunt u het vrijgeven.")


def _release(workspace: Workspace, shown: Shown[Advice]) -> Sequence[str]:
    """Release it, and look to whom the case is assigned: nobody else finds it in the own work."""
    workspace.advising.release(workspace.actor, shown.entity, shown.seen)
    return workspace.access.assigned(workspace.actor, [shown.case])[shown.case]


def title_of_discussion(record: Discussion) -> str:
    """What people call a discussion."""
    title = _tr("Bespreking van {dag}")
    return title.format(dag=short_date(record.datum) if record.datum else "…")


def badge_of_advice(record: Advice) -> Badge:
    """How an advice stands."""
    if record.vrijgegeven_op:
        return Badge(_tr("vrijgegeven"), Tone.GOOD, icon="check")
    return Badge(_tr("concept"), Tone.INFO, icon="pencil")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Advising", text)
