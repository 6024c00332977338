"""The knowledge in force in one store: that of the program, until its network changed something."""

from __future__ import annotations

from bren_desktop.services.knowledge import Knowledge, shipped_knowledge
from bren_desktop.services.ports import Reader


class Knowing:
    """Follows the store; what it last found can be asked for without reading."""

    def __init__(self, start: Knowledge | None = None) -> None:
        self._start = start

    @property
    def last(self) -> Knowledge:
        """What was in force when the store was last looked into."""
        return self._start or shipped_knowledge()

    def now(self, _: Reader) -> Knowledge:
        """What is in force now."""
        return self.last
