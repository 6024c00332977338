"""What sync remembers of a space between cycles, by name: settings of the store that only sync reads."""

from __future__ import annotations

from enum import Enum


class Setting(Enum):
    """The name of a setting; every space has its own."""

    DIVERGED = "sync/diverged/"
    DUE = "sync/due/"
    GONE = "sync/gone/"
    JUDGED = "sync/judged/"
    OVERTAKEN = "sync/overtaken/"
    PACKED = "sync/packed/"
    PEERS = "sync/peers/"
    RENEWED = "sync/renewed/"
    REVIEWED = "sync/reviewed/"
    SEALED = "sync/sealed/"
    SEALING = "sync/sealing/"
    THERE = "sync/there/"

    def of(self, space: str) -> str:
        """The key under which the store keeps it."""
        return self.value + space
