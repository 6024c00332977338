"""One case: header, tabs, saving what was touched, undo, and what was typed before a crash."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.cases import Case, initials
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.entities import BELOW_CASE, Kind
from bren_desktop.domain.needs import Lack
from bren_desktop.domain.rights import Right, may
from bren_desktop.errors import NotAssignedError, UserFacingError
from bren_desktop.gui import icons, spelling
from bren_desktop.gui.binding import Binding
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.draft_offer import DraftOffer
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.editors import EditorKit
from bren_desktop.gui.forms.case_page import Ui_CasePage
from bren_desktop.gui.pages.case.access import CaseAccess
from bren_desktop.gui.pages.case.apart import CaseApart
from bren_desktop.gui.pages.case.consents import Consents
from bren_desktop.gui.pages.case.ending import CaseEnding
from bren_desktop.gui.pages.case.facts import header_line
from bren_desktop.gui.pages.case.linked import LinkedCases
from bren_desktop.gui.pages.case.loading import Loaded, draft_key, load
from bren_desktop.gui.pages.case.next_step import NextStep
from bren_desktop.gui.pages.case.requests import CaseRequests
from bren_desktop.gui.pages.case.tabs import CaseTabs
from bren_desktop.gui.pages.case.team_offer import TeamOffer
from bren_desktop.gui.pages.case.windows import CaseWindows
from bren_desktop.gui.suggested import TagHelp
from bren_desktop.gui.suggestions import AddressHelp
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.versions_bar import VersionsBar
from bren_desktop.gui.widgets.last_change import LastChange
from bren_desktop.gui.widgets.reach import enter, to_top
from bren_desktop.gui.widgets.tones import badge_for
from bren_desktop.services.rows import CaseRow, Changes
from bren_desktop.services.share_door import ShareStatus
from bren_desktop.services.views import OpenCase

_BELOW = frozenset(kind.value for kind in BELOW_CASE)


class CasePage(QWidget):
    """Shows one case after another. `changed` tells that the list is out of date."""

    closed = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_CasePage()
        self.ui.setupUi(self)
        self._desk = desk
        self._entity, self._wanted = "", ("", "")
        self._opened: OpenCase | None = None
        self._status: ShareStatus | None = None
        self._ticket = Ticket()
        self.tabs = tabs = CaseTabs(desk, self.ui.tabs, self)
        self.last_change = LastChange(self.ui.saved, self)
        self.apart = CaseApart(desk, self.ui, self)
        self.access = CaseAccess(desk, self.ui, self.apart.menu, self)
        self.requests = CaseRequests(desk, self.ui, self.apart.menu, self)
        self.ending = CaseEnding(desk, self.ui, tabs.registration.ui, self)
        self.linked = LinkedCases(desk, tabs.family.ui, self)
        self.next_step = NextStep(desk, self.ui, self)
        self.team_offer = TeamOffer(desk, self.ui, self)
        self.windows = CaseWindows(desk, self.ui, self)
        self.consents = Consents(desk, tabs.registration.ui, self)
        context = desk.workspace.context
        self.binding: Binding[Case] = Binding(Case, self.ui.tabs, EditorKit(context.today, listed=context.listed))
        AddressHelp(desk, self.binding, self)
        self.tag_help = TagHelp(desk, self.binding, self)
        ui = self.ui
        self._keeper = DraftKeeper(desk, "", self.binding.touched, self)
        self.offer = DraftOffer(ui, self.binding, self._keeper, self)
        self.versions = VersionsBar(ui, Case, self.binding, self)
        self._connect()

    @property
    def _is_read_only(self) -> bool:
        """Whether the case may be read and not changed: by noodtoegang, or in a team that this laptop is out of."""
        return self._opened is not None and self._opened.read_only

    @property
    def _may_edit(self) -> bool:
        return may(self._desk.workspace.actor, Right.EDIT_CASE) and not self._is_read_only

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the tabs: the arrows choose one, Tab goes into it."""
        self.ui.tabs.tabBar().setFocus(event.reason())

    def open(self, entity: str, tab: str = "") -> None:
        """Show a case on a tab, or `tab/field`; its reading is logged by the service."""
        self._ticket.cancel()
        if self._wanted[0] not in ("", entity):
            self._desk.messages.forget()
        self._wanted = (entity, tab)
        work = partial(load, self._desk.workspace, entity)
        self._ticket = self._desk.tasks.ask(work, self._on_loaded, partial(self._on_refused, entity))

    def _on_refused(self, entity: str, error: UserFacingError) -> None:
        """Nothing of another case stays on the page of one that is not open to this user."""
        if isinstance(error, NotAssignedError):
            self._opened = None
            self.closed.emit()
            self.access.offer_emergency(entity)
        self._desk.messages.fail(error)

    def share_told(self, status: ShareStatus | None) -> None:
        """How this laptop stands to the share: whether somebody asked to erase this case, and where its changes are."""
        self._status = status
        self.apart.share_told(status)
        self._tell_where()

    def _tell_where(self) -> None:
        """Say where the changes are; those of a case that can only be read go nowhere."""
        for part in (self.last_change, self.tabs.timeline):
            part.share_told(None if self._is_read_only else self._status)

    def keep_draft(self) -> None:
        """Keep at once what was typed."""
        self._keeper.keep()
        self.tabs.advising.keep_draft()

    def place(self) -> str:
        """The case and the tab, to come back to."""
        return f"casus {self._wanted[0]} {self.tabs.name()}"

    def save(self) -> None:
        """Make what was typed part of the case; only the fields that were touched change."""
        if self.tabs.is_advising:
            self.tabs.advising.save()
            return
        case = self.binding.parse()
        if case is None:
            self._show_problem()
            return
        fields = self.binding.changed_fields()
        if not fields:
            self._desk.messages.inform(self.tr("Er is niets gewijzigd."))
            return
        workspace, entity = self._desk.workspace, self._entity
        seen = self._opened.seen if self._opened else None
        self._keeper.keep()
        self._desk.tasks.do(partial(workspace.cases.amend, workspace.actor, entity, case, fields, seen), self._on_saved)

    def undo(self) -> None:
        """Take back the last change that this user saved."""
        if self.tabs.is_advising:
            self.tabs.advising.undo()
            return
        if self.binding.touched():
            self._desk.messages.inform(self.tr("Sla eerst op wat u typte, of haal het weg."))
            return
        workspace, entity = self._desk.workspace, self._entity
        self._desk.tasks.do(partial(workspace.cases.undo, workspace.actor, entity), self._on_undone)

    def changed_behind(self, touched: frozenset[tuple[str, str]]) -> None:
        """Show what colleagues changed, unless something is being typed: that stays, and the bar tells.

        A case that was erased goes from the screen, whatever was typed.
        """
        if self._opened is None:
            return
        kinds = {kind for kind, _ in touched}
        ours = (Kind.CASE.value, self._entity) in touched or not kinds.isdisjoint(_BELOW)
        workspace, entity = self._desk.workspace, self._entity
        work = partial(workspace.cases.row, workspace.actor, entity)
        self._desk.tasks.ask(work, partial(self._on_looked, entity, ours))

    def _on_looked(self, entity: str, ours: bool, row: CaseRow | None) -> None:
        if entity != self._entity or self._opened is None:
            return
        if row is None:
            self._opened = None
            self._keeper.drop()
            self.binding.show(Case())
            self._desk.messages.warn(self.tr("Deze casus is gewist en staat niet meer op deze laptop."))
            self.closed.emit()
        elif ours and self.binding.touched():
            self.versions.tell_news()
        elif ours:
            self.open(self._entity, self.tabs.name())

    def _connect(self) -> None:
        ui = self.ui
        for part in (ui.status, ui.urgency, ui.next_step, ui.bridge, ui.escalation, ui.facts):
            ui.standing.add(part)
        ui.back.setIcon(icons.icon("left"))
        ui.contact.setIcon(icons.icon("phone"))
        ui.sheet.setIcon(icons.icon("printer"))
        self.binding.edited.connect(self.last_change.typing)
        self.binding.left.connect(self._on_left)
        self.tabs.turned.connect(self._on_tab_turned)
        ui.back.clicked.connect(self.closed)
        ui.save.clicked.connect(self.save)
        ui.next_step.clicked.connect(self._on_next_step)
        ui.contact.clicked.connect(self.windows.contact)
        ui.sheet.clicked.connect(self.windows.sheet)
        self.versions.wanted.connect(self._on_versions)
        self._connect_parts()
        self._connect_keys()

    def _connect_parts(self) -> None:
        parts = (
            self.consents.changed,
            self.access.changed,
            self.requests.changed,
            self.ending.changed,
            self.linked.changed,
            self.next_step.moved,
            self.windows.recorded,
        )
        tabs, windows = self.tabs, self.windows
        for changed in (*parts, tabs.matching.consulted, tabs.aftercare.changed):
            changed.connect(self._reload)
        self.next_step.wanted.connect(self._on_lack)
        tabs.matching.letter_wanted.connect(windows.letter)
        self.ui.show_team.clicked.connect(partial(tabs.go_to, tabs.matching))
        tabs.aftercare.advice_wanted.connect(partial(tabs.go_to, tabs.advising))
        tabs.documents.sheet_wanted.connect(windows.sheet)
        tabs.documents.paper_wanted.connect(windows.paper)
        for filed in (tabs.documents.filed, windows.filed):
            filed.connect(self._on_filed)
        tabs.timeline.contact_wanted.connect(windows.contact)

    def _connect_keys(self) -> None:
        for keys, slot in (
            ("Ctrl+S", self.save),
            ("Ctrl+Return", self.save),
            ("Ctrl+Z", self.undo),
            ("Ctrl+M", self.windows.contact),
            ("Ctrl+P", self.windows.sheet),
            ("F4", self._on_next_step),
            ("F8", self.versions.ask),
            ("Alt+Left", self.closed.emit),
            ("Ctrl+PgDown", partial(self.tabs.step, 1)),
            ("Ctrl+PgUp", partial(self.tabs.step, -1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _reload(self) -> None:
        self.keep_draft()
        self.open(self._entity, self.tabs.name())
        self.changed.emit()

    def _on_loaded(self, loaded: Loaded) -> None:
        if loaded.opened.entity != self._entity:
            to_top(self.ui.tabs)
        self._opened, self._entity = loaded.opened, loaded.opened.entity
        case, today = loaded.opened.case, self._desk.workspace.context.today()
        self._keeper.begin(draft_key(self._entity))
        tab_name, _, field = self._wanted[1].partition("/")
        tab = self.tabs.named.get(tab_name, self.tabs.current)
        self.tag_help.begin(self._entity)
        self.binding.show(case, tab)
        self._say_missing()
        self.versions.show(loaded.opened.versions, loaded.conflicts)
        self.apart.show(loaded.opened)
        self.access.show(loaded.opened)
        self.requests.show(loaded.opened)
        self.ending.show(loaded.opened, loaded.closing)
        self.linked.show(loaded.opened, loaded.linked)
        self.next_step.show(loaded.opened, loaded.steps, loaded.flags)
        self.team_offer.show(loaded.opened)
        self.windows.show(loaded.opened)
        self._show_header(case, [consent for _, consent in loaded.consents])
        speller = spelling.current()
        if speller is not None:
            speller.name(case)
        self.consents.show(self._entity, case, loaded.consents, loaded.disclosures, today)
        self.last_change.show(loaded.last)
        self.tabs.show_case(self._entity, editable=self._may_edit, read_only=self._is_read_only)
        self._tell_where()
        self._show_rights()
        self.offer.show(loaded.draft if self._may_edit else None)
        self.tabs.go_to(tab)
        if field in self.binding.fields:
            self.tabs.go_to_field(self.binding.fields[field])

    def _show_rights(self) -> None:
        """Offer what may be done with this case."""
        self.ui.save.setVisible(self._may_edit)
        self.ui.contact.setVisible(self._may_edit)
        self.ui.sheet.setVisible(not self._is_read_only)
        self.consents.set_editable(self._may_edit)
        self.binding.set_editable(self._may_edit)

    def _on_versions(self, field: str) -> None:
        if self._opened is not None:
            self.keep_draft()
            self._desk.navigator.open_conflicts(Kind.CASE, self._entity, field)

    def _show_header(self, case: Case, consents: list[Consent]) -> None:
        ui = self.ui
        ui.nummer.setText(case.nummer or self.tr("Concept"))
        ui.initials.setText(initials(case))
        ui.status.show_badge(badge_for("casusstatus", case.status))
        ui.urgency.show_badge(badge_for("urgentie", case.urgentie))
        ui.facts.setText(header_line(case, consents, self._desk.workspace.context.today()))

    def _on_tab_turned(self) -> None:
        self.keep_draft()
        if self._opened is not None:
            self.binding.fill(self.tabs.current)
            self.tabs.enter()

    def _on_left(self) -> None:
        self._keeper.keep()
        if self.binding.touched():
            self.binding.parse()
        self._say_missing()

    def _say_missing(self) -> None:
        """Name what aanmelding still needs, beside the fields that were not filled in since."""
        filled = {key for key, value in self.binding.touched().items() if value}
        missing = set(self._opened.missing) - filled if self._opened is not None else ()
        self.binding.wish(missing, self.tr("Nog nodig voor de aanmelding"))

    def _show_problem(self) -> None:
        field = self.binding.first_problem()
        if field is not None:
            self.tabs.go_to_field(field)

    def _on_next_step(self) -> None:
        if self.binding.touched():
            self._desk.messages.inform(self.tr("Sla eerst op wat u typte. Daarna zet u de volgende stap."))
        else:
            self.next_step.open()

    def _on_lack(self, lack: Lack) -> None:
        """Go where it is filled in."""
        field = self.binding.fields.get(lack.field) if lack.kind is Kind.CASE else None
        if field is not None:
            self.tabs.go_to_field(field)
        elif lack.paper:
            self.windows.paper(lack.paper)
        elif lack.kind is Kind.CONSENT:
            self.tabs.go_to(self.tabs.registration)
            enter(self.tabs.registration.ui.add_consent)
        elif lack.kind in (Kind.CLOSING, Kind.LESSON):
            self.ending.open()
        else:
            self.tabs.seek(lack)

    def _on_saved(self, changes: Changes) -> None:
        self._keeper.drop()
        self._desk.messages.undoable(self.tr("Opgeslagen."), self.undo)
        self._reload()

    def _on_undone(self, changes: Changes) -> None:
        self._desk.messages.inform(self.tr("De laatste wijziging is teruggedraaid."))
        self._reload()

    def _on_filed(self) -> None:
        if self.tabs.current is self.tabs.documents:
            self.tabs.enter()
        self.changed.emit()
