"""The intake: four screens in the order of the conversation, by keyboard alone. Whatever is typed is kept."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.cases import Case, missing_for_intake
from bren_desktop.domain.fields import notes
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.binding import Binding
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.editors import EditorKit
from bren_desktop.gui.forms.intake import Ui_Intake
from bren_desktop.gui.suggested import TagHelp
from bren_desktop.gui.suggestions import AddressHelp
from bren_desktop.gui.widgets.field import Field
from bren_desktop.gui.widgets.reach import enter
from bren_desktop.services.views import DraftView, OpenCase

FORM = "intake"


class Intake(QWidget):
    """One new case at a time. `recorded` carries its entity; `closed` tells that the user goes back to the list."""

    recorded = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_Intake()
        self.ui.setupUi(self)
        self._desk = desk
        workspace = desk.workspace
        context = workspace.context
        self.binding: Binding[Case] = Binding(Case, self, EditorKit(context.today, listed=context.listed))
        AddressHelp(desk, self.binding, self)
        self.tag_help = TagHelp(desk, self.binding, self)
        self.binding.edited.connect(self._on_edited)
        self.binding.left.connect(self._on_left)
        self._keeper = self._keeper_of(_new_key())
        self._offered: DraftView | None = None
        self.steps = (self.ui.step_1, self.ui.step_2, self.ui.step_3, self.ui.step_4)
        self._connect()

    def start(self, draft: str) -> None:
        """Begin a new case, or go on with the draft of that key."""
        self._keeper.begin(draft or _new_key())
        self._begin({})
        workspace = self._desk.workspace
        if draft:
            self._desk.tasks.ask(lambda: workspace.drafts.get(workspace.actor, draft), self._on_draft)
        else:
            self._desk.tasks.ask(lambda: workspace.drafts.all(workspace.actor), self._on_drafts)

    def keep_draft(self) -> None:
        """Keep at once what was typed."""
        self._keeper.keep()

    def place(self) -> str:
        """The draft and the screen, to come back to."""
        return f"{self._keeper.key} {self.ui.screens.currentIndex()}"

    def show_screen(self, number: int) -> None:
        """Go to one of the four screens."""
        number = max(0, min(number, len(self.steps) - 1))
        self._keeper.keep()
        self.ui.screens.setCurrentIndex(number)
        self.steps[number].setChecked(True)
        self.ui.previous.setEnabled(number > 0)
        self.ui.next.setEnabled(number < len(self.steps) - 1)
        fields = self._fields_on(number)
        self._lead_on(fields[-1])
        fields[0].setFocus(Qt.FocusReason.TabFocusReason)

    def save(self) -> None:
        """Record the case as it stands; what aanmelding still needs does not stand in the way."""
        case = self.binding.parse()
        if case is None:
            self._show_problem()
            return
        workspace = self._desk.workspace
        dated = _age_dated(case, workspace.context.today())
        self._keeper.keep()
        self.ui.save.setEnabled(False)
        self._desk.tasks.do(lambda: workspace.cases.record(workspace.actor, dated), self._on_recorded, self._on_refused)

    def _connect(self) -> None:
        ui = self.ui
        ui.lookalikes.start(self._desk)
        ui.lookalikes.chosen.connect(self._desk.navigator.open_case)
        for number, step in enumerate(self.steps):
            step.setAutoExclusive(True)
            step.clicked.connect(lambda _=False, number=number: self.show_screen(number))
        ui.next.clicked.connect(self._on_next)
        ui.previous.clicked.connect(self._on_previous)
        ui.save.clicked.connect(self.save)
        ui.cancel.clicked.connect(self._on_cancel)
        ui.draft_keep.clicked.connect(self._on_draft_kept)
        ui.draft_drop.clicked.connect(self._on_draft_dropped)
        for keys, slot in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Ctrl+S", self.save),
            ("Ctrl+PgDown", self._on_next),
            ("Ctrl+PgUp", self._on_previous),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        leave = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._on_cancel)

    def _lead_on(self, last: Field) -> None:
        """Behind the last field of a screen come the buttons."""
        ui = self.ui
        for before, after in pairwise((last.last_stop(), ui.next, ui.save, ui.previous, ui.cancel)):
            QWidget.setTabOrder(before, after)

    def _begin(self, fields: dict[str, object]) -> None:
        actor = self._desk.workspace.actor
        self.tag_help.begin("")
        self.ui.draft_bar.hide()
        self.ui.save.setEnabled(True)
        self.binding.show(Case(datum_aanmelding=self._desk.workspace.context.today(), regio=actor.region))
        self.binding.lay_over(fields)
        self._say_missing()
        self._look_for_lookalikes()
        self.show_screen(0)

    def _keeper_of(self, key: str) -> DraftKeeper:
        return DraftKeeper(self._desk, key, self.binding.touched, self)

    def _on_drafts(self, drafts: Sequence[DraftView]) -> None:
        """Offer the intake that was broken off last, unless the user is typing already."""
        found = next((draft for draft in drafts if draft.key.startswith(f"{FORM}:") and draft.fields), None)
        if found is None or self.binding.touched():
            return
        self._offered = found
        self.ui.draft_text.setText(self.tr("U was bezig met een nieuwe casus. Wilt u verder met wat u typte?"))
        self.ui.draft_bar.show()

    def _on_draft(self, draft: DraftView | None) -> None:
        if draft is not None:
            self.binding.lay_over(draft.fields)
            self._say_missing()
            self._look_for_lookalikes()

    def _on_draft_kept(self) -> None:
        if self._offered is not None:
            self._keeper.begin(self._offered.key)
            self._begin(dict(self._offered.fields))
            self._offered = None

    def _on_draft_dropped(self) -> None:
        if self._offered is not None:
            self._keeper_of(self._offered.key).drop()
            self._offered = None
        self.ui.draft_bar.hide()

    def _on_edited(self) -> None:
        self._keeper.touch()
        self.ui.draft_bar.hide()
        self._say_missing()
        self._look_for_lookalikes()

    def _on_left(self) -> None:
        self._keeper.keep()
        self.binding.parse()

    def _on_next(self) -> None:
        self.show_screen(self.ui.screens.currentIndex() + 1)

    def _on_previous(self) -> None:
        self.show_screen(self.ui.screens.currentIndex() - 1)

    def _on_cancel(self) -> None:
        self._keeper.keep()
        if self.binding.touched():
            self._desk.messages.inform(self.tr("Wat u typte, is bewaard. Met Ctrl+N gaat u ermee verder."))
        self.closed.emit()

    def _on_recorded(self, opened: OpenCase) -> None:
        self._keeper.drop()
        name = opened.case.nummer or self.tr("als concept")
        self._desk.messages.inform(self.tr("Casus vastgelegd: {nummer}.").format(nummer=name))
        self.recorded.emit(opened.entity)

    def _on_refused(self, error: UserFacingError) -> None:
        self.ui.save.setEnabled(True)
        self._desk.messages.fail(error)

    def _show_problem(self) -> None:
        field = self.binding.first_problem()
        if field is None:
            return
        for number in range(len(self.steps)):
            if field in self._fields_on(number):
                self.show_screen(number)
        enter(field)

    def _say_missing(self) -> None:
        """Name what aanmelding still needs, beside the fields and in one line below."""
        touched = self.binding.raw()
        missing = missing_for_intake(_rough(touched))
        self.binding.wish(missing, self.tr("Nog nodig voor de aanmelding"))
        names = ", ".join(notes(Case)[key].label for key in missing)
        self.ui.missing.setText(
            self.tr("Nog nodig voor de aanmelding: {velden}. Opslaan als concept kan altijd.").format(velden=names)
            if missing
            else self.tr("Alles wat de aanmelding vraagt is ingevuld.")
        )

    def _look_for_lookalikes(self) -> None:
        raw = self.binding.raw()
        first, surname, born = (str(raw[key]) for key in ("roepnaam", "achternaam", "geboortedatum"))
        self.ui.lookalikes.look_for(first, surname, born)

    def _fields_on(self, number: int) -> Sequence[Field]:
        screen = self.ui.screens.widget(number)
        return screen.findChildren(Field) if screen is not None else ()


def _age_dated(case: Case, today: date) -> Case:
    """A stated age goes with the day on which it was stated."""
    stated = case.leeftijd is not None and case.geboortedatum is None and case.leeftijd_op is None
    return case.model_copy(update={"leeftijd_op": today}) if stated else case


def _rough(raw: dict[str, object]) -> Case:
    """A case of which only matters which fields hold something."""
    filled = {key: value for key, value in raw.items() if value}
    return Case.model_construct(**{**Case().model_dump(), **filled})


def _new_key() -> str:
    return f"{FORM}:{uuid.uuid4().hex}"
