"""Everything inside the window while a profile is open: rail, search, pages, messages. A lock throws it away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui import icons, place
from bren_desktop.gui.commands import Command
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.workbench import Ui_Workbench
from bren_desktop.gui.kept_filters import KeptFilter
from bren_desktop.gui.pages import registry, settings_places
from bren_desktop.gui.pages.page import Page
from bren_desktop.gui.place import Place
from bren_desktop.gui.syncing import Syncing
from bren_desktop.gui.widgets.notices import Notices
from bren_desktop.gui.widgets.search_box import SearchBox
from bren_desktop.gui.widgets.share_bar import ShareBar
from bren_desktop.gui.windows import Windows
from bren_desktop.services.rows import Hit
from bren_desktop.services.share_door import ShareStatus

_RAIL_ICON = QSize(24, 24)
_ADDRESSES = "Ctrl+Shift+A"


class Workbench(QWidget):
    """The desk of one session with its pages."""

    lock_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_Workbench()
        self.ui.setupUi(self)
        self.desk = desk
        self.specs = {spec.name: spec for spec in registry.specs(desk.workspace.actor)}
        self.pages: dict[str, Page] = {}
        self.rail: dict[str, QToolButton] = {}
        self.notices = Notices(self.ui, desk)
        self.windows = Windows(desk, self)
        self.windows.requests_changed.connect(self._on_requests_changed)
        self.syncing: Syncing | None = None
        self.share_bar: ShareBar | None = None
        self.commands = self._commands()
        self._make_rail()
        self._make_buttons()
        self.search = SearchBox(self.ui.search, desk, self.commands)
        self.search.chosen.connect(self._on_found)
        self._connect_navigator()

    def show_syncing(self, syncing: Syncing) -> None:
        """Tell in the status bar how this laptop stands to the share; F5 syncs, F6 opens what there is to it."""
        self.syncing = self.windows.syncing = syncing
        self.share_bar = ShareBar(self.ui, self.desk, syncing)
        self.share_bar.panel_wanted.connect(self.windows.sharing)
        self.share_bar.versions_wanted.connect(self._shows(registry.WORKLIST))
        syncing.told.connect(self._on_share_told)
        if may(self.desk.workspace.actor, Right.SYNC):
            self._shortcut("F5", self._on_sync)
            self._shortcut("F6", self.windows.sharing)
            words = self.tr("samenwerken share synchroniseren verversen")
            self.commands.append(Command(self.tr("Nu bijwerken met de share"), "F5", self._on_sync, words))
            words = self.tr("uitnodigen aanvraag laptop collega")
            self.commands.append(Command(self.tr("Samenwerken"), "F6", self.windows.sharing, words))
        if may(self.desk.workspace.actor, Right.ADMIT):
            words, title = (
                self.tr("herstel herstelbestanden kwijt verloren"),
                self.tr("Casussen van een team terughalen"),
            )
            self.commands.append(Command(title, "", self.windows.recovering, words))

    @property
    def page(self) -> Page | None:
        """The page in front."""
        current = self.ui.pages.currentWidget()
        return current if isinstance(current, Page) else None

    def show_page(self, name: str) -> Page | None:
        """Bring a page to the front; a page that is not for this user gives None."""
        if name not in self.specs:
            return None
        if self.page is not None and self.page is not self.pages.get(name):
            self.page.keep_draft()
        page = self.pages.get(name) or self._make_page(name)
        self.ui.pages.setCurrentWidget(page)
        self.ui.page_title.setText(self.specs[name].title)
        self.rail[name].setChecked(True)
        self.notices.clear()
        page.entered()
        return page

    def here(self) -> Place:
        """Where the user is."""
        name = next((name for name, page in self.pages.items() if page is self.page), "")
        if self.page is None:
            return Place(name)
        path, cursor = place.focus_path(self)
        return Place(name, self.page.place(), path, cursor)

    def go_back(self, where: Place) -> None:
        """Bring the user back to where `here` said, once the page has its content."""
        page = self.show_page(where.page) or self.show_page(next(iter(self.specs)))
        if page is None:
            return
        if where.on_page:
            page.restore(where.on_page)
        if not where.path or not place.focus_again(self, where.path, where.cursor):
            page.setFocus()
        once = Qt.ConnectionType.SingleShotConnection
        self.desk.tasks.idle.connect(lambda: place.focus_again(self, where.path, where.cursor), once)

    def keep_drafts(self) -> None:
        """Let every page keep what was typed."""
        for page in self.pages.values():
            page.keep_draft()

    def _make_page(self, name: str) -> Page:
        page = self.specs[name].make(self.desk, self.ui.pages)
        page.setObjectName(f"page_{name}")
        self.pages[name] = page
        self.ui.pages.addWidget(page)
        if self.syncing is not None and self.syncing.status is not None:
            page.share_told(self.syncing.status)
            if not self.syncing.is_running:
                page.share_rests()
        return page

    def _make_rail(self) -> None:
        for number, spec in enumerate(self.specs.values(), start=1):
            keys = f"Ctrl+{number}"
            button = QToolButton(self.ui.rail)
            button.setObjectName(f"rail_{spec.name}")
            button.setText(spec.title)
            button.setToolTip(f"{spec.title} ({keys})")
            button.setAccessibleName(spec.title)
            button.setIcon(icons.icon(spec.icon))
            button.setIconSize(_RAIL_ICON)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setProperty("role", "rail")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(self._shows(spec.name))
            self._shortcut(keys, self._shows(spec.name))
            self.ui.rail_buttons.addWidget(button)
            self.rail[spec.name] = button
        self.ui.rail_buttons.addStretch()

    def _shows(self, name: str) -> Callable[[], None]:
        return lambda: self.go_to(name)

    def go_to(self, name: str) -> None:
        """Show a page and bring the cursor there."""
        page = self.show_page(name)
        if page is not None:
            page.setFocus()

    def _commands(self) -> list[Command]:
        commands = [
            Command(self.tr("Vergrendelen"), "Ctrl+L", self.lock_wanted.emit, self.tr("afsluiten beveiligen slot")),
            Command(self.tr("Hulp bij dit scherm"), "F1", self._on_help, self.tr("uitleg help")),
            *(
                Command(self.tr("Ga naar {page}").format(page=spec.title), f"Ctrl+{number}", self._shows(spec.name))
                for number, spec in enumerate(self.specs.values(), start=1)
            ),
        ]
        if self._may_look_up:
            words = self.tr("personen organisaties verwijzers contacten telefoon")
            commands.append(Command(self.tr("Adresboek"), _ADDRESSES, self.windows.addresses, words))
        if self._may_record:
            new = Command(self.tr("Nieuwe casus"), "Ctrl+N", self._on_new_case, self.tr("aanmelden intake"))
            commands.insert(0, new)
        commands += [
            Command(place.text, "", partial(self._on_setting_wanted, place.widget), place.words)
            for place in settings_places.places(self.desk.workspace.actor)
        ]
        return commands

    @property
    def _may_record(self) -> bool:
        return may(self.desk.workspace.actor, Right.EDIT_CASE)

    @property
    def _may_look_up(self) -> bool:
        return may(self.desk.workspace.actor, Right.READ_POOL)

    def _make_buttons(self) -> None:
        ui = self.ui
        ui.new_case.setIcon(icons.icon("plus", "text"))
        ui.help.setIcon(icons.icon("question"))
        ui.lock.setIcon(icons.icon("lock"))
        ui.new_case.setVisible(self._may_record)
        ui.new_case.clicked.connect(self._on_new_case)
        ui.help.clicked.connect(self._on_help)
        ui.lock.clicked.connect(self.lock_wanted)
        self._shortcut("Ctrl+K", self._on_search)
        self._shortcut("Ctrl+L", self.lock_wanted.emit)
        self._shortcut("F1", self._on_help)
        if self._may_look_up:
            self._shortcut(_ADDRESSES, self.windows.addresses)
        if self._may_record:
            self._shortcut("Ctrl+N", self._on_new_case)

    def _shortcut(self, keys: str, run: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(run)

    def _connect_navigator(self) -> None:
        navigator = self.desk.navigator
        navigator.page_wanted.connect(self.go_to)
        navigator.case_wanted.connect(self._on_case_wanted)
        navigator.intake_wanted.connect(self._on_intake_wanted)
        navigator.expert_wanted.connect(self._on_expert_wanted)
        navigator.records_changed.connect(self._on_records_changed)

    def _on_search(self) -> None:
        self.search.focus()

    def _on_new_case(self) -> None:
        self.desk.navigator.new_case()

    def _on_help(self) -> None:
        from bren_desktop.gui.dialogs.help import HelpDialog

        name = self.here().page
        HelpDialog(name, self.specs[name].title, self.commands, self).exec()

    def _on_found(self, target: object) -> None:
        if isinstance(target, Command):
            target.run()
        elif isinstance(target, KeptFilter):
            self._on_filter_wanted(target)
        elif isinstance(target, Hit) and target.kind == Kind.CASE:
            self.desk.navigator.open_case(target.entity)
        elif isinstance(target, Hit) and target.kind == Kind.DISCUSSION:
            self.desk.navigator.open_case(target.case, "advies")
        elif isinstance(target, Hit) and target.kind == Kind.DOCUMENT:
            self._on_document_wanted(target.entity)
        elif isinstance(target, Hit):
            self.desk.navigator.open_expert(target.entity)

    def _on_filter_wanted(self, kept: KeptFilter) -> None:
        page = self.show_page(registry.CASES if kept.kind is Kind.CASE else registry.POOL)
        if page is not None:
            page.narrow(kept.choice)

    def _on_setting_wanted(self, widget: str) -> None:
        page = self.show_page(registry.SETTINGS)
        if page is not None:
            page.open_entity(widget, "")

    def _on_document_wanted(self, entity: str) -> None:
        page = self.show_page(registry.DOCUMENTS)
        if page is not None:
            page.open_entity(entity, "")

    def _on_case_wanted(self, entity: str, tab: str) -> None:
        page = self.show_page(registry.CASES)
        if page is not None:
            page.open_entity(entity, tab)

    def _on_intake_wanted(self, draft: str) -> None:
        page = self.show_page(registry.CASES)
        if page is not None:
            page.start_new(draft)

    def _on_expert_wanted(self, entity: str) -> None:
        page = self.show_page(registry.POOL)
        if page is not None:
            page.open_entity(entity, "")

    def _on_sync(self) -> None:
        if self.syncing is None or not self.syncing.is_on:
            self.desk.messages.inform(self.tr("Dit profiel heeft nog geen share. Bij Samenwerken (F6) begint u ermee."))
        else:
            self.syncing.run()

    def _on_requests_changed(self) -> None:
        if self.page is not None:
            self.page.entered()

    def _on_share_told(self, status: object) -> None:
        if isinstance(status, ShareStatus):
            for page in self.pages.values():
                page.share_told(status)

    def _on_records_changed(self, touched: object) -> None:
        if isinstance(touched, frozenset):
            for page in self.pages.values():
                page.changed_behind(touched)
