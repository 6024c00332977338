"""The page "Pareltjes": the pool as a list with facets, or one profile."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pages.expert import NEW, ExpertPage
from bren_desktop.gui.pages.page import StackedPage
from bren_desktop.gui.pages.pool_list import PoolList
from bren_desktop.services.filters import Choice
from bren_desktop.services.share_door import ShareStatus

_LIST = "lijst"


class PoolPage(StackedPage):
    """What the rail opens as Pareltjes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        rows = PoolList(desk)
        super().__init__(desk, rows, parent)
        self.list = rows
        self.list.setObjectName("pool_list")
        self.list.new_wanted.connect(lambda: self.open_entity(NEW, ""))
        self._expert: ExpertPage | None = None
        self._status: ShareStatus | None = None

    @property
    def expert(self) -> ExpertPage:
        """The profile page, made when it is first needed and used for every pareltje."""
        if self._expert is None:
            self._expert = ExpertPage(self.desk, self)
            self._expert.setObjectName("expert_page")
            self._expert.closed.connect(self.show_list)
            self._expert.changed.connect(self.list.refresh)
            self._expert.share_told(self._status)
            self.stack.addWidget(self._expert)
        return self._expert

    def entered(self) -> None:
        self.list.refresh()

    def changed_behind(self, touched: frozenset[tuple[str, str]]) -> None:
        if any(kind == Kind.EXPERT for kind, _ in touched):
            self.list.refresh()
        if self._expert is not None:
            self._expert.changed_behind(touched)

    def share_told(self, status: ShareStatus) -> None:
        self._status = status
        if self._expert is not None:
            self._expert.share_told(status)

    def keep_draft(self) -> None:
        if self._expert is not None:
            self._expert.keep_draft()

    def open_entity(self, entity: str, tab: str) -> None:
        self.keep_draft()
        self.expert.open(entity)
        self.stack.setCurrentWidget(self.expert)
        self.expert.setFocus()

    def narrow(self, choice: Choice) -> None:
        self.show_list()
        self.list.saved.choose(choice)

    def show_list(self) -> None:
        """Back to the list, on the row where it was left."""
        self.keep_draft()
        self.list.refresh()
        self.stack.setCurrentWidget(self.list)
        self.list.setFocus()

    def place(self) -> str:
        if self._expert is not None and self.stack.currentWidget() is self._expert:
            return f"pareltje {self._expert.entity}"
        return _LIST

    def restore(self, place: str) -> None:
        kind, _, entity = place.partition(" ")
        if kind == "pareltje":
            self.open_entity(entity, "")
