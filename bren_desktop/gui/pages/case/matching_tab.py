"""Who fits this case and why; from here the letter is made and a consult is registered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui import icons, theme
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.consult import ConsultDialog
from bren_desktop.gui.dialogs.deployment import DeploymentDialog
from bren_desktop.gui.dialogs.similar import SimilarDialog
from bren_desktop.gui.dialogs.weights import WeightsDialog
from bren_desktop.gui.forms.tab_matching import Ui_MatchingTab
from bren_desktop.gui.match_words import (
    availability,
    score_words,
    standing_words,
    verdict_icon,
    verdict_role,
    verdict_word,
)
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.widgets.options import Option, Options
from bren_desktop.gui.widgets.reach import hand_on
from bren_desktop.gui.widgets.typeahead import Typeahead
from bren_desktop.services.views import Match, Proposal, Reason, Standing
from bren_desktop.services.workspace import Workspace

MOST, MOST_NAMES = 15, 30


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is proposed, and the names of the whole pool by entity."""

    proposal: Proposal
    names: Mapping[str, str]


class MatchingTab(QWidget):
    """`letter_wanted` carries the entity of the expert to write to."""

    letter_wanted = Signal(str)
    consulted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_MatchingTab()
        self.ui.setupUi(self)
        self._desk = desk
        self._case = ""
        self._asked = False
        self._shown: Match | None = None
        self._proposal: Proposal | None = None
        self._names = Options(())
        self._ticket = Ticket()
        ui = self.ui
        ui.detail.hide()
        self.why = Typeahead(self._offers, self)
        self.why.setPlaceholderText(self.tr("Verwacht u iemand anders? Typ een naam"))
        self.why.setAccessibleName(self.tr("Waarom dit pareltje niet: typ een naam"))
        ui.why_label.setBuddy(self.why)
        ui.why_row.addWidget(self.why, 1)
        self.why.taken.connect(self._on_why)
        ui.matches.currentItemChanged.connect(self._on_current_changed)
        ui.matches.itemActivated.connect(self._on_letter)
        ui.similar.clicked.connect(self._on_similar)
        ui.weights_button.clicked.connect(self._on_weights)
        ui.again.clicked.connect(self.match)
        ui.letter.clicked.connect(self._on_letter)
        self.set_read_only(False)
        ui.consult.clicked.connect(self._on_consult)
        ui.deploy.clicked.connect(self._on_deploy)
        ui.open_expert.clicked.connect(self._on_open_expert)
        desk.navigator.records_changed.connect(self._on_records_changed)
        hand_on(self, lambda: ui.again if ui.matches.isHidden() else ui.matches)

    def show_case(self, case: str) -> None:
        """Another case, or the same one after a change: what was found is out of date."""
        self._ticket.cancel()
        self._case, self._asked = case, False
        self.ui.matches.clear()
        self.ui.detail.hide()

    def set_read_only(self, read_only: bool) -> None:
        """Whether nothing may come of this case any more."""
        actor, ui = self._desk.workspace.actor, self.ui
        self._may_write = may(actor, Right.MAKE_LETTER) and not read_only
        ui.letter.setVisible(self._may_write)
        ui.consult.setVisible(may(actor, Right.EDIT_POOL) and not read_only)
        ui.deploy.setVisible(may(actor, Right.FOLLOW_UP) and not read_only)

    def enter(self) -> None:
        """The tab is in front: look who fits, unless that was done."""
        if not self._asked:
            self.match()

    def match(self) -> None:
        """Ask again."""
        self._asked = True
        self._ticket.cancel()
        self.ui.state.setText(self.tr("Even zoeken in de pool…"))
        self._ticket = self._desk.tasks.ask(partial(_ask, self._desk.workspace, self._case), self._on_asked)

    def current(self) -> Match | None:
        """The expert in the card: who stands under the cursor, or whom the user asked for by name."""
        return self._shown

    def _on_asked(self, asked: _Asked) -> None:
        ui, proposal = self.ui, asked.proposal
        self._proposal = proposal
        is_home = ui.matches.hasFocus() or ui.again.hasFocus()
        self._names = Options(tuple(Option(entity, name) for entity, name in asked.names.items()))
        ui.matches.show_proposal(proposal)
        for widget in (ui.matches, ui.why_label, self.why):
            widget.setVisible(bool(proposal.matches))
        ui.state.setText(
            self.tr("Een voorstel, geen besluit: u kiest. Enter maakt een consultatievraag.")
            if proposal.matches
            else self.tr(
                "Nog niemand gevonden. Vul knelpunten, domeinen of de hulpvraag aan, of voeg pareltjes toe aan de pool."
            )
        )
        if is_home:
            self.setFocus()

    def _offers(self, typed: str) -> Sequence[Option]:
        return self._names.matching(typed)[:MOST_NAMES]

    def _on_why(self, expert: str) -> None:
        workspace = self._desk.workspace
        work = partial(workspace.matching.why, workspace.actor, self._case, expert)
        self._desk.tasks.ask(work, self._on_standing)

    def _on_standing(self, standing: Standing) -> None:
        self.why.clear()
        self.ui.matches.setCurrentRow(-1)
        self._show(standing.match, standing_words(standing))

    def _on_current_changed(self) -> None:
        match = self.ui.matches.match()
        standing = self._proposal.standing(match.entity) if self._proposal and match else None
        told = self.ui.matches.part(), standing_words(standing) if standing else ""
        self._show(match, "\n".join(filter(None, told)))

    def _show(self, match: Match | None, told: str) -> None:
        """Put an expert in the card, with what is `told` of their place."""
        ui, self._shown = self.ui, match
        ui.detail.setVisible(match is not None)
        if match is None:
            return
        ui.name.setText(match.name)
        ui.organisation.setText(" · ".join(filter(None, (match.organisation, score_words(match.score)))))
        ui.part.setText(told)
        ui.part.setVisible(bool(told))
        ui.availability.show_badge(availability(match))
        self._show_reasons(match.reasons)

    def _show_reasons(self, reasons: Sequence[Reason]) -> None:
        rows = self.ui.reasons_rows
        while (item := rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for reason in reasons:
            rows.addWidget(_ReasonRow(reason, self.ui.reasons))
        rows.addStretch(1)

    def _on_similar(self) -> None:
        SimilarDialog(self._desk, self._case, self.window()).open()

    def _on_weights(self) -> None:
        WeightsDialog(self._desk, self.window()).open()

    def _on_records_changed(self, touched: frozenset[tuple[str, str]]) -> None:
        """Ask again once the network weighs otherwise."""
        if self._asked and any(kind == Kind.WEIGHING for kind, _ in touched):
            self._asked = False
            if self.isVisible():
                self.match()

    def _on_letter(self) -> None:
        match = self.current()
        if match is not None and self._may_write:
            self.letter_wanted.emit(match.entity)

    def _on_consult(self) -> None:
        match = self.current()
        if match is not None:
            dialog = ConsultDialog(self._desk, match.entity, match.name, self._case, self.window())
            dialog.recorded.connect(self.consulted)
            dialog.open()

    def _on_deploy(self) -> None:
        match = self.current()
        if match is not None:
            pool = {match.name: match.entity}
            dialog = DeploymentDialog(self._desk, self._case, pool, expert=match.name, parent=self.window())
            dialog.recorded.connect(self.consulted)
            dialog.open()

    def _on_open_expert(self) -> None:
        match = self.current()
        if match is not None:
            self._desk.navigator.open_expert(match.entity)


class _ReasonRow(QWidget):
    """One criterion: an icon, and its sentence."""

    def __init__(self, reason: Reason, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        icon = QLabel(self)
        colour = theme.current().colour(verdict_role(reason.verdict))
        icon.setPixmap(icons.pixmap(verdict_icon(reason.verdict), 16, colour))
        icon.setAccessibleName(verdict_word(reason.verdict))
        icon.setToolTip(verdict_word(reason.verdict))
        text = QLabel(reason.text, self)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)


def _ask(workspace: Workspace, case: str) -> _Asked:
    actor, matching = workspace.actor, workspace.matching
    return _Asked(matching.propose(actor, case, MOST), matching.names(actor))
