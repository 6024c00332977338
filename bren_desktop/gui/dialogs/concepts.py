"""The thesaurus of the network: find a concept, add, change and take out, and put back what the program brought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.moments import moment_of
from bren_desktop.domain.vocabulary import labels
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.concept import NEW, ConceptDialog, TakeOutDialog, undoing
from bren_desktop.gui.dialogs.list_dialog import ListDialog
from bren_desktop.gui.forms.concepts import Ui_Concepts
from bren_desktop.gui.models.columns import Badge, Column, Tone
from bren_desktop.gui.widgets.look import fill_window
from bren_desktop.services.concepts import ConceptLine, OpenConcept, State, matching

_BADGES = {
    State.CHANGED: Badge(State.CHANGED.value, Tone.INFO, icon="pencil"),
    State.ADDED: Badge(State.ADDED.value, Tone.GOOD, icon="plus"),
    State.OUT: Badge(State.OUT.value, Tone.WARN, icon="cross"),
}
_SOURCES = {
    "vocabularies.json": "keuzelijsten",
    "koppelingen.json": "verbanden",
    "requirements": "werkwijze van het expertteam",
}
"""What people call the files that the program took its concepts from."""


class ConceptsDialog(ListDialog[ConceptLine]):
    """`entry` opens at once: the id of a concept, or a new one."""

    def __init__(self, desk: Desk, entry: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, entry.partition(":")[0], parent)
        ui = self.ui = Ui_Concepts()
        ui.setupUi(self)
        fill_window(self, parent)
        ui.own_only.toggled.connect(self.narrow)
        ui.new_concept.clicked.connect(self._on_new)
        ui.take_out.clicked.connect(self._on_take_out)
        ui.put_back.clicked.connect(self._on_put_back)
        delete = QShortcut(QKeySequence("Delete"), ui.table, context=Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_take_out)
        self.bind(ui, "begrippen", self._columns(), {NEW: self._on_new})

    def read(self) -> Callable[[], Sequence[ConceptLine]]:
        workspace = self.desk.workspace
        return partial(workspace.concepts.overview, workspace.actor)

    def matching(self, text: str) -> Sequence[ConceptLine]:
        own = self.ui.own_only.isChecked()
        return matching((row for row in self.all if row.is_own or not own), text)

    def id_of(self, row: ConceptLine) -> str:
        return row.record.extern_id

    def open_row(self, row: ConceptLine) -> None:
        workspace, id = self.desk.workspace, row.record.extern_id
        self.desk.tasks.ask(lambda: workspace.concepts.open(workspace.actor, id), self._edit)

    def marked(self, row: ConceptLine | None) -> None:
        ui = self.ui
        ui.take_out.setEnabled(row is not None and row.state is not State.OUT)
        ui.put_back.setEnabled(row is not None and row.is_shipped and row.state is not State.SHIPPED)
        ui.told.setText(self._told(row) if row else "")

    def nothing(self) -> tuple[str, str]:
        text = self.tr("Controleer wat u typte, of voeg het toe met Nieuw begrip (Ctrl+N).")
        return self.tr("Niets gevonden"), text

    def _columns(self) -> Sequence[Column[ConceptLine]]:
        return (
            Column("naam", self.tr("Begrip"), lambda row: row.record.naam, width=192, wide=288, sortable=False),
            Column("stand", self.tr("Stand"), _state, badge=_badge, width=120, sortable=False),
            Column("ook", self.tr("Andere woorden"), _others, tip=_others, width=232, wide=480, sortable=False),
            Column("breder", self.tr("Valt onder"), _broader, width=128, wide=240, sortable=False),
            Column("codes", self.tr("Codes"), _codes, tip=_codes, width=176, wide=288, sortable=False),
            Column("herkomst", self.tr("Herkomst"), _source, tip=_source, width=200, wide=320, sortable=False),
        )

    def _told(self, row: ConceptLine) -> str:
        if row.problems:
            return self.tr("Geldt niet helemaal: {why}").format(why=" ".join(row.problems))
        hints = self.tr("Aanwijzingen: {hints}.").format(hints=", ".join(row.record.hints)) if row.record.hints else ""
        return " ".join(filter(None, (row.record.toelichting, hints, self._changed(row))))

    def _changed(self, row: ConceptLine) -> str:
        if not row.when_ms:
            return ""
        day = short_date(moment_of(row.when_ms).astimezone().date())
        return self.tr("Gewijzigd op {dag} door {wie}.").format(dag=day, wie=row.who)

    def _on_new(self) -> None:
        """A word that was not found is most likely the one to add."""
        self._edit(OpenConcept(ConceptRecord(), {}), "" if self.found else self.ui.wanted.text())

    def _edit(self, opened: OpenConcept, name: str = "") -> None:
        dialog = ConceptDialog(self.desk, opened, self)
        dialog.binding.complete({"naam": name})
        self._show(dialog)

    def _on_take_out(self) -> None:
        row = self.current()
        if row is not None and self.ui.take_out.isEnabled():
            self._show(TakeOutDialog(self.desk, row.record, self))

    def _on_put_back(self) -> None:
        row = self.current()
        if row is not None:
            workspace, id = self.desk.workspace, row.record.extern_id
            text = self.tr("‘{name}’ is weer zoals het programma het heeft.").format(name=row.record.naam)
            work = partial(workspace.concepts.put_back, workspace.actor, id)
            self.desk.tasks.do(work, lambda _: self._on_put_back_done(id, text))

    def _on_put_back_done(self, id: str, text: str) -> None:
        self.desk.messages.undoable(text, undoing(self.desk, id))
        self.load(mark=id)

    def _show(self, dialog: ConceptDialog | TakeOutDialog) -> None:
        dialog.recorded.connect(lambda: self.load(mark=dialog.id))
        dialog.open()


def _badge(row: ConceptLine) -> Badge | None:
    return _BADGES.get(row.state)


def _state(row: ConceptLine) -> str:
    return row.state.value


def _others(row: ConceptLine) -> str:
    return ", ".join(row.record.ook)


def _broader(row: ConceptLine) -> str:
    return ", ".join(row.broader)


def _codes(row: ConceptLine) -> str:
    return ", ".join(labels().get(code, code) for code in row.record.codes)


def _source(row: ConceptLine) -> str:
    """Of what the program brought the list in words, and what it stands for there."""
    file, _, about = row.record.herkomst.partition(" ")
    if file not in _SOURCES:
        return row.record.herkomst
    return ": ".join(filter(None, (_SOURCES[file], labels().get(about))))
