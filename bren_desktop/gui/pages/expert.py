"""One pareltje: its profile as a form, saving what was touched, and consults in two clicks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.records import Consult
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.gui import icons
from bren_desktop.gui.binding import Binding
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.consult import ConsultDialog
from bren_desktop.gui.draft_offer import DraftOffer
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.editors import EditorKit
from bren_desktop.gui.forms.expert import Ui_ExpertProfile
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.versions_bar import VersionsBar
from bren_desktop.gui.widgets.last_change import LastChange
from bren_desktop.gui.widgets.reach import enter
from bren_desktop.gui.widgets.tones import badge_for
from bren_desktop.oplog.operations import Dot
from bren_desktop.oplog.registers import Registers
from bren_desktop.services.rows import Changes
from bren_desktop.services.share_door import ShareStatus
from bren_desktop.services.views import DraftView, OpenExpert

NEW = "nieuw"
"""The entity of a pareltje that is not recorded yet."""
_AGREEMENT = ("ja", "nee", "in aanvraag")
_LANGUAGES = ("Nederlands", "Engels", "Arabisch", "Turks", "Pools", "Berbers", "Tigrinya", "Oekraïens", "Papiaments")


@dataclass(frozen=True, slots=True)
class _Loaded:
    opened: OpenExpert | None
    consults: tuple[tuple[str, Consult], ...]
    draft: DraftView | None
    last: Dot | None = None


class ExpertPage(QWidget):
    """Shows one pareltje after another. `changed` tells that the list is out of date."""

    closed = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ExpertProfile()
        self.ui.setupUi(self)
        self._desk = desk
        self.entity = NEW
        self._ticket = Ticket()
        self._arriving = True
        self._seen: Registers | None = None
        kit = EditorKit(desk.workspace.context.today, {"talen": _LANGUAGES, "raamovereenkomst": _AGREEMENT})
        self.binding: Binding[Expert] = Binding(Expert, self, kit)
        ui = self.ui
        self._keeper = DraftKeeper(desk, "", self.binding.touched, self)
        self.offer = DraftOffer(ui, self.binding, self._keeper, self)
        self.last_change = LastChange(ui.saved, self)
        self.versions = VersionsBar(ui, Expert, self.binding, self)
        self._is_read_only = False
        self._connect()

    @property
    def _may_edit(self) -> bool:
        return may(self._desk.workspace.actor, Right.EDIT_POOL) and not self._is_read_only

    def open(self, entity: str) -> None:
        """Show a pareltje, or an empty profile for NEW."""
        self._arriving = True
        self._load(entity)

    def _load(self, entity: str) -> None:
        self._ticket.cancel()
        self.entity = entity
        workspace, key = self._desk.workspace, f"pareltje:{entity}"
        self._keeper.begin(key)

        def load() -> _Loaded:
            draft = workspace.drafts.get(workspace.actor, key)
            if entity == NEW:
                return _Loaded(None, (), draft)
            opened = workspace.pool.open(workspace.actor, entity)
            consults = tuple(workspace.pool.consults(workspace.actor, opened.entity))
            last = None if opened.read_only else workspace.deliveries.last(workspace.actor, Kind.EXPERT, opened.entity)
            return _Loaded(opened, consults, draft, last)

        self._ticket = self._desk.tasks.ask(load, self._on_loaded)

    def share_told(self, status: ShareStatus | None) -> None:
        """How this laptop stands to the share: where the last change is."""
        self.last_change.share_told(status)

    def keep_draft(self) -> None:
        """Keep at once what was typed."""
        self._keeper.keep()

    def save(self) -> None:
        """Make what was typed part of the profile."""
        expert = self.binding.parse()
        if expert is None:
            problem = self.binding.first_problem()
            if problem is not None:
                problem.setFocus()
            return
        fields = self.binding.changed_fields()
        if not fields:
            self._desk.messages.inform(self.tr("Er is niets gewijzigd."))
            return
        workspace, entity = self._desk.workspace, self.entity
        self._keeper.keep()
        if entity == NEW:
            self._desk.tasks.do(
                partial(workspace.pool.record, workspace.actor, expert), self._on_recorded, self._on_refused
            )
        else:
            self._desk.tasks.do(
                partial(workspace.pool.amend, workspace.actor, entity, expert, fields, self._seen),
                self._on_saved,
                self._on_refused,
            )

    def _connect(self) -> None:
        ui = self.ui
        ui.back.setIcon(icons.icon("left"))
        ui.back.clicked.connect(self.closed)
        ui.save.clicked.connect(self.save)
        ui.confirm.clicked.connect(self._on_confirm)
        ui.consult.clicked.connect(self._on_consult)
        self.versions.wanted.connect(self._on_versions)
        ui.read_only_bar.hide()
        ui.no_consults.setText(self.tr("Nog geen consulten geregistreerd."))
        self.binding.edited.connect(self.last_change.typing)
        self.binding.left.connect(self._on_left)
        for keys, slot in (
            ("Ctrl+S", self.save),
            ("Ctrl+Return", self.save),
            ("Alt+Left", self.closed.emit),
            ("F8", self.versions.ask),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _on_loaded(self, loaded: _Loaded) -> None:
        opened = loaded.opened
        self._is_read_only = opened is not None and opened.read_only
        if opened is not None:
            self.entity = opened.entity
            self._seen = opened.seen
        self.binding.show(opened.expert if opened else Expert())
        versions = opened.versions if opened else {}
        self.versions.show(versions, len(versions))
        self.ui.read_only_bar.setVisible(self._is_read_only)
        self.ui.save.setVisible(self._may_edit)
        self.binding.set_editable(self._may_edit)
        self._show_header(opened)
        self.last_change.show(loaded.last)
        self._show_consults(loaded.consults)
        self.offer.show(loaded.draft if self._may_edit else None)
        if self._arriving:
            self._arriving = False
            self.ui.scroll.verticalScrollBar().setValue(0)
            self._first_place().setFocus()

    def changed_behind(self, touched: frozenset[tuple[str, str]]) -> None:
        """Show what colleagues changed, unless something is being typed: that stays, and the bar tells."""
        if (Kind.EXPERT.value, self.entity) not in touched:
            return
        if self.binding.touched():
            self.versions.tell_news()
        else:
            self._load(self.entity)

    def _on_versions(self, field: str) -> None:
        if self.entity != NEW:
            self.keep_draft()
            self._desk.navigator.open_conflicts(Kind.EXPERT, self.entity, field)

    def _first_place(self) -> QWidget:
        """Where the keyboard begins: at the offer of what was typed before, else at the name."""
        ui = self.ui
        if self.offer.is_open():
            return ui.draft_keep
        return self.binding.fields["naam"] if self._may_edit else ui.back

    def _show_header(self, opened: OpenExpert | None) -> None:
        ui, known = self.ui, opened is not None
        expert = opened.expert if opened else Expert()
        ui.name.setText(expert.naam or self.tr("Nieuw pareltje"))
        ui.availability.show_badge(badge_for("beschikbaarheid", expert.beschikbaarheid))
        stale = Badge(self.tr("profiel verouderd"), Tone.WARN, icon="clock")
        ui.stale.show_badge(stale if opened and opened.stale else None)
        ui.confirm.setVisible(known and self._may_edit)
        ui.consult.setVisible(known and may(self._desk.workspace.actor, Right.EDIT_CASE))

    def _show_consults(self, consults: tuple[tuple[str, Consult], ...]) -> None:
        self.ui.consults.clear()
        for _, consult in consults:
            day = consult.datum.strftime("%d-%m-%Y") if consult.datum else ""
            form = vocabulary("inzetvormen").label(consult.inzetvorm)
            minutes = self.tr("{n} minuten").format(n=consult.minuten) if consult.minuten else ""
            self.ui.consults.addItem(" · ".join(part for part in (day, form, minutes) if part))
        self.ui.consults.setVisible(bool(consults))
        self.ui.no_consults.setVisible(not consults)

    def _on_left(self) -> None:
        self.keep_draft()
        if self.binding.touched():
            self.binding.parse()

    def _on_recorded(self, opened: OpenExpert) -> None:
        self._keeper.drop()
        self._desk.messages.inform(self.tr("Het pareltje staat in de pool."))
        self.open(opened.entity)
        self.changed.emit()

    def _on_saved(self, changes: Changes) -> None:
        self._keeper.drop()
        self._desk.messages.inform(self.tr("Opgeslagen."))
        self._reload()

    def _on_refused(self, error: UserFacingError) -> None:
        field = self.binding.fields.get(error.field) if isinstance(error, InvalidInputError) else None
        if field is None:
            self._desk.messages.fail(error)
            return
        enter(field)
        field.say(sentence(error))

    def _on_confirm(self) -> None:
        workspace, entity = self._desk.workspace, self.entity
        self._desk.tasks.do(partial(workspace.pool.confirm_profile, workspace.actor, entity), self._on_confirmed)

    def _on_confirmed(self, changes: Changes) -> None:
        self._desk.messages.inform(self.tr("Het profiel staat als vandaag gecontroleerd."))
        self._reload()

    def _on_consult(self) -> None:
        dialog = ConsultDialog(self._desk, self.entity, self.ui.name.text(), parent=self.window())
        dialog.recorded.connect(self._reload)
        dialog.open()

    def _reload(self) -> None:
        """Show what is stored now, with the keyboard where it was."""
        self.keep_draft()
        self._load(self.entity)
        self.changed.emit()
