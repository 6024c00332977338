"""The page "Casussen": the list, the intake of a new case, or one case, whichever the user is at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pages.case_list import CaseList
from bren_desktop.gui.pages.page import StackedPage
from bren_desktop.services.filters import Choice
from bren_desktop.services.share_door import ShareStatus

if TYPE_CHECKING:
    from bren_desktop.gui.pages.case.page import CasePage
    from bren_desktop.gui.pages.intake import Intake

_LIST, _INTAKE = "lijst", "intake"


class CasesPage(StackedPage):
    """What the rail opens as Casussen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        rows = CaseList(desk)
        super().__init__(desk, rows, parent)
        self.list = rows
        self.list.setObjectName("case_list")
        self._intake: Intake | None = None
        self._case: CasePage | None = None
        self._status: ShareStatus | None = None

    @property
    def intake(self) -> Intake:
        """The intake, made when it is first needed."""
        if self._intake is None:
            from bren_desktop.gui.pages.intake import Intake

            self._intake = Intake(self.desk, self)
            self._intake.setObjectName("intake")
            self._intake.closed.connect(self.show_list)
            self._intake.recorded.connect(self._on_recorded)
            self.stack.addWidget(self._intake)
        return self._intake

    @property
    def case(self) -> CasePage:
        """The case page, made when it is first needed and used for every case."""
        if self._case is None:
            from bren_desktop.gui.pages.case.page import CasePage

            self._case = CasePage(self.desk, self)
            self._case.setObjectName("case_page")
            self._case.closed.connect(self.show_list)
            self._case.changed.connect(self.list.model.reload)
            self._case.share_told(self._status)
            self.stack.addWidget(self._case)
        return self._case

    def entered(self) -> None:
        self.list.model.reload()

    def changed_behind(self, touched: frozenset[tuple[str, str]]) -> None:
        if not touched or any(kind == Kind.CASE for kind, _ in touched):
            self.list.model.reload()
        self.list.ask_names()
        if self._case is not None:
            self._case.changed_behind(touched)

    def share_rests(self) -> None:
        self.list.ask_names()

    def share_told(self, status: ShareStatus) -> None:
        self._status = status
        if self._case is not None:
            self._case.share_told(status)

    def keep_draft(self) -> None:
        for part in (self._intake, self._case):
            if part is not None:
                part.keep_draft()

    def open_entity(self, entity: str, tab: str) -> None:
        self.keep_draft()
        self.case.open(entity, tab)
        self.stack.setCurrentWidget(self.case)
        self.case.setFocus()

    def narrow(self, choice: Choice) -> None:
        self.show_list()
        self.list.saved.choose(choice)

    def start_new(self, draft: str) -> None:
        self.keep_draft()
        self.stack.setCurrentWidget(self.intake)
        self.intake.start(draft)

    def show_list(self) -> None:
        """Back to the list, on the row where it was left."""
        self.keep_draft()
        self.list.model.reload()
        self.stack.setCurrentWidget(self.list)
        self.list.setFocus()

    def place(self) -> str:
        current = self.stack.currentWidget()
        if current is self._case and self._case is not None:
            return self._case.place()
        if current is self._intake and self._intake is not None:
            return f"{_INTAKE} {self._intake.place()}"
        return _LIST

    def restore(self, place: str) -> None:
        kind, _, rest = place.partition(" ")
        if kind == _INTAKE:
            key, _, screen = rest.partition(" ")
            self.start_new(key)
            self.intake.show_screen(int(screen or 0))
        elif kind == "casus":
            entity, _, tab = rest.partition(" ")
            self.open_entity(entity, tab)

    def _on_recorded(self, entity: str) -> None:
        self.desk.navigator.open_case(entity, "matching")
