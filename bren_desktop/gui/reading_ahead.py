"""Getting ready for the first search, the first case and the first match, and reading what changed, bit by bit.

Nothing of it is waited for, and nobody waits for it: each step holds the store for some milliseconds only.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from bren_desktop.domain.rights import Right, may

if TYPE_CHECKING:
    from bren_desktop.gui.desk import Desk
    from bren_desktop.services.knowing import Knowing
    from bren_desktop.services.workspace import Workspace

PROFILES_AT_ONCE = 5
RECORDS_AT_ONCE = 3
REST_MS = 30
PAINTED_MS = 150
"""So long after its content came the first page stands: a page full of rows takes several frames."""


class ReadingAhead(QObject):
    """Works while the user looks at the first page, and rests between two steps."""

    painted = Signal()
    """The first page stands: what takes processor time may begin."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reads = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rested)

    def start(self) -> None:
        """Begin once the first page has its content and is painted: what is read takes processor time."""
        self._desk.tasks.idle.connect(self._on_first_page, Qt.ConnectionType.SingleShotConnection)
        self._desk.tasks.ask(lambda: None, lambda _: None)

    def stop(self) -> None:
        """Leave the rest unread: the session ends."""
        self._rest.stop()

    def _on_first_page(self) -> None:
        QTimer.singleShot(PAINTED_MS, self, self._on_painted)

    def _on_painted(self) -> None:
        self.painted.emit()
        workspace = self._desk.workspace
        self._desk.tasks.ask(lambda: workspace.search.find(workspace.actor, "a", limit=1), self._on_searched)

    def _on_searched(self, _: object) -> None:
        self._desk.tasks.run(partial(_make_ready, self._desk.workspace.context.knowing), self._on_imported)

    def _on_imported(self, _: None) -> None:
        if may(self._desk.workspace.actor, Right.READ_POOL):
            self._begin()
            self._desk.navigator.records_changed.connect(self._begin)

    def _begin(self) -> None:
        """Read on at every moment of rest, until nothing waits; a change gives something to read again."""
        if not self._reads:
            self._reads = True
            self._desk.tasks.idle.connect(self._on_idle)

    def _on_idle(self) -> None:
        """Rest anew after every answer, those that the user waited for too: who types fast is not held up."""
        self._rest.start()

    def _on_rested(self) -> None:
        self._desk.tasks.ask(partial(_read, self._desk.workspace), self._on_read)

    def _on_read(self, waiting: int) -> None:
        if not waiting:
            self._reads = False
            self._desk.tasks.idle.disconnect(self._on_idle)


def _read(workspace: Workspace) -> int:
    """Read a few profiles for matching, then a few records for search, then words for typing errors; how many wait."""
    waiting = workspace.matching.warm(workspace.actor, PROFILES_AT_ONCE)
    waiting = waiting or workspace.understanding.catch_up(workspace.actor, RECORDS_AT_ONCE)
    if not waiting:
        workspace.search.warm(workspace.actor)
    return waiting


def _make_ready(knowing: Knowing) -> None:
    """What the first case and the first typing error would have to wait for."""
    knowing.last.make_ready()
    import rapidfuzz.process  # noqa: F401

    import bren_desktop.gui.pages.case.page
    import bren_desktop.gui.pages.intake
    import bren_desktop.gui.pages.pool  # noqa: F401
