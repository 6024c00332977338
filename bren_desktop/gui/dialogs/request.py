"""The forms of a request: what is asked, decided, extended or corrected, and a statement of a family's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.dutch import long_date
from bren_desktop.domain.requests import (
    REFUSED,
    WITHDRAWN,
    Request,
    Sort,
    Statement,
    last_day_to_extend,
)
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.request import Ui_RequestForm
from bren_desktop.gui.forms.request_answer import Ui_RequestAnswer
from bren_desktop.gui.forms.request_decision import Ui_RequestDecision
from bren_desktop.gui.forms.request_extension import Ui_RequestExtension
from bren_desktop.gui.forms.statement import Ui_StatementForm
from bren_desktop.gui.request_words import asked_line
from bren_desktop.services.requests import Listed


class RequestDialog(RecordDialog[Request]):
    """A request about one case as it came in; with `listed`, one that is there already."""

    def __init__(
        self, desk: Desk, case: str, about: str, listed: Listed | None = None, parent: QWidget | None = None
    ) -> None:
        self._entity = listed.entity if listed else ""
        super().__init__(desk, f"casus:{case}:verzoek:{self._entity}", parent)
        self._case = case
        self.ui = Ui_RequestForm()
        self.ui.setupUi(self)
        self.ui.about.setText(about)
        start = listed.request if listed else Request(ontvangen_op=desk.workspace.context.today())
        self.bind(Request, start, self.ui.save, self.ui.cancel)
        self.ui.field_soort.setFocus()

    def write(self, record: Request) -> Callable[[], object]:
        workspace, case, entity = self.desk.workspace, self._case, self._entity
        if not entity:
            return lambda: workspace.requests.add(workspace.actor, case, record)
        fields = self.binding.changed_fields()
        return lambda: workspace.requests.amend(workspace.actor, entity, record, fields)

    def done_text(self) -> str:
        return self.tr("Verzoek vastgelegd. De termijn loopt.")


class DecisionDialog(RecordDialog[Request]):
    """What is decided on a request."""

    def __init__(self, desk: Desk, listed: Listed, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{listed.case}:verzoek:{listed.entity}:besluit", parent)
        self._listed = listed
        self.ui = Ui_RequestDecision()
        self.ui.setupUi(self)
        asked = listed.request
        standing = self.tr("Een afwijzing is meteen het antwoord. Wat u toewijst, blijft staan tot het is gedaan.")
        if asked.is_granted:
            standing = self.tr("Dit verzoek is toegewezen. Alleen wie het vroeg, kan er nog van afzien.")
            asked = asked.model_copy(update={"besluit": WITHDRAWN, "besluit_reden": ""})
        self.ui.about.setText(f"{listed.title} · {asked_line(asked)}. {standing}")
        self.ui.field_uitzondering.hide()
        self.bind(Request, asked, self.ui.save, self.ui.cancel)
        self.ui.field_besluit.setFocus()

    def write(self, record: Request) -> Callable[[], object]:
        workspace, entity = self.desk.workspace, self._listed.entity
        return lambda: workspace.requests.decide(workspace.actor, entity, record)

    def shown(self, record: Request | None) -> None:
        if record is not None:
            is_exception = self._listed.request.soort == Sort.DESTROY and record.besluit == REFUSED
            self.ui.field_uitzondering.setVisible(is_exception)

    def done_text(self) -> str:
        return self.tr("Besluit vastgelegd.")


class ExtensionDialog(RecordDialog[Request]):
    """Taking two months longer: when, how and with what reason that was told to who asked."""

    def __init__(self, desk: Desk, listed: Listed, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{listed.case}:verzoek:{listed.entity}:verlenging", parent)
        self._entity = listed.entity
        self.ui = Ui_RequestExtension()
        self.ui.setupUi(self)
        asked, today = listed.request, desk.workspace.context.today()
        received = asked.ontvangen_op or today
        in_time = today <= last_day_to_extend(received)
        told = self._told(received, in_time=in_time)
        if not in_time:
            self.ui.title.setText(self.tr("Een verlenging vastleggen"))
            self.ui.save.setText(self.tr("Vastleggen"))
            self.ui.save.setToolTip(self.tr("Vastleggen (Ctrl+Enter)"))
        self.ui.about.setText(f"{listed.title} · {asked_line(asked)}. {told}")
        start = asked.model_copy(update={"verlengd_op": today if in_time else None})
        self.bind(Request, start, self.ui.save, self.ui.cancel)
        self.ui.field_verlengd_vorm.setFocus()

    def _told(self, received: date, *, in_time: bool) -> str:
        may = self.tr(
            "Is het ingewikkeld of wordt er veel tegelijk gevraagd, dan mag het twee maanden langer duren: tot en met "
            "{new}. Dat kan één keer. Vertel het uiterlijk op {last} aan wie het vroeg, met de reden."
        )
        might = self.tr(
            "Verlengen kan niet meer. Is uiterlijk op {last} al verteld dat het langer duurt, met de reden, leg dat "
            "dan hier vast: het mag dan duren tot en met {new}."
        )
        new, last = long_date(plus_months(received, 3)), long_date(last_day_to_extend(received))
        return (may if in_time else might).format(new=new, last=last)

    def write(self, record: Request) -> Callable[[], object]:
        workspace, entity = self.desk.workspace, self._entity
        return lambda: workspace.requests.extend(workspace.actor, entity, record)

    def done_text(self) -> str:
        return self.tr("De termijn is verlengd.")


class AnswerDialog(RecordDialog[Request]):
    """Putting away a correction: what was changed in the case."""

    def __init__(self, desk: Desk, listed: Listed, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{listed.case}:verzoek:{listed.entity}:antwoord", parent)
        self._listed = listed
        self.ui = Ui_RequestAnswer()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr("Wijzig eerst de velden in de casus. Schrijf hier op wat u hebt gewijzigd, voor wie het vroeg.")
        )
        self.bind(Request, listed.request, self.ui.save, self.ui.cancel)
        self.ui.field_gewijzigd.setFocus()
        workspace = desk.workspace
        desk.tasks.ask(lambda: workspace.requests.corrected(workspace.actor, listed.entity), self._show_corrected)

    def write(self, record: Request) -> Callable[[], object]:
        workspace, entity = self.desk.workspace, self._listed.entity
        return lambda: workspace.requests.handle(workspace.actor, entity, record.gewijzigd)

    def done_text(self) -> str:
        return self.tr("Verzoek afgehandeld.")

    def _show_corrected(self, fields: str) -> None:
        if fields:
            text = self.tr("Sinds het besluit gewijzigd: {fields}.").format(fields=fields)
            self.ui.about.setText(f"{self.ui.about.text()} {text}")


class StatementDialog(RecordDialog[Statement]):
    """Something that somebody of the family wants in the file in their own words."""

    def __init__(self, desk: Desk, case: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{case}:verklaring", parent)
        self._case = case
        self.ui = Ui_StatementForm()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr("Schrijf het op zoals zij het zeggen. De verklaring hoort bij het dossier en blijft zoals zij is.")
        )
        start = Statement(datum=desk.workspace.context.today())
        self.bind(Statement, start, self.ui.save, self.ui.cancel)
        self.ui.field_van.setFocus()

    def write(self, record: Statement) -> Callable[[], object]:
        workspace, case = self.desk.workspace, self._case
        return lambda: workspace.requests.state(workspace.actor, case, record)

    def done_text(self) -> str:
        return self.tr("Verklaring toegevoegd.")
