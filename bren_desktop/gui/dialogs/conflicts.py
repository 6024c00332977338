"""The conflict screen: per field every version, who and when, what they replaced; choose, combine, or take a proposal.

Nothing is settled before its user confirms. What is typed is kept as a draft, also where a colleague was first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.editors import EditorKit
from bren_desktop.gui.forms.conflicts import Ui_Conflicts
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.navigator import VERSIONS
from bren_desktop.gui.settling import Place, renewed, typed
from bren_desktop.gui.version_words import Prepared, prepare
from bren_desktop.gui.widgets.look import READABLE, fill_window
from bren_desktop.gui.widgets.version_pane import VersionPane
from bren_desktop.services.conflicts import Conflicted, OtherVersionsError, SettledElsewhereError, may_settle
from bren_desktop.services.rows import Changes
from bren_desktop.services.versions import Conflict
from bren_desktop.services.views import DraftView


@dataclass(frozen=True, slots=True)
class _Loaded:
    about: Conflicted
    found: Sequence[Prepared]
    draft: DraftView | None


class ConflictsDialog(QDialog):
    """The versions of one record; `field` is shown first."""

    def __init__(self, desk: Desk, kind: Kind, entity: str, parent: QWidget | None = None, field: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_Conflicts()
        self.ui.setupUi(self)
        fill_window(self, parent, READABLE)
        self._desk, self._kind, self._entity, self._first = desk, kind, entity, field
        self._may_settle = may_settle(desk.workspace.actor, kind)
        self.places: list[Place] = []
        context = desk.workspace.context
        self.pane = VersionPane(self.ui, EditorKit(context.today, listed=context.listed), self)
        self._keeper = DraftKeeper(desk, f"{VERSIONS}:{kind.value}:{entity}", lambda: typed(self.places), self)
        self._connect()
        self._load(self._on_first_look)

    def keep_draft(self) -> None:
        """Keep at once what was typed."""
        self._keeper.keep()

    def done(self, result: int) -> None:
        """Go away; what was typed and not settled stays as a draft."""
        self.keep_draft()
        super().done(result)

    def current(self) -> Place | None:
        """The place that is shown."""
        row = self.ui.places.currentRow()
        return self.places[row] if 0 <= row < len(self.places) else None

    def settle(self) -> None:
        """Make the choice the one version, on all laptops."""
        place = self.current()
        if place is None or place.prepared is None or not self._may_settle:
            return
        if not place.is_chosen:
            self.ui.hint.setText(self.tr("Kies eerst een versie, of gebruik het voorstel."))
            return
        conflict, workspace = place.prepared.conflict, self._desk.workspace
        settle = partial(workspace.conflicts.settle, workspace.actor, conflict.entity, conflict.field, conflict.key)
        work = partial(settle, stamp=conflict.stamp, **place.how())
        self.ui.settle.setEnabled(False)
        self._desk.tasks.do(work, partial(self._on_settled, place, conflict), self._on_refused)

    def _connect(self) -> None:
        ui = self.ui
        for hidden in (ui.news, ui.drop):
            hidden.hide()
        ui.places.currentRowChanged.connect(self._on_row)
        self.pane.chosen.connect(self._on_chosen)
        ui.settle.clicked.connect(self.settle)
        ui.drop.clicked.connect(self._on_drop)
        ui.leave.clicked.connect(self.reject)
        ui.settle.setVisible(self._may_settle)
        self._desk.navigator.records_changed.connect(self._on_records_changed)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.settle)

    def _load(self, done: Callable[[_Loaded], object]) -> None:
        workspace, kind, entity, key = self._desk.workspace, self._kind, self._entity, self._keeper.key

        def load() -> _Loaded:
            about = workspace.conflicts.about(workspace.actor, kind, entity)
            found = [prepare(each) for each in workspace.conflicts.of(workspace.actor, kind, entity)]
            return _Loaded(about, found, workspace.drafts.get(workspace.actor, key))

        self._desk.tasks.ask(load, done, self._on_gone)

    def _on_gone(self, error: UserFacingError) -> None:
        """The record was erased: nothing of it stays on the screen, not what was typed either."""
        self.places = []
        self._list(0)
        self._keeper.drop()
        self.reject()
        self._desk.messages.fail(error)

    def _on_first_look(self, loaded: _Loaded) -> None:
        self.places = renewed((), loaded.found, loaded.draft.fields if loaded.draft else {})
        self.ui.title.setText(self._title(loaded.about))
        first = next((n for n, place in enumerate(self.places) if self._is_first(place)), 0)
        self._list(first)
        if self.pane.cards:
            self.pane.cards[0].ui.take.setFocus()
        if not self.places:
            self._say(self.tr("Er is niets meer te kiezen: overal staat één versie."))

    def _is_first(self, place: Place) -> bool:
        return place.prepared is not None and place.prepared.conflict.field == self._first

    def _title(self, about: Conflicted) -> str:
        kinds = {
            Kind.CASE: self.tr("Casus {title}"),
            Kind.EXPERT: self.tr("Pareltje {title}"),
            Kind.TEAM: self.tr("Briefpapier van het team"),
            Kind.PERSON: self.tr("Adresboek: {title}"),
            Kind.ORGANISATION: self.tr("Adresboek: {title}"),
            Kind.CONCEPT: self.tr("Begrip {title}"),
            Kind.WEIGHING: self.tr("Hoe matching weegt"),
        }
        text = kinds.get(about.kind, self.tr("{kind} bij {title}"))
        return text.format(kind=about.kind.value.capitalize(), title=about.title or about.id)

    def _list(self, row: int) -> None:
        """Show the places anew, at `row`."""
        ui = self.ui
        ui.places.blockSignals(True)
        ui.places.clear()
        ui.places.addItems([self._line(place) for place in self.places])
        ui.places.setCurrentRow(min(row, len(self.places) - 1))
        ui.places.blockSignals(False)
        self._on_row()

    def _line(self, place: Place) -> str:
        if place.prepared is None:
            return self.tr("{label}\nal beslist").format(label=place.label)
        count = len(place.prepared.conflict.versions)
        return self.tr("{label}\n{n} versies").format(label=place.label, n=count)

    def _on_row(self) -> None:
        place = self.current()
        self.pane.show(place, editable=self._may_settle)
        self.ui.drop.setVisible(place is not None and place.prepared is None)
        self.ui.settle.setEnabled(place is not None and place.prepared is not None)
        self.ui.hint.setText("")

    def _on_chosen(self) -> None:
        self.ui.hint.setText("")
        self._keeper.touch()

    def _on_settled(self, place: Place, conflict: Conflict, changes: Changes) -> None:
        row = self.places.index(place)
        self.places.remove(place)
        self._keeper.touch()
        self._keeper.keep()
        self._desk.messages.undoable(self.tr("Vastgelegd: {field}.").format(field=place.label), self._undo(conflict))
        self._desk.navigator.records_changed.emit(changes.touched)
        if not self.places:
            self._keeper.drop()
            self.accept()
            return
        self._list(row)
        self.ui.hint.setText(self.tr("Vastgelegd. Dit is de volgende."))

    def _undo(self, conflict: Conflict) -> Callable[[], None]:
        """Outlives the dialog: the status bar offers it for a while."""
        desk, workspace = self._desk, self._desk.workspace
        said = self.tr("De keuze is teruggedraaid: er staat weer wat er bovenaan stond.")

        def done(changes: Changes) -> None:
            desk.messages.inform(said)
            desk.navigator.records_changed.emit(changes.touched)

        def undo() -> None:
            desk.tasks.do(partial(workspace.conflicts.undo, workspace.actor, conflict.kind, conflict.entity), done)

        return undo

    def _on_refused(self, error: UserFacingError) -> None:
        self.ui.settle.setEnabled(True)
        if isinstance(error, SettledElsewhereError | OtherVersionsError):
            self._load(self._on_looked_again)
        elif isinstance(error, InvalidInputError) and self.pane.field is not None:
            self.pane.say(sentence(error))
        else:
            self._desk.messages.fail(error)

    def _on_records_changed(self, touched: object) -> None:
        if isinstance(touched, frozenset) and not touched.isdisjoint(self._shown()):
            self._load(self._on_looked_again)

    def _shown(self) -> set[tuple[str, str]]:
        conflicts = [place.prepared.conflict for place in self.places if place.prepared is not None]
        return {(self._kind.value, self._entity), *((each.kind.value, each.entity) for each in conflicts)}

    def _on_looked_again(self, loaded: _Loaded) -> None:
        """Something changed: what a colleague settled goes away with a sentence, what was typed stays."""
        before = {place.name: place.prepared for place in self.places}
        here = self.current()
        self.places = renewed(self.places, loaded.found, {})
        now = {place.name: place.prepared for place in self.places}
        gone = [name for name, prepared in before.items() if prepared is not None and now.get(name) is None]
        new = [name for name, prepared in now.items() if prepared is not None and _differs(before.get(name), prepared)]
        if not gone and not new:
            return
        self._say(self._news(settled=bool(gone)))
        row = next((n for n, place in enumerate(self.places) if here is not None and place.name == here.name), 0)
        self._list(row)

    def _news(self, *, settled: bool) -> str:
        if settled:
            return self.tr("Een collega heeft intussen een keuze vastgelegd. Dat veld is klaar, ook op deze laptop.")
        return self.tr("Er is intussen een versie bij gekomen. Bekijk de versies opnieuw.")

    def _say(self, text: str) -> None:
        self.ui.news_text.setText(text)
        self.ui.news.setAccessibleName(text)
        self.ui.news.show()

    def _on_drop(self) -> None:
        place = self.current()
        if place is not None:
            self.places.remove(place)
            self._keeper.touch()
            self._keeper.keep()
            self._list(0)
        if not self.places:
            self._keeper.drop()
            self.accept()


def _differs(before: Prepared | None, now: Prepared) -> bool:
    return before is None or before.conflict.stamp != now.conflict.stamp
