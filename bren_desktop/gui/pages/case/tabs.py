"""The tabs of a case: what is on each, which one is shown, and where something is filled in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.needs import Lack
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.tab_analysis import Ui_AnalysisTab
from bren_desktop.gui.forms.tab_family import Ui_FamilyTab
from bren_desktop.gui.forms.tab_registration import Ui_RegistrationTab
from bren_desktop.gui.forms.tab_sticking import Ui_StickingTab
from bren_desktop.gui.pages.case.advising_tab import AdvisingTab
from bren_desktop.gui.pages.case.aftercare.tab import AftercareTab
from bren_desktop.gui.pages.case.documents_tab import DocumentsTab
from bren_desktop.gui.pages.case.form_tab import FormTab
from bren_desktop.gui.pages.case.matching_tab import MatchingTab
from bren_desktop.gui.pages.case.timeline_tab import TimelineTab
from bren_desktop.gui.widgets.field import Field
from bren_desktop.gui.widgets.reach import enter

_PLACES = {
    Kind.DOCUMENT: "matching",
    Kind.FOLLOW_UP: "opvolging",
    Kind.BRIDGE: "opvolging",
    Kind.DEPLOYMENT: "opvolging",
    Kind.ESCALATION: "opvolging",
    Kind.FUTURE_PLAN: "opvolging",
}
"""The tabs on which to fill in what hangs below a case."""


class CaseTabs(QObject):
    """All tabs of the case page, by name in `named`. `turned` tells that another one is shown, or the same anew."""

    turned = Signal()

    def __init__(self, desk: Desk, bar: QTabWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._bar = bar
        self.registration, self.family = FormTab(Ui_RegistrationTab(), parent), FormTab(Ui_FamilyTab(), parent)
        self.matching, self.documents, self.timeline = MatchingTab(desk), DocumentsTab(desk), TimelineTab(desk)
        self.advising, self.aftercare = AdvisingTab(desk), AftercareTab(desk)
        self.named: dict[str, QWidget] = {}
        self._add("aanmelding", self.tr("Aanmelding"), self.registration)
        self._add("jeugdige", self.tr("Jeugdige en gezin"), self.family)
        self._add("analyse", self.tr("Analyse"), FormTab(Ui_AnalysisTab(), parent))
        self._add("knelpunten", self.tr("Knelpunten"), FormTab(Ui_StickingTab(), parent))
        self._add("matching", self.tr("Matching"), self.matching)
        self._add("advies", self.tr("Bespreking en advies"), self.advising)
        self._add("opvolging", self.tr("Opvolging"), self.aftercare)
        self._add("documenten", self.tr("Documenten"), self.documents)
        self._add("tijdlijn", self.tr("Tijdlijn"), self.timeline)
        bar.currentChanged.connect(self.turned)

    @property
    def current(self) -> QWidget:
        """The tab that is shown."""
        return self._bar.currentWidget()

    @property
    def is_advising(self) -> bool:
        """Whether what is being typed is a discussion or an advice, which is saved by itself."""
        return self.current is self.advising

    def name(self) -> str:
        """The name of the tab that is shown."""
        return next((name for name, tab in self.named.items() if tab is self.current), "")

    def go_to(self, tab: QWidget) -> None:
        """Show a tab; the one that is shown already as if it were new."""
        if tab is self.current:
            self.turned.emit()
        else:
            self._bar.setCurrentWidget(tab)

    def go_to_field(self, field: Field) -> None:
        """Put the cursor where a field is filled in."""
        for tab in self.named.values():
            if tab.isAncestorOf(field):
                self._bar.setCurrentWidget(tab)
        enter(field)

    def step(self, by: int) -> None:
        """Show the next tab or the one before, round and round."""
        self._bar.setCurrentIndex((self._bar.currentIndex() + by) % self._bar.count())

    def enter(self) -> None:
        """Have the tab that is shown look at the case as it is now, and take the keyboard."""
        current = self.current
        if isinstance(current, MatchingTab | AdvisingTab | AftercareTab | DocumentsTab | TimelineTab):
            current.enter()
            current.setFocus()

    def seek(self, lack: Lack) -> None:
        """Go where something below the case is filled in."""
        if lack.kind in (Kind.DISCUSSION, Kind.ADVICE):
            self.advising.seek(lack.kind, lack.field)
            self.go_to(self.advising)
        elif lack.kind in _PLACES:
            self.aftercare.seek(lack.kind)
            self.go_to(self.named[_PLACES[lack.kind]])

    def show_case(self, entity: str, *, editable: bool, read_only: bool) -> None:
        """Let every tab that looks for itself know of which case; offer on it what this user may do."""
        for tab in (self.matching, self.aftercare, self.timeline):
            tab.show_case(entity)
        self.documents.show_case(entity, editable=editable)
        self.advising.show_case(entity, editable=not read_only)
        self.matching.set_read_only(read_only)
        self.aftercare.set_read_only(read_only)
        self.timeline.ui.contact.setVisible(editable)
        self.documents.ui.sheet.setVisible(not read_only)

    def _add(self, name: str, title: str, tab: QWidget) -> None:
        tab.setObjectName(f"tab_{name}")
        self._bar.addTab(tab, title)
        self.named[name] = tab
