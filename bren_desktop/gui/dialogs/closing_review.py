"""What a colleague proposed when closing a case, to confirm or to give back; one's own, to take back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from bren_desktop.domain.closing import Closing, ClosingState
from bren_desktop.domain.field_words import in_words
from bren_desktop.domain.fields import notes
from bren_desktop.domain.retention import destroy_from
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.closing_words import codes_text, lesson_line, retention_line
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.closing_review import Ui_ClosingReviewForm
from bren_desktop.services.closing import CaseClosing
from bren_desktop.services.views import OpenCase

_HIDDEN = frozenset(("casus", "ronde", "codes_bevestigd", "voorgesteld_door_id", "bevestigd_door_id"))


class ClosingReview(RecordDialog[Closing]):
    """One pending proposal. A team of one laptop confirms its own beside a named witness."""

    def __init__(
        self, desk: Desk, opened: OpenCase, found: CaseClosing, about: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, f"casus:{opened.entity}:bevestigen", parent)
        self._entity, self._closing = found.entity, found.closing or Closing()
        self._may_decide = self._closing.state is ClosingState.PROPOSED and may(desk.workspace.actor, Right.CLOSE_CASE)
        self._is_own = self._closing.voorgesteld_door_id == desk.workspace.actor.person
        self.ui = Ui_ClosingReviewForm()
        self.ui.setupUi(self)
        self.ui.about.setText(about)
        self.bind(Closing, Closing(), self.ui.save, self.ui.cancel)
        QWidget.setTabOrder(self.ui.field_reden_teruggave.last_stop(), self.ui.give_back)
        self.ui.give_back.clicked.connect(self._on_give_back)
        self._show_facts(opened)
        self.ui.lessons.setText("\n\n".join(lesson_line(lesson) for _, lesson in found.lessons))
        self._show_choice(has_witness=False)
        self.ui.scroll.setFocus()
        workspace = desk.workspace
        if self._is_own and self._may_decide:
            desk.tasks.run(partial(workspace.closing.is_alone, workspace.actor), self._on_alone)

    def write(self, record: Closing) -> Callable[[], object]:
        closing, actor, entity = self.desk.workspace.closing, self.desk.workspace.actor, self._entity
        if self._is_own:
            return lambda: closing.confirm_with_witness(actor, entity, record.getuige)
        return lambda: closing.confirm(actor, entity)

    def done_text(self) -> str:
        return self.tr("De afsluiting is bevestigd.")

    def save(self) -> None:
        """Confirm it, unless that is not this person's to do, or a reason to give it back was written."""
        if not self.ui.save.isVisible():
            return
        if self.binding.touched().get("reden_teruggave"):
            self.ui.field_reden_teruggave.say(
                self.tr("U schreef op wat er nog moet gebeuren. Geef het voorstel terug, of haal deze tekst weg.")
            )
            self.ui.field_reden_teruggave.setFocus()
            return
        super().save()

    def _show_facts(self, opened: OpenCase) -> None:
        closing, case = self._closing, opened.case
        for name, note in notes(Closing).items():
            value = getattr(closing, name)
            if name not in _HIDDEN and value not in (None, ""):
                self._add_fact(note.label, in_words(note, value.isoformat() if isinstance(value, date) else value))
        today = self.desk.workspace.context.today()
        term = destroy_from(closing.bewaarprofiel, today, today, case.geboortedatum, case.bewaarplicht_reden)
        self._add_fact(self.tr("Vernietigen"), retention_line(term))
        self._add_fact(self.tr("Nagekeken"), codes_text(case))

    def _add_fact(self, name: str, text: str) -> None:
        label, value = QLabel(name, self), QLabel(text, self)
        label.setProperty("role", "label")
        for each in (label, value):
            each.setTextFormat(Qt.TextFormat.PlainText)
            each.setWordWrap(True)
            each.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.ui.facts.addRow(label, value)

    def _on_alone(self, alone: bool) -> None:
        self._show_choice(has_witness=alone)

    def _show_choice(self, *, has_witness: bool) -> None:
        """Offer what this person may do with the proposal."""
        ui, may_decide = self.ui, self._may_decide
        ui.answer.setVisible(self._closing.state is ClosingState.PROPOSED)
        ui.field_getuige.setVisible(has_witness)
        ui.field_reden_teruggave.setVisible(may_decide and not self._is_own)
        ui.save.setVisible(may_decide and (has_witness or not self._is_own))
        ui.give_back.setVisible(may_decide)
        ui.give_back.setText(self.tr("Voorstel &intrekken") if self._is_own else self.tr("&Teruggeven"))
        ui.answer.setText(self._answer_text(has_witness=has_witness))

    def _answer_text(self, *, has_witness: bool) -> str:
        if not self._may_decide:
            return self.tr("Met uw rol kunt u dit lezen. Een collega bevestigt de afsluiting.")
        if has_witness:
            return self.tr(
                "Uw team werkt op één laptop. Vraag iemand om naast u te komen zitten en mee te kijken. Vul de naam "
                "van die getuige in; in het dossier komt te staan dat er een getuige bij was."
            )
        if self._is_own:
            return self.tr("U stelde dit zelf voor. Een collega bevestigt het op een eigen laptop.")
        return self.tr("Klopt alles? Bevestig het dan. Moet er nog iets gebeuren? Schrijf op wat, en geef het terug.")

    def _on_give_back(self) -> None:
        record = self.binding.parse()
        if record is None:
            return
        workspace = self.desk.workspace
        work = partial(workspace.closing.withdraw_proposal, workspace.actor, self._entity, record.reden_teruggave)
        self.desk.tasks.do(work, self._on_given_back, self._on_refused)

    def _on_given_back(self, _: object) -> None:
        self._keeper.drop()
        self.desk.messages.inform(
            self.tr("Het voorstel is ingetrokken.") if self._is_own else self.tr("Het voorstel is teruggegeven.")
        )
        self.recorded.emit()
        self.accept()
