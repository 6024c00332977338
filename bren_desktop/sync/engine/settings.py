"""What sync remembers of a space between cycles: one row of the store, read whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum, auto

from bren_desktop.services.sync_ports import HeldSpace, SyncRows

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
    NAMED = auto()
    OVERTAKEN = auto()
    PACKED = auto()
    PEERS = auto()
    RENEWED = auto()
    REVIEWED = auto()
    SEALED = auto()
    STOOD = auto()
    THERE = auto()


Settings = Mapping[Setting, str]


def read(rows: SyncRows, space: str) -> Settings:
    """What is remembered of a space; nothing is empty."""
    kept: dict[str, str] = json.loads(rows.local(_KEY + space) or "{}")
    return {one: kept.get(one, "") for one in Setting}


def box_seeds(space: HeldSpace, kept: Settings) -> Mapping[bytes, bytes]:
    """What opens our boxes, by device: also by those that we were, as nobody may box to us again."""
    former = json.loads(kept.get(Setting.FORMER) or "{}")
    return {bytes.fromhex(one): bytes.fromhex(seed) for one, seed in former.items()} | {space.device: space.box_seed}


def as_former(seeds: Mapping[bytes, bytes]) -> str:
    """These devices, as the setting FORMER has them."""
    return json.dumps({device.hex(): seed.hex() for device, seed in seeds.items()})


def write(rows: SyncRows, space: str, changed: Settings) -> None:
    """Remember something else."""
    before = read(rows, space)
    after = {**before, **changed}
    if after != before:
        rows.set_local(_KEY + space, json.dumps({name: value for name, value in sorted(after.items()) if value}))
