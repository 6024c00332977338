"""What happened to a case: changes, contact moments with their text, consents, documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.moments import moment_of
from bren_desktop.domain.records import ContactMoment
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui import icons
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.tab_timeline import Ui_TimelineTab
from bren_desktop.services.views import TimelineEvent

Loaded = tuple[Sequence[TimelineEvent], Sequence[tuple[str, ContactMoment]]]
_ICONS = {
    Kind.CASE.value: "pencil",
    Kind.CONSENT.value: "check",
    Kind.CONTACT.value: "phone",
    Kind.CONSULT.value: "pool",
    Kind.DOCUMENT.value: "mail",
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
        self.ui.contact.clicked.connect(self.contact_wanted)
        self.setFocusProxy(self.ui.events)

    def show_case(self, case: str) -> None:
        """Another case, or the same one after a change."""
        self._case = case

    def enter(self) -> None:
        """The tab is in front: fetch what happened."""
        workspace, case = self._desk.workspace, self._case
        self._desk.tasks.ask(
            lambda: (
                workspace.cases.timeline(workspace.actor, case),
                workspace.dossier.contacts(workspace.actor, case),
            ),
            self._on_loaded,
        )

    def _on_loaded(self, loaded: Loaded) -> None:
        events, contacts = loaded
        entries = [(event.at_ms, self._event_text(event), event.kind) for event in events if event.kind != Kind.CONTACT]
        entries += [(_noon(moment.datum), self._contact_text(moment), Kind.CONTACT.value) for _, moment in contacts]
        self.ui.events.clear()
        for _, text, kind in sorted(entries, key=lambda entry: -entry[0]):
            QListWidgetItem(icons.icon(_ICONS.get(kind, "history")), text, self.ui.events)
        self.ui.state.setVisible(not entries)
        self.ui.state.setText(self.tr("Hier komt te staan wat er met deze casus gebeurt."))

    def _event_text(self, event: TimelineEvent) -> str:
        when = moment_of(event.at_ms).astimezone().strftime("%d-%m-%Y %H.%M uur")
        return f"{event.text}\n{when} · {event.name}, {event.role}"

    def _contact_text(self, moment: ContactMoment) -> str:
        form = vocabulary("contactvorm").label(moment.vorm) if moment.vorm else self.tr("contact")
        who = self.tr("{vorm} met {wie}").format(vorm=form, wie=moment.met) if moment.met else form
        when = moment.datum.strftime("%d-%m-%Y") if moment.datum else ""
        return f"{moment.tekst}\n{when} · {who}"


def _noon(day: date | None) -> int:
    """Where a contact moment stands between what has a time."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000) if day else 0
