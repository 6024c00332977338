"""What one cycle does and finds in one space, until it is reported and remembered."""

from __future__ import annotations

from dataclasses import dataclass, field

from bren_desktop.services.share_door import Trouble
from bren_desktop.services.sync_ports import Held
from bren_desktop.sync.format.names import text_id

LARGEST_KEPT = 64 * 1024
"""Bytes of a held file that are kept in the store."""
MOST_HELD = 500
"""Files of a space that are remembered one by one."""


@dataclass
class Notes:
    """Counts, what is held, and what is wrong besides."""

    published: int = 0
    received: int = 0
    missing: set[tuple[bytes, int]] = field(default_factory=set)
    complete: bool = True
    dropped: bool = False
    touched: set[tuple[str, str]] = field(default_factory=set)
    held: dict[str, Held] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def hold(self, item: Held) -> None:
        """Remember a file that waits or is wrong."""
        if item.name in self.held or len(self.held) < MOST_HELD:
            self.held[item.name] = item._replace(data=item.data[:LARGEST_KEPT])
        else:
            self.complete = False

    def say(self, reason: str, where: str, device: bytes = b"", times: int = 1, since_ms: int = 0) -> None:
        """Tell of something wrong in this cycle's report alone."""
        self.troubles.append(Trouble(reason, where, text_id(device) if device else "", times, since_ms))

    def all_troubles(self) -> list[Trouble]:
        """What is wrong, held files too."""
        return [*self.troubles, *map(as_trouble, self.held.values())]


def as_trouble(item: Held) -> Trouble:
    """How a report tells of something held."""
    record = item.data.decode() if item.counter else ""
    return Trouble(item.reason, item.name, text_id(item.device) if item.device else "", 1, item.since_ms, record)
