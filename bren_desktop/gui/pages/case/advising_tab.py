"""Bespreking en advies: what was discussed and advised on a case, and the form of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from bren_desktop.domain.advice import Advice, Discussion, PresentRow
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.fitting import fitting
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui import icons
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.tab_advising import Ui_AdvisingTab
from bren_desktop.gui.pages.case.advising_list import Place, line_of, places_of
from bren_desktop.gui.pages.case.advising_panels import AdvicePanel, DiscussionPanel
from bren_desktop.gui.pages.case.record_panel import Record, RecordPanel, Shown, draft_key
from bren_desktop.gui.suggestions import TableHelp
from bren_desktop.gui.widgets.reach import hand_on
from bren_desktop.services.advising import Deliberation
from bren_desktop.services.views import DraftView
from bren_desktop.services.workspace import Workspace

KINDS = frozenset({Kind.DISCUSSION.value, Kind.ADVICE.value, Kind.BRIDGE.value})
_NOTHING = Deliberation((), (), bridged=False)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the tab shows of a case, with what was typed and not saved, and who is at the table of a new discussion."""

    known: Deliberation
    drafts: Mapping[str, DraftView]
    table: tuple[PresentRow, ...]


def load(workspace: Workspace, case: str) -> Loaded:
    """Fetch it; runs on the store's thread."""
    known = workspace.advising.of(workspace.actor, case)
    keys = [draft_key(case, *place) for place in (*places_of(known), (Kind.DISCUSSION, ""), (Kind.ADVICE, ""))]
    found = {key: workspace.drafts.get(workspace.actor, key) for key in keys}
    drafts = {key: draft for key, draft in found.items() if draft is not None and draft.fields}
    return Loaded(known, drafts, _table(workspace))


def _table(workspace: Workspace) -> tuple[PresentRow, ...]:
    """Who leads every discussion."""
    chair = workspace.access.chair(workspace.actor)
    if chair is None:
        return ()
    return (PresentRow(naam=chair.name, rol=chair.role.value, organisatie=workspace.team.get(workspace.actor).naam),)


class AdvisingTab(QWidget):
    """The list at the left, the chosen record beside it. The forms are made when the tab is first entered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_AdvisingTab()
        self.ui.setupUi(self)
        self._desk = desk
        self._case, self._editable = "", False
        self._known, self._drafts = _NOTHING, dict[str, DraftView]()
        self._table: tuple[PresentRow, ...] = ()
        self._help = TableHelp(desk, self)
        self._begun: Advice | None = None
        self._sought: tuple[Kind, str] | None = None
        self._wanted_field = ""
        self.ui.new_discussion.setIcon(icons.icon("plus"))
        self.ui.records.currentItemChanged.connect(self._on_chosen)
        self.ui.new_discussion.clicked.connect(self._on_new_discussion)
        hand_on(self, lambda: self.ui.records)
        desk.navigator.records_changed.connect(self._on_records_changed)

    @cached_property
    def discussion(self) -> DiscussionPanel:
        """The form of a discussion, made when it is first needed."""
        panel = DiscussionPanel(self._desk, self)
        panel.advice_wanted.connect(self._on_advice_wanted)
        self._add(panel)
        return panel

    @cached_property
    def advice(self) -> AdvicePanel:
        """The form of an advice, made when it is first needed."""
        panel = AdvicePanel(self._desk, self)
        panel.successor_wanted.connect(self._on_successor_wanted)
        panel.field_wanted.connect(self._on_field_wanted)
        self._add(panel)
        return panel

    def show_case(self, case: str, *, editable: bool) -> None:
        """Another case, or the same one after a change."""
        if case != self._case:
            self.keep_draft()
            self._case, self._known, self._drafts, self._begun = case, _NOTHING, {}, None
            self._fill(None)
        self._editable = editable and may(self._desk.workspace.actor, Right.ADVISE)

    def enter(self) -> None:
        """The tab is in front: fetch what was discussed and advised."""
        self._reload(self.place())

    def place(self) -> Place | None:
        """The record that is chosen."""
        item: QListWidgetItem | None = self.ui.records.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def current(self) -> DiscussionPanel | AdvicePanel | None:
        """The form that is shown."""
        shown = self.ui.pages.currentWidget()
        return shown if isinstance(shown, DiscussionPanel | AdvicePanel) else None

    def seek(self, kind: Kind, field: str) -> None:
        """Once the tab is entered, show this field of the newest record of a kind that may change, or of a new one."""
        self._sought = (kind, field)

    def choose(self, place: Place, field: str = "") -> None:
        """Show a record, with the cursor in a field of it."""
        self.keep_draft()
        self._wanted_field = field
        self._reload(place)

    def save(self) -> None:
        """Save what was typed in the form that is shown."""
        if (panel := self.current()) is not None and self._editable:
            panel.save()
        else:
            self._desk.messages.inform(self.tr("Er is niets gewijzigd."))

    def undo(self) -> None:
        """Take back the last change of what is shown."""
        if (panel := self.current()) is not None and self._editable:
            panel.undo()

    def keep_draft(self) -> None:
        """Keep at once what was typed."""
        if (panel := self.current()) is not None:
            panel.keep_draft()

    def _add(self, panel: DiscussionPanel | AdvicePanel) -> None:
        self.ui.pages.addWidget(panel)
        self._help.serve(panel.binding)
        panel.saved.connect(partial(self._on_saved, panel.kind))
        panel.discarded.connect(self._on_discarded)
        panel.news_wanted.connect(self._on_news_wanted)

    def _reload(self, choose: Place | None, *, anew: bool = False) -> None:
        """Fetch the list; with `anew` the form shows what is in the store, whatever stands in it."""
        work = partial(load, self._desk.workspace, self._case)
        self._desk.tasks.ask(work, partial(self._on_loaded, self._case, choose, anew))

    def _on_loaded(self, case: str, choose: Place | None, anew: bool, loaded: Loaded) -> None:
        if case != self._case:
            return
        self._known, self._drafts, self._table = loaded.known, dict(loaded.drafts), loaded.table
        self.ui.new_discussion.setVisible(self._editable)
        choose = self._found() or choose
        self._help.show_earlier(each.record for each in loaded.known.discussions)
        self._fill(choose)
        self._show_chosen(anew=anew)

    def _found(self) -> Place | None:
        """Where the field stands that was sought."""
        if self._sought is None:
            return None
        (kind, field), self._sought = self._sought, None
        places = (place for place in places_of(self._known) if place[0] is kind)
        newest = next((place for place in places if not self._known.fixed(place[1])), None)
        if newest is None and (kind is Kind.ADVICE or not self._editable):
            self._begin_advice()
            return None
        self._wanted_field = field
        return newest or (kind, "")

    def _begin_advice(self) -> None:
        """No advice is being made: begin one after the last discussion."""
        if self._editable and self._known.discussions:
            self._advise(self._known.discussions[0].entity)

    def _fill(self, choose: Place | None) -> None:
        """Show the list, with what is not recorded yet on top, and choose."""
        begun = [(kind, "") for kind in (Kind.DISCUSSION, Kind.ADVICE) if self._is_begun(kind, choose)]
        places = [*begun, *places_of(self._known)]
        with QSignalBlocker(self.ui.records):
            self.ui.records.clear()
            for place in places:
                self.ui.records.addItem(line_of(place, self._known))
            if places:
                self.ui.records.setCurrentRow(places.index(choose if choose in places else self._likely(places)))
        self.ui.records.setVisible(bool(places))
        self.ui.empty_text.setText(self._empty_text())

    def _likely(self, places: Sequence[Place]) -> Place:
        """Where somebody was typing last, or else the newest."""
        saved = {key: draft.saved_ms for key, draft in self._drafts.items()}
        return max(places, key=lambda place: saved.get(draft_key(self._case, *place), 0))

    def _is_begun(self, kind: Kind, choose: Place | None) -> bool:
        """Whether a new record of this kind is being made, here or in a draft."""
        return self._editable and (choose == (kind, "") or draft_key(self._case, kind, "") in self._drafts)

    def _empty_text(self) -> str:
        text = self.tr(
            "Hier komt wat aan tafel over deze casus is besproken, en het advies dat eruit volgt. "
            "Leg eerst de bespreking vast; dat kan ook tijdens het overleg."
        )
        return text if self._editable else self.tr("Over deze casus is nog niets besproken of geadviseerd.")

    def _on_chosen(self) -> None:
        self.keep_draft()
        self._reload(self.place())

    def _show_chosen(self, *, anew: bool) -> None:
        """Show the chosen record, unless it is the one in which somebody is typing."""
        place = self.place()
        if place is None:
            self.ui.pages.setCurrentWidget(self.ui.empty)
            return
        kind, entity = place
        if kind is Kind.DISCUSSION:
            self._show_in(self.discussion, self._shown_discussion(entity), anew=anew)
        else:
            self.advice.known = self._known
            self._show_in(self.advice, self._shown_advice(entity), anew=anew)

    def _show_in(self, panel: RecordPanel[Record], shown: Shown[Record], *, anew: bool) -> None:
        self.ui.pages.setCurrentWidget(panel)
        before = panel.shown
        same = (before.case, before.entity) == (shown.case, shown.entity)
        if same and panel.touched() and not anew:
            if before.seen != shown.seen:
                panel.tell_news()
        elif before == shown and not anew:
            panel.tell_needs(shown.record)
        else:
            panel.show_record(shown, editable=self._editable)
        if self._wanted_field:
            panel.go_to(self._wanted_field)
            self._wanted_field = ""

    def _shown_discussion(self, entity: str) -> Shown[Discussion]:
        draft = self._drafts.get(draft_key(self._case, Kind.DISCUSSION, entity))
        found = next((each for each in self._known.discussions if each.entity == entity), None)
        if found is None:
            begun = Discussion(datum=self._desk.workspace.context.today(), aanwezigen=self._table)
            return Shown(self._case, "", begun, {}, draft)
        return Shown(self._case, entity, found.record, found.seen, draft, self._known.fixed(entity))

    def _shown_advice(self, entity: str) -> Shown[Advice]:
        draft = self._drafts.get(draft_key(self._case, Kind.ADVICE, entity))
        found = next((each for each in self._known.advices if each.entity == entity), None)
        if found is None:
            return Shown(self._case, "", self._begun or _rests_on(draft), {}, draft)
        return Shown(self._case, entity, found.record, found.seen, draft, self._known.fixed(entity))

    def _on_new_discussion(self) -> None:
        self.choose((Kind.DISCUSSION, ""), "gremium")

    def _on_advice_wanted(self) -> None:
        self._advise(self.discussion.shown.entity)

    def _advise(self, discussion: str) -> None:
        """Go on with the advice that is being made after this discussion, or begin one."""
        concepts = (each for each in self._known.advices if each.record.bespreking == discussion)
        concept = next((each.entity for each in concepts if each.record.vrijgegeven_op is None), "")
        workspace = self._desk.workspace
        self._begin(concept, partial(workspace.advising.draft, workspace.actor, discussion))

    def _on_successor_wanted(self) -> None:
        released = self.advice.shown.entity
        concepts = (each.entity for each in self._known.advices if each.record.vervangt == released)
        workspace = self._desk.workspace
        self._begin(next(concepts, ""), partial(workspace.advising.successor, workspace.actor, released))

    def _begin(self, concept: str, work: Callable[[], Advice]) -> None:
        place = (Kind.ADVICE, concept)
        if concept or draft_key(self._case, *place) in self._drafts:
            self.choose(place, "soort")
        else:
            self._desk.tasks.ask(work, self._on_begun)

    def _on_begun(self, advice: Advice) -> None:
        self._begun = advice
        self.choose((Kind.ADVICE, ""), "soort")

    def _on_field_wanted(self, field: str) -> None:
        """A field of the discussion on which the advice rests."""
        self.choose((Kind.DISCUSSION, self.advice.shown.record.bespreking), field)

    def _on_saved(self, kind: Kind, entity: str) -> None:
        self._begun = None
        self._reload((kind, entity), anew=True)

    def _on_discarded(self) -> None:
        self._begun = None
        self._reload(None, anew=True)

    def _on_news_wanted(self) -> None:
        self.keep_draft()
        self._reload(self.place(), anew=True)

    def _on_records_changed(self, touched: frozenset[tuple[str, str]]) -> None:
        if self.isVisible() and not KINDS.isdisjoint(kind for kind, _ in touched):
            self._reload(self.place())


def _rests_on(draft: DraftView | None) -> Advice:
    """The advice that a draft began with: what it rests on; the rest is in the draft."""
    kept = draft.fields if draft else {}
    return fitting(Advice, {name: kept.get(name, "") for name in ("bespreking", "vervangt")})[0]
