"""After unlocking: getting ready for the first search, the first case and the first match, a little at a time.

Nothing of it is waited for, and nobody waits for it: each step holds the store for some milliseconds only.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from bren_desktop.domain.rights import Right, may

if TYPE_CHECKING:
    from bren_desktop.gui.desk import Desk

PROFILES_AT_ONCE = 5
REST_MS = 30


class ReadingAhead(QObject):
    """Works while the user looks at the first page, and rests between two steps."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rested)

    def start(self) -> None:
        """Begin once the first page has its content."""
        workspace = self._desk.workspace
        self._desk.tasks.ask(lambda: workspace.search.find(workspace.actor, "a", limit=1), lambda _: None)
        self._desk.tasks.idle.connect(self._on_first_page, Qt.ConnectionType.SingleShotConnection)

    def stop(self) -> None:
        """Leave the rest unread: the session ends."""
        self._rest.stop()

    def _on_first_page(self) -> None:
        self._desk.tasks.run(_import_pages, self._on_imported)

    def _on_imported(self, _: None) -> None:
        if may(self._desk.workspace.actor, Right.READ_POOL):
            self._desk.tasks.idle.connect(self._on_idle)

    def _on_idle(self) -> None:
        """Rest anew after every answer, those that the user waited for too: who types fast is not held up."""
        self._rest.start()

    def _on_rested(self) -> None:
        workspace = self._desk.workspace
        self._desk.tasks.ask(partial(workspace.matching.warm, workspace.actor, PROFILES_AT_ONCE), self._on_read)

    def _on_read(self, waiting: int) -> None:
        if not waiting:
            self._desk.tasks.idle.disconnect(self._on_idle)


def _import_pages() -> None:
    import bren_desktop.gui.pages.case.page
    import bren_desktop.gui.pages.intake
    import bren_desktop.gui.pages.pool  # noqa: F401
