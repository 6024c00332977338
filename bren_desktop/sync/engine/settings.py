"""What sync remembers of a space between cycles: one row of the store, read whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum, auto

from bren_desktop.services.sync_ports import SyncRows

_KEY = "sync/space/"


class Setting(StrEnum):
    """What is remembered, each as a text."""

    AGAIN = auto()
    DIVERGED = auto()
    DUE = auto()
    ERASED = auto()
    FORMER = auto()
    GONE = auto()
    JUDGED = auto()
    LOST = auto()
    OVERTAKEN = auto()
    PACKED = auto()
    PEERS = auto()
    RENEWED = auto()
    REVIEWED = auto()
    SEALED = auto()
    THERE = auto()


Settings = Mapping[Setting, str]


def read(rows: SyncRows, space: str) -> Settings:
    """What is remembered of a space; nothing is empty."""
    kept: dict[str, str] = json.loads(rows.local(_KEY + space) or "{}")
    return {one: kept.get(one, "") for one in Setting}


def write(rows: SyncRows, space: str, changed: Settings) -> None:
    """Remember something else."""
    before = read(rows, space)
    after = {**before, **changed}
    if after != before:
        rows.set_local(_KEY + space, json.dumps({name: value for name, value in sorted(after.items()) if value}))
