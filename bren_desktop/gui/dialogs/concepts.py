"""The thesaurus of the network: find a concept, add, change and take out, and put back what the program brought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.moments import moment_of
from bren_desktop.domain.vocabulary import folded, labels
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.concept import NEW, ConceptDialog, TakeOutDialog, undoing
from bren_desktop.gui.forms.concepts import Ui_Concepts
from bren_desktop.gui.models.columns import Badge, Column, Tone
from bren_desktop.gui.models.paged import PagedModel, Source
from bren_desktop.gui.widgets.look import fill_window
from bren_desktop.services.concepts import ConceptLine, OpenConcept, State

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
_Read = tuple[Sequence[tuple[ConceptLine, str]], Callable[[str], str]]
"""Every concept with what it is found by, and what an id is called."""


class ConceptsDialog(QDialog):
    """A list with a box to narrow it. `entry` opens at once: the id of a concept, or a new one."""

    def __init__(self, desk: Desk, entry: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_Concepts()
        self.ui.setupUi(self)
        fill_window(self, parent)
        self._desk = desk
        self._all: Sequence[tuple[ConceptLine, str]] = ()
        self._found: Sequence[ConceptLine] = ()
        self._label: Callable[[str], str] = str
        self._entry = self._mark = entry.partition(":")[0]
        self.model: PagedModel[ConceptLine] = PagedModel(self._columns(), desk.tasks, self)
        self.ui.table.show_model(self.model, "begrippen")
        self._connect()
        self.ui.empty.hide()
        self.ui.wanted.setFocus()
        self._load()

    def _connect(self) -> None:
        ui = self.ui
        ui.table.opened.connect(self._on_opened)
        ui.table.marked.connect(self._on_marked)
        self.model.counted.connect(self._on_counted)
        self.model.dataChanged.connect(lambda: self._on_marked(ui.table.current()))
        ui.wanted.textChanged.connect(self._narrow)
        ui.wanted.returnPressed.connect(self._on_edit)
        ui.own_only.toggled.connect(self._narrow)
        ui.new_concept.clicked.connect(self._on_new)
        ui.edit.clicked.connect(self._on_edit)
        ui.take_out.clicked.connect(self._on_take_out)
        ui.put_back.clicked.connect(self._on_put_back)
        ui.leave.clicked.connect(self.reject)
        here = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence("Down"), ui.wanted, context=here).activated.connect(ui.table.setFocus)
        QShortcut(QKeySequence("Delete"), ui.table, context=here).activated.connect(self._on_take_out)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._on_new)

    def _columns(self) -> Sequence[Column[ConceptLine]]:
        return (
            Column("naam", self.tr("Begrip"), lambda row: row.record.naam, width=192, wide=288, sortable=False),
            Column("stand", self.tr("Stand"), _state, badge=_badge, width=120, sortable=False),
            Column("ook", self.tr("Andere woorden"), _others, tip=_others, width=232, wide=480, sortable=False),
            Column("breder", self.tr("Valt onder"), self._broader, width=128, wide=240, sortable=False),
            Column("codes", self.tr("Codes"), _codes, tip=_codes, width=176, wide=288, sortable=False),
            Column("herkomst", self.tr("Herkomst"), _source, tip=_source, width=200, wide=320, sortable=False),
        )

    def _broader(self, row: ConceptLine) -> str:
        return ", ".join(map(self._label, row.record.breder))

    def _load(self) -> None:
        workspace = self._desk.workspace

        def read() -> _Read:
            rows = [(row, _words(row.record)) for row in workspace.concepts.overview(workspace.actor)]
            return rows, workspace.concepts.known(workspace.actor).terms.label

        self._desk.tasks.ask(read, self._on_loaded)

    def _on_loaded(self, found: _Read) -> None:
        self._all, self._label = found
        self._narrow()
        entry, self._entry = self._entry, ""
        if entry == NEW:
            self._on_new()
        elif entry:
            self._on_opened(next((row for row, _ in self._all if row.record.extern_id == entry), None))

    def _narrow(self) -> None:
        asked, own = folded(self.ui.wanted.text()).split(), self.ui.own_only.isChecked()
        rows = [each for each in self._all if each[0].is_own] if own else self._all
        found = self._found = [row for row, words in rows if all(word in words for word in asked)]
        self.model.show(Source(lambda: len(found), lambda page: found[page.offset : page.offset + page.limit]))

    def _on_counted(self, count: int) -> None:
        ui = self.ui
        ui.table.setVisible(bool(count))
        ui.empty.setVisible(not count)
        ui.empty_title.setText(self.tr("Niets gevonden"))
        ui.empty_text.setText(self.tr("Controleer wat u typte, of voeg het toe met Nieuw begrip (Ctrl+N)."))
        place = next((number for number, row in enumerate(self._found) if row.record.extern_id == self._mark), None)
        if place is not None:
            ui.table.setCurrentIndex(self.model.index(place, 0))
            self._mark = ""
        if not count:
            self._on_marked(None)

    def _on_marked(self, row: ConceptLine | None) -> None:
        ui = self.ui
        ui.edit.setEnabled(row is not None)
        ui.take_out.setEnabled(row is not None and row.state is not State.OUT)
        ui.put_back.setEnabled(row is not None and row.is_shipped and row.state is not State.SHIPPED)
        ui.told.setText(self._told(row) if row else "")

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

    def _on_edit(self) -> None:
        self._on_opened(self.ui.table.current())

    def _on_opened(self, row: ConceptLine | None) -> None:
        if row is not None:
            workspace, id = self._desk.workspace, row.record.extern_id
            self._desk.tasks.ask(lambda: workspace.concepts.open(workspace.actor, id), self._edit)

    def _on_new(self) -> None:
        """A word that was not found is most likely the one to add."""
        self._edit(OpenConcept(ConceptRecord(), {}), "" if self._found else self.ui.wanted.text())

    def _edit(self, opened: OpenConcept, name: str = "") -> None:
        dialog = ConceptDialog(self._desk, opened, self)
        dialog.binding.complete({"naam": name})
        self._show(dialog)

    def _on_take_out(self) -> None:
        row: ConceptLine | None = self.ui.table.current()
        if row is not None and self.ui.take_out.isEnabled():
            self._show(TakeOutDialog(self._desk, row.record, self))

    def _on_put_back(self) -> None:
        row: ConceptLine | None = self.ui.table.current()
        if row is not None:
            workspace, id = self._desk.workspace, row.record.extern_id
            text = self.tr("‘{name}’ is weer zoals het programma het heeft.").format(name=row.record.naam)
            work = partial(workspace.concepts.put_back, workspace.actor, id)
            self._desk.tasks.do(work, lambda _: self._on_put_back_done(id, text))

    def _on_put_back_done(self, id: str, text: str) -> None:
        self._desk.messages.undoable(text, undoing(self._desk, id))
        self._on_changed(id)

    def _show(self, dialog: ConceptDialog | TakeOutDialog) -> None:
        dialog.recorded.connect(lambda: self._on_changed(dialog.id))
        dialog.open()

    def _on_changed(self, id: str) -> None:
        """Show what became of it."""
        self._mark = id
        self._load()


def _badge(row: ConceptLine) -> Badge | None:
    return _BADGES.get(row.state)


def _state(row: ConceptLine) -> str:
    return row.state.value


def _others(row: ConceptLine) -> str:
    return ", ".join(row.record.ook)


def _codes(row: ConceptLine) -> str:
    return ", ".join(labels().get(code, code) for code in row.record.codes)


def _source(row: ConceptLine) -> str:
    """Of what the program brought the list in words, and what it stands for there."""
    file, _, about = row.record.herkomst.partition(" ")
    if file not in _SOURCES:
        return row.record.herkomst
    return ": ".join(filter(None, (_SOURCES[file], labels().get(about))))


def _words(record: ConceptRecord) -> str:
    """What a concept is found by."""
    meant = [labels().get(code, "") for code in record.codes]
    lists = (record.ook, record.verborgen, record.hints, record.codes, meant)
    return folded(" ".join((record.naam, record.extern_id, record.herkomst, *chain.from_iterable(lists))))
