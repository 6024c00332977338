"""What the main window expects of a page; a page overrides what it has use for."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from bren_desktop.gui.desk import Desk
from bren_desktop.services.filters import Choice
from bren_desktop.services.share_door import ShareStatus


class Page(QWidget):
    """A page of the main window, made at its first visit and thrown away at a lock."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def entered(self) -> None:
        """The page has come to the front, perhaps after changes elsewhere."""

    def keep_draft(self) -> None:
        """Keep what was typed, through `desk.tasks.do`: the page is about to be left or locked."""

    def open_entity(self, entity: str, tab: str) -> None:
        """Open a case (page `casussen`), pareltje (`pareltjes`) or document (`documenten`); `tab` may be empty.

        On `beheer` go to the place of this name (`settings_places.py`).
        """

    def narrow(self, choice: Choice) -> None:
        """Show the list narrowed to just this, as a kept filter says."""

    def start_new(self, draft: str) -> None:
        """Start a new case, or go on with the draft of that key."""

    def changed_behind(self, touched: frozenset[tuple[str, str]]) -> None:
        """Records changed elsewhere, as (kind, entity): show what is stored now, and keep what is being typed.

        Told after every run of sync, also of nothing: a case may have been erased.
        """

    def share_told(self, status: ShareStatus) -> None:
        """How this laptop stands to the share now."""

    def share_rests(self) -> None:
        """No run of sync is under way now that the page is new: what would wait for one may be asked."""

    def place(self) -> str:
        """Where the user is on this page, without content: given back to `restore` after unlocking."""
        return ""

    def restore(self, place: str) -> None:
        """Bring the user back to `place`."""


class StackedPage(Page):
    """A page that shows its list, or one of what is in it, whichever the user is at."""

    def __init__(self, desk: Desk, rows: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to what is shown."""
        shown = self.stack.currentWidget()
        if shown is not None:
            shown.setFocus(event.reason())
