"""One record below a case on a tab: its form, what was typed in it and not saved, and what it still needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from bren_desktop.domain.advising import Missing
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.gui.binding import Binding
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.draft_offer import DraftOffer
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.editors import EditorKit
from bren_desktop.gui.field_versions import show_versions
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.gui.widgets.badge import BadgeLabel
from bren_desktop.gui.widgets.reach import enter
from bren_desktop.oplog.registers import Registers
from bren_desktop.services.rows import Changes
from bren_desktop.services.versions import shown_versions
from bren_desktop.services.views import DraftView

NEW = "nieuw"
Record = TypeVar("Record", bound=BaseModel)


class PanelForm(Protocol):
    """What the form of a panel holds besides its fields."""

    title: QLabel
    state: BadgeLabel
    told: QLabel
    needs: QPushButton
    needs_card: QFrame
    needs_title: QLabel
    needs_list: QVBoxLayout
    discard: QPushButton
    draft_bar: QFrame
    draft_text: QLabel
    draft_keep: QPushButton
    draft_drop: QPushButton
    news_bar: QFrame
    news_text: QLabel
    news_look: QPushButton
    scroll: QScrollArea

    def setupUi(self, form: QWidget, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Shown(Generic[Record]):
    """A record on the screen. `entity` is empty for one that is not recorded yet; `fixed`: why it is only shown."""

    case: str
    entity: str
    record: Record
    seen: Registers
    draft: DraftView | None
    fixed: str = ""


def draft_key(case: str, kind: Kind, entity: str) -> str:
    """The key under which a form of this tab keeps what is typed."""
    return f"casus:{case}:{kind.value}:{entity or NEW}"


class RecordPanel(QWidget, Generic[Record]):
    """`saved` carries the entity; `field_wanted` a field of another record that holds what is missing."""

    saved = Signal(str)
    discarded = Signal()
    field_wanted = Signal(str)
    news_wanted = Signal()

    def __init__(self, desk: Desk, kind: Kind, start: Record, form: PanelForm, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.kind, self.form = desk, kind, form
        form.setupUi(self)
        self._shown = Shown("", "", start, {}, None)
        self._found: tuple[Missing, ...] = ()
        self._links: list[QPushButton] = []
        self._sent: Mapping[str, object] = {}
        self.binding: Binding[Record] = Binding(type(start), self, EditorKit(desk.workspace.context.today))
        self.binding.show(start)
        self._keeper = DraftKeeper(desk, "", self._to_keep, self)
        self.offer = DraftOffer(form, self.binding, self._keeper, self)
        self.binding.left.connect(self._on_left)
        self.binding.versions_wanted.connect(self._on_versions)
        form.news_text.setText(self.tr("Een collega heeft dit intussen gewijzigd. Wat u typte staat er nog."))
        form.news_look.clicked.connect(self.news_wanted)
        form.needs.clicked.connect(self._on_needs)
        form.discard.clicked.connect(self._on_discard)

    @property
    def shown(self) -> Shown[Record]:
        """What is on the screen."""
        return self._shown

    def show_record(self, shown: Shown[Record], *, editable: bool) -> None:
        """Show a record; what was typed in it before is offered, and for a new one stands there again."""
        typed_since = {key: value for key, value in self.binding.raw().items() if value != self._sent.get(key, value)}
        self._sent = {}
        if shown.entity != self._shown.entity:
            self.form.scroll.verticalScrollBar().setValue(0)
        if typed_since:
            self._keeper.drop()
        self._keeper.begin(draft_key(shown.case, self.kind, shown.entity))
        self._shown = shown
        self.binding.show(shown.record)
        show_versions(type(shown.record), self.binding, shown_versions(shown.seen))
        changeable = editable and not shown.fixed
        self.binding.set_read_only(not changeable)
        self.form.news_bar.hide()
        self.form.needs_card.hide()
        self.form.discard.setVisible(changeable and not shown.entity)
        self.offer.show(shown.draft if changeable else None)
        if not shown.entity:
            self.offer.take()
        if typed_since:
            self.binding.lay_over(typed_since)
            self.offer.take()
            self._keeper.touch()
        unsaved = Badge(self.tr("nog niet opgeslagen"), Tone.WARN, icon="pencil")
        self.form.state.show_badge(self.standing() if shown.entity else unsaved)
        self.describe(editable=editable)
        self.tell_needs(shown.record)

    def describe(self, *, editable: bool) -> None:
        """Say above the form what it is and how it stands, and offer what may be done."""
        raise NotImplementedError

    def missing(self, record: Record) -> tuple[Missing, ...]:
        """What the record still needs."""
        raise NotImplementedError

    def standing(self) -> Badge:
        """How the recorded one stands, in a word."""
        raise NotImplementedError

    def adding(self, record: Record) -> Callable[[], str]:
        """The work that records a new one and gives its entity; runs on the store's thread."""
        raise NotImplementedError

    def amending(self, record: Record, fields: frozenset[str]) -> Callable[[], object]:
        """The work that changes these fields of the one that is shown; runs on the store's thread."""
        raise NotImplementedError

    def touched(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.binding.touched())

    def tell_news(self) -> None:
        """Say that a colleague changed it while somebody types."""
        self.form.news_bar.show()

    def tell_needs(self, record: Record) -> None:
        """Say how much is still needed, and show it where the list of it is open."""
        self._found = () if self._shown.fixed else self.missing(record)
        count = len(self._found)
        words = self.tr("Nog 1 punt nodig") if count == 1 else self.tr("Nog {n} punten nodig").format(n=count)
        self.form.needs.setText(words)
        self.form.needs.setVisible(bool(count))
        self.form.needs_card.setVisible(bool(count) and self.form.needs_card.isVisibleTo(self))
        for missing, link in zip_longest(self._found, self._links):
            self._tell(missing, link or self._add_link())

    def keep_draft(self) -> None:
        """Keep at once what was typed."""
        self._keeper.keep()

    def save(self) -> None:
        """Record what was typed, or say beside the field why not."""
        record, fields = self.binding.parse(), self.binding.changed_fields()
        if record is None:
            self._show_problem()
        elif not fields and self._shown.entity:
            self.desk.messages.inform(self.tr("Er is niets gewijzigd."))
        else:
            self._keeper.keep()
            self._sent = self.binding.raw()
            self._write(record, fields)

    def _write(self, record: Record, fields: frozenset[str]) -> None:
        entity = self._shown.entity
        if entity:
            work = self.amending(record, fields)
            self.desk.tasks.do(work, lambda _: self._on_saved(entity), self.on_refused)
        else:
            self.desk.tasks.do(self.adding(record), self._on_saved, self.on_refused)

    def undo(self) -> None:
        """Take back the last change that this user saved."""
        if self.touched():
            self.desk.messages.inform(self.tr("Sla eerst op wat u typte, of haal het weg."))
        elif self._shown.entity:
            workspace, entity = self.desk.workspace, self._shown.entity
            self.desk.tasks.do(partial(workspace.advising.undo, workspace.actor, entity), self._on_undone)

    def go_to(self, field: str) -> None:
        """Put the cursor in a field."""
        if (wanted := self.binding.fields.get(field)) is not None:
            enter(wanted)

    def open_needs(self) -> None:
        """Show what is still needed, each a way to its field."""
        self.form.needs_card.show()
        self.form.scroll.verticalScrollBar().setValue(0)
        if self._found:
            self._links[0].setFocus()

    def on_refused(self, error: UserFacingError) -> None:
        """Say at its field why the record could not be saved."""
        self._sent = {}
        if isinstance(error, InvalidInputError) and error.field in self.binding.fields:
            self.go_to(error.field)
            self.binding.fields[error.field].say(sentence(error))
        else:
            self.desk.messages.fail(error)

    def _to_keep(self) -> Mapping[str, object]:
        """What was typed; of a new record all that stands there, and what it rests on."""
        if self._shown.entity:
            return self.binding.touched()
        on = self._shown.record.model_dump(include={"bespreking", "vervangt"})
        return {**on, **self.binding.raw()} if self.touched() else {}

    def _tell(self, missing: Missing | None, link: QPushButton) -> None:
        """Say on a link what is needed. The links stay the same: one of them may be about to get the keyboard."""
        link.setText(missing.sentence.replace("&", "&&") if missing else "")
        link.setVisible(missing is not None)

    def _add_link(self) -> QPushButton:
        link = QPushButton(self.form.needs_card)
        link.setProperty("role", "link")
        link.clicked.connect(partial(self._on_link, len(self._links)))
        self.form.needs_list.addWidget(link)
        self._links.append(link)
        return link

    def _on_link(self, number: int) -> None:
        field = self._found[number].field
        if field in self.binding.fields:
            self.go_to(field)
        else:
            self.field_wanted.emit(field)

    def _on_needs(self) -> None:
        if self.form.needs_card.isVisible():
            self.form.needs_card.hide()
        else:
            self.open_needs()

    def _on_left(self) -> None:
        self._keeper.keep()
        record = self.binding.parse() if self.touched() else self._shown.record
        if record is not None:
            self.tell_needs(record)

    def _show_problem(self) -> None:
        field = self.binding.first_problem()
        if field is not None:
            enter(field)

    def _on_versions(self, field: str) -> None:
        self.keep_draft()
        self.desk.navigator.open_conflicts(self.kind, self._shown.entity, field)

    def _on_discard(self) -> None:
        question = self.tr("Wilt u weggooien wat u hier typte?")
        if not self.touched() or self.desk.messages.confirm(question, self.tr("Weggooien")):
            self._keeper.drop()
            self.discarded.emit()

    def _on_saved(self, entity: str) -> None:
        self._keeper.drop()
        self.desk.messages.undoable(self.tr("Opgeslagen."), self.undo)
        self.saved.emit(entity)

    def _on_undone(self, _: Changes) -> None:
        self.desk.messages.inform(self.tr("De laatste wijziging is teruggedraaid."))
        self.saved.emit(self._shown.entity)
