"""What happened to a case: changes, contact moments with their text, consents, documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.moments import moment_of
from bren_desktop.domain.records import ContactMoment
from bren_desktop.domain.requests import Statement
from bren_desktop.domain.terms import Term
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui import icons
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.tab_timeline import Ui_TimelineTab
from bren_desktop.gui.share_words import delivery_words
from bren_desktop.gui.step_words import terms_line
from bren_desktop.gui.widgets.reach import hand_on
from bren_desktop.oplog.operations import Dot
from bren_desktop.services.deliveries import delivery
from bren_desktop.services.share_door import ShareStatus
from bren_desktop.services.views import TimelineEvent

Loaded = tuple[
    Sequence[TimelineEvent], Sequence[tuple[str, ContactMoment]], Sequence[tuple[str, Statement]], Sequence[Term]
]
_TOLD_WHOLE = frozenset({Kind.CONTACT.value, Kind.STATEMENT.value})
"""What is listed by itself, with all that it says, however long ago."""
_ICONS = {
    Kind.CASE.value: "pencil",
    Kind.CONSENT.value: "check",
    Kind.CONTACT.value: "phone",
    Kind.STATEMENT.value: "person",
    Kind.CONSULT.value: "pool",
    Kind.DOCUMENT.value: "mail",
    Kind.FOLLOW_UP.value: "check",
    Kind.DEPLOYMENT.value: "pool",
    Kind.BRIDGE.value: "clock",
    Kind.ESCALATION.value: "warning",
    Kind.FUTURE_PLAN.value: "cake",
    Kind.TRANSITION.value: "right",
}


class TimelineTab(QWidget):
    """`contact_wanted` asks for a new contact moment."""

    contact_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_TimelineTab()
        self.ui.setupUi(self)
        self._desk = desk
        self._case = ""
        self._loaded: Loaded = ((), (), (), ())
        self._status: ShareStatus | None = None
        self.ui.contact.clicked.connect(self.contact_wanted)
        hand_on(self, lambda: self.ui.events)

    def show_case(self, case: str) -> None:
        """Another case, or the same one after a change."""
        self._case = case

    def share_told(self, status: ShareStatus | None) -> None:
        """How this laptop stands to the share: where each change is."""
        self._status = status
        self._show()

    def enter(self) -> None:
        """The tab is in front: fetch what happened."""
        workspace, case = self._desk.workspace, self._case
        self._desk.tasks.ask(
            lambda: (
                workspace.cases.timeline(workspace.actor, case),
                workspace.dossier.contacts(workspace.actor, case),
                workspace.requests.statements(workspace.actor, case),
                workspace.life.terms(workspace.actor, case),
            ),
            self._on_loaded,
        )

    def _on_loaded(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._show()
        empty = self.tr("Hier komt te staan wat er met deze casus gebeurt.") if not self.ui.events.count() else ""
        self.ui.state.setText(empty or terms_line(loaded[-1]))
        self.ui.state.setVisible(bool(self.ui.state.text()))

    def _show(self) -> None:
        """List what was loaded, with the keyboard on the line where it was."""
        events, contacts, statements, _ = self._loaded
        changes = {event.entity: event.change for event in reversed(events)}
        told = [event for event in events if event.kind not in _TOLD_WHOLE]
        entries = [(event.at_ms, self._event_text(event), event.kind) for event in told]
        entries += [
            (_noon(moment.datum), self._contact_text(moment, changes.get(entity)), Kind.CONTACT.value)
            for entity, moment in contacts
        ]
        entries += [
            (_noon(each.datum), self._statement_text(each, changes.get(entity)), Kind.STATEMENT.value)
            for entity, each in statements
        ]
        row = self.ui.events.currentRow()
        self.ui.events.clear()
        for _, text, kind in sorted(entries, key=lambda entry: -entry[0]):
            QListWidgetItem(icons.icon(_ICONS.get(kind, "history")), text, self.ui.events)
        self.ui.events.setCurrentRow(row)

    def _event_text(self, event: TimelineEvent) -> str:
        when = moment_of(event.at_ms).astimezone().strftime("%d-%m-%Y %H.%M uur")
        return f"{event.text}\n{when} · {event.name}, {event.role}{self._where(event.change)}"

    def _contact_text(self, moment: ContactMoment, change: Dot | None) -> str:
        form = vocabulary("contactvorm").label(moment.vorm) if moment.vorm else self.tr("contact")
        who = self.tr("{vorm} met {wie}").format(vorm=form, wie=moment.met) if moment.met else form
        when = moment.datum.strftime("%d-%m-%Y") if moment.datum else ""
        return f"{moment.tekst}\n{when} · {who}{self._where(change)}"

    def _statement_text(self, statement: Statement, change: Dot | None) -> str:
        when = statement.datum.strftime("%d-%m-%Y") if statement.datum else ""
        who = self.tr("eigen verklaring van {wie}").format(wie=statement.van)
        return f"{statement.tekst}\n{when} · {who}{self._where(change)}"

    def _where(self, change: Dot | None) -> str:
        """Where a change is; nothing in a case that goes nowhere."""
        where = delivery(self._status, change)
        return f" · {delivery_words(where)}" if where else ""


def _noon(day: date | None) -> int:
    """Where a contact moment stands between what has a time."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000) if day else 0
