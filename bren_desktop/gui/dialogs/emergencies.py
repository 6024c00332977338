"""Every use of noodtoegang, and judging those of others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.forms.emergencies import Ui_Emergencies
from bren_desktop.gui.messages import sentence
from bren_desktop.services.access import Emergency
from bren_desktop.services.rows import Changes
from bren_desktop.services.views import DraftView

_WIDTHS = (248, 176, 104, 128)
_JUDGEMENT = "oordeel"


class EmergenciesDialog(QDialog):
    """What waits for a judgement stands first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_Emergencies()
        self.ui.setupUi(self)
        self._desk = desk
        self._uses: Sequence[Emergency] = ()
        self._keeper: DraftKeeper | None = None
        titles = self.tr("Casus"), self.tr("Wie"), self.tr("Op"), self.tr("Open tot en met"), self.tr("Oordeel")
        self.ui.rows.set_columns(titles, _WIDTHS)
        self._connect()
        self._ask()

    def _connect(self) -> None:
        ui = self.ui
        ui.about.setText(self.tr("Wie een casus opende die niet was toegewezen, en waarom. Een ander beoordeelt het."))
        ui.problem.hide()
        ui.nobody.hide()
        ui.use_card.hide()
        ui.rows.currentCellChanged.connect(self._show_use)
        ui.judgement.textChanged.connect(self._on_typed)
        ui.review.clicked.connect(self.review)
        ui.show_case.clicked.connect(self._on_show_case)
        ui.close.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.review)

    def review(self) -> None:
        """Keep the judgement that was typed about the marked use."""
        use, workspace = self._current(), self._desk.workspace
        if use is None or not self.ui.review.isEnabled():
            return
        self.ui.review.setEnabled(False)
        self._keep()
        work = partial(workspace.access.review, workspace.actor, use.entity, self.ui.judgement.toPlainText())
        self._desk.tasks.do(work, self._on_reviewed, self._on_refused)

    def done(self, result: int) -> None:
        """Go away, however it was left; a judgement that was not recorded stays as a draft."""
        self._keep()
        super().done(result)

    def _keep(self) -> None:
        if self._keeper is not None:
            self._keeper.keep()

    def _ask(self) -> None:
        workspace = self._desk.workspace
        self._desk.tasks.ask(partial(workspace.access.emergencies, workspace.actor), self._show, self._on_refused)

    def _show(self, uses: Sequence[Emergency]) -> None:
        self._uses = uses
        ui = self.ui
        waiting = {place for place, use in enumerate(uses) if not use.is_reviewed}
        ui.rows.show_rows([self._cells(use) for use in uses], waiting, len(_WIDTHS))
        ui.rows.setVisible(bool(uses))
        ui.nobody.setVisible(not uses)
        ui.use_card.setVisible(bool(uses))
        ui.show_case.setVisible(bool(uses))
        ui.review.setVisible(bool(uses))
        if uses:
            ui.rows.setFocus()
        self._show_use()

    def _cells(self, use: Emergency) -> Sequence[str]:
        record = use.record
        begun, last = (short_date(day) if day else "" for day in (record.op, use.last))
        return use.title, record.naam, begun, last, self._verdict(use)

    def _verdict(self, use: Emergency) -> str:
        if not use.is_reviewed:
            return self.tr("nog te beoordelen")
        return self.tr("beoordeeld door {name}").format(name=use.record.beoordeeld_door)

    def _current(self) -> Emergency | None:
        row = self.ui.rows.currentRow()
        return self._uses[row] if 0 <= row < len(self._uses) else None

    def _show_use(self) -> None:
        use, ui = self._current(), self.ui
        ui.problem.hide()
        if use is None:
            return
        ui.reason.setText(use.record.reden)
        mine = use.record.persoon == self._desk.workspace.actor.person
        ui.judged.setText(self._judged(use, mine=mine))
        ui.judged.setVisible(use.is_reviewed or mine)
        for widget in (ui.judgement_text, ui.judgement, ui.review):
            widget.setVisible(not use.is_reviewed and not mine)
        self._keep()
        self._keeper = None
        ui.judgement.clear()
        if not use.is_reviewed and not mine:
            self._begin(use)
        self._on_typed()

    def _begin(self, use: Emergency) -> None:
        """Keep what is typed about a use, and bring back what was."""
        key = f"{Kind.CASE.value}:{use.case}:{Kind.EMERGENCY_ACCESS.value}:{use.entity}"
        self._keeper = DraftKeeper(self._desk, key, lambda: {_JUDGEMENT: self.ui.judgement.toPlainText()}, self)
        workspace = self._desk.workspace
        self._desk.tasks.ask(lambda: workspace.drafts.get(workspace.actor, key), partial(self._on_draft, use.entity))

    def _on_draft(self, entity: str, draft: DraftView | None) -> None:
        use = self._current()
        if draft is not None and use is not None and use.entity == entity and not self.ui.judgement.toPlainText():
            self.ui.judgement.setPlainText(str(draft.fields.get(_JUDGEMENT, "")))

    def _judged(self, use: Emergency, *, mine: bool) -> str:
        if use.is_reviewed and use.record.beoordeeld_op:
            text = self.tr("Beoordeeld door {name} op {day}: {verdict}")
            day = short_date(use.record.beoordeeld_op)
            return text.format(name=use.record.beoordeeld_door, day=day, verdict=use.record.oordeel)
        return self.tr("U hebt dit zelf gebruikt. Een ander beoordeelt het.") if mine else ""

    def _on_typed(self) -> None:
        if self._keeper is not None and self.ui.judgement.toPlainText():
            self._keeper.touch()
        self.ui.review.setEnabled(bool(self.ui.judgement.toPlainText().strip()))

    def _on_show_case(self) -> None:
        use = self._current()
        if use is not None:
            self.accept()
            self._desk.navigator.open_case(use.case)

    def _on_reviewed(self, _: Changes) -> None:
        if self._keeper is not None:
            self._keeper.drop()
        self._desk.messages.inform(self.tr("Het oordeel is vastgelegd."))
        self._ask()

    def _on_refused(self, error: UserFacingError) -> None:
        self.ui.problem.setText(sentence(error))
        self.ui.problem.show()
        self._on_typed()
