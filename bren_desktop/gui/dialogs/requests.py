"""The register of what families ask: of all cases or of one, and what is to be done with each request."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.domain.dutch import capitalised, short_date
from bren_desktop.domain.requests import ENDING, Request, Sort, Statement, is_extended, last_day_to_extend
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.file_copy import FileCopyDialog
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.dialogs.request import (
    AnswerDialog,
    DecisionDialog,
    ExtensionDialog,
    RequestDialog,
    StatementDialog,
)
from bren_desktop.gui.forms.requests import Ui_RequestRegister
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.request_words import asked_line
from bren_desktop.services.requests import Listed
from bren_desktop.services.rows import Changes

_WIDTHS = (224, 208, 120, 120)
_LATE = 3


class RequestsDialog(QDialog):
    """With `case`, the requests about that one; `about` names it by number and initials. `changed`: look again.

    Of all, it begins at the most pressing one about the case `first`.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, case: str = "", about: str = "", parent: QWidget | None = None, first: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_RequestRegister()
        self.ui.setupUi(self)
        self._desk, self._case, self._first = desk, case, first
        self._requests: Sequence[Listed] = ()
        self.ui.about.setText(about or self.tr("Van alle casussen. Wat het eerst klaar moet zijn, staat bovenaan."))
        titles = self.tr("Casus"), self.tr("Verzoek"), self.tr("Ontvangen"), self.tr("Uiterlijk"), self.tr("Stand")
        self.ui.rows.set_columns(titles, _WIDTHS)
        self._connect()
        self._ask()

    def _connect(self) -> None:
        ui = self.ui
        ui.problem.hide()
        ui.nobody.hide()
        ui.request_card.hide()
        ui.new.setVisible(bool(self._case))
        ui.state_own.setVisible(bool(self._case))
        ui.show_case.setVisible(not self._case)
        ui.rows.currentCellChanged.connect(self._show_request)
        ui.new.clicked.connect(self._on_new)
        ui.state_own.clicked.connect(self._on_state)
        ui.amend.clicked.connect(self._on_amend)
        ui.decide.clicked.connect(self._on_decide)
        ui.extend.clicked.connect(self._on_extend)
        ui.read.clicked.connect(self._on_read)
        ui.answer.clicked.connect(self._on_answer)
        ui.destroy.clicked.connect(self._on_destroy)
        ui.show_case.clicked.connect(self._on_show_case)
        ui.close.clicked.connect(self.reject)

    def _ask(self) -> None:
        workspace, case = self._desk.workspace, self._case
        requests = workspace.requests
        work = partial(requests.of, workspace.actor, case) if case else partial(requests.register, workspace.actor)
        self._desk.tasks.ask(work, self._show, self._on_refused)

    def _show(self, requests: Sequence[Listed]) -> None:
        current, known = self._current(), {each.entity for each in self._requests}
        self._requests, ui = requests, self.ui
        today = self._desk.workspace.context.today()
        late = {place for place, each in enumerate(requests) if each.deadline and each.deadline.due < today}
        ui.rows.show_rows([self._cells(each) for each in requests], late, _LATE)
        for widget in (ui.rows, ui.request_card):
            widget.setVisible(bool(requests))
        ui.nobody.setVisible(not requests)
        wanted = [at for at, each in enumerate(requests) if known and each.entity not in known]
        wanted += [at for at, each in enumerate(requests) if current and each.entity == current.entity]
        wanted += [at for at, each in enumerate(requests) if each.case == self._first]
        if requests:
            ui.rows.setCurrentCell(next(iter(wanted), 0), 0)
            ui.rows.setFocus()
        else:
            (ui.new if self._case else ui.close).setFocus()
        self._show_request()

    def _cells(self, listed: Listed) -> Sequence[str]:
        request = listed.request
        came = short_date(request.ontvangen_op) if request.ontvangen_op else ""
        due = short_date(listed.deadline.due) if listed.deadline else ""
        return listed.title, vocabulary("soorten_verzoek").label(request.soort), came, due, self._standing(request)

    def _standing(self, request: Request) -> str:
        decided = vocabulary("besluiten_verzoek").label(request.besluit)
        if request.afgehandeld_op and not request.is_open:
            return self.tr("{decided}, afgehandeld op {day}").format(
                decided=decided or self.tr("gedaan"), day=short_date(request.afgehandeld_op)
            )
        return self.tr("{decided}, nog te doen").format(decided=decided) if decided else self.tr("nog geen besluit")

    def _current(self) -> Listed | None:
        row = self.ui.rows.currentRow()
        return self._requests[row] if 0 <= row < len(self._requests) else None

    def _show_request(self) -> None:
        listed, ui = self._current(), self.ui
        ui.problem.hide()
        if listed is None:
            return
        request = listed.request
        ui.what.setText(asked_line(request))
        ui.asked.setText(request.inhoud)
        ui.asked.setVisible(bool(request.inhoud))
        ui.state.setText(self._told(request))
        self._offer(listed)

    def _told(self, request: Request) -> str:
        parts = [self._standing(request)]
        if request.besloten_door:
            parts.append(self.tr("Besluit van {name}").format(name=request.besloten_door))
        if request.doorgelezen_door:
            parts.append(self.tr("Doorgelezen door {name}").format(name=request.doorgelezen_door))
        if request.verlengd_op:
            parts.append(self._extended(request).format(day=short_date(request.verlengd_op)))
        elif self._is_too_late(request):
            parts.append(self._missed(request))
        parts += filter(None, (request.verlengd_reden, request.besluit_reden, request.gewijzigd))
        return capitalised(" · ".join(parts))

    def _is_too_late(self, request: Request) -> bool:
        """Whether nobody can be told in time any more that it takes longer; that it was told can be written down."""
        came, today = request.ontvangen_op, self._desk.workspace.context.today()
        return request.may_take_longer and came is not None and today > last_day_to_extend(came)

    def _missed(self, request: Request) -> str:
        last = short_date(last_day_to_extend(request.ontvangen_op)) if request.ontvangen_op else ""
        return self.tr("Verlengen kan niet meer: dat moest uiterlijk {day} zijn verteld").format(day=last)

    def _extended(self, request: Request) -> str:
        if is_extended(request.soort, request.ontvangen_op, request.verlengd_op):
            return self.tr("Op {day} is verteld dat het twee maanden langer duurt")
        return self.tr("Op {day} is verteld dat het langer duurt: dat verlengt de termijn van dit verzoek niet")

    def _offer(self, listed: Listed) -> None:
        """Show what can be done with a request as it stands."""
        ui, request, actor = self.ui, listed.request, self._desk.workspace.actor
        is_ours = request.is_open and not listed.read_only
        ui.decide.setText(self.tr("&Ingetrokken…") if request.is_granted else self.tr("&Besluiten…"))
        late = self._is_too_late(request)
        ui.extend.setText(self.tr("Ver&lenging vastleggen…") if late else self.tr("Ver&lengen…"))
        see, destroy = request.soort == Sort.SEE, request.soort == Sort.DESTROY
        for widget, offered in (
            (ui.amend, is_ours and not request.besluit),
            (ui.decide, is_ours),
            (ui.extend, request.may_take_longer and not listed.read_only),
            (ui.read, see and not listed.read_only and request.besluit not in ENDING and may(actor, Right.READ_LOG)),
            (ui.answer, is_ours and request.is_granted and not destroy),
            (ui.destroy, is_ours and destroy and request.is_granted and may(actor, Right.ERASE)),
        ):
            widget.setVisible(offered)

    def _on_new(self) -> None:
        self._start(RequestDialog(self._desk, self._case, self.ui.about.text(), parent=self))

    def _on_state(self) -> None:
        self._start(StatementDialog(self._desk, self._case, self))

    def _on_amend(self) -> None:
        listed = self._current()
        if listed is not None:
            self._start(RequestDialog(self._desk, listed.case, listed.title, listed, self))

    def _on_decide(self) -> None:
        listed = self._current()
        if listed is not None:
            self._start(DecisionDialog(self._desk, listed, self))

    def _on_extend(self) -> None:
        listed = self._current()
        if listed is not None:
            self._start(ExtensionDialog(self._desk, listed, self))

    def _on_answer(self) -> None:
        listed, workspace = self._current(), self._desk.workspace
        if listed is None:
            return
        if listed.request.soort == Sort.CORRECT:
            self._start(AnswerDialog(self._desk, listed, self))
        else:
            work = partial(workspace.requests.handle, workspace.actor, listed.entity)
            self._desk.tasks.do(work, self._on_answered, self._on_refused)

    def _start(self, dialog: RecordDialog[Request] | RecordDialog[Statement]) -> None:
        dialog.recorded.connect(self._on_recorded)
        dialog.open()

    def _on_read(self) -> None:
        listed = self._current()
        if listed is not None:
            dialog = FileCopyDialog(self._desk, listed, self)
            dialog.finished.connect(self._ask)
            dialog.open()

    def _on_destroy(self) -> None:
        listed = self._current()
        if listed is not None:
            self.accept()
            self._desk.navigator.open_erasing(listed.case)

    def _on_show_case(self) -> None:
        listed = self._current()
        if listed is not None:
            self.accept()
            self._desk.navigator.open_case(listed.case)

    def _on_answered(self, _: Changes) -> None:
        self._desk.messages.inform(self.tr("Verzoek afgehandeld."))
        self._on_recorded()

    def _on_recorded(self) -> None:
        self.changed.emit()
        self._ask()

    def _on_refused(self, error: UserFacingError) -> None:
        self.ui.problem.setText(sentence(error))
        self.ui.problem.show()
