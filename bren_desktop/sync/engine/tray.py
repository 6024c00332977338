"""The review tray: what devices wrote beyond their cut, and on branches that do not stand; kept, never trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.sync.engine import settings
from bren_desktop.sync.engine.branch import Branch
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format.names import text_id


def hold_late(place: Place, branches: Mapping[bytes, Branch]) -> None:
    """Hold what lies beyond the cuts, and say where somebody wrote twice under one number or in no known form."""
    done = _read(place.setting(Setting.REVIEWED))
    for device, stands in branches.items():
        chain = place.shelf.chain(device)
        if stands.fork:
            place.hold(chain.path(stands.fork), "fork", device)
        first = max(stands.last, done.get(text_id(device), 0)) + 1
        for seq in chain.from_seq(first):
            place.hold(chain.path(seq), "late", device)
    for device, seq in place.broken.items():
        place.hold(place.shelf.chain(device).path(seq), "malformed", device)


def reviewed(rows: SyncRows, space: str) -> Mapping[str, int]:
    """Up to which seq the tray of each device was taken in by somebody."""
    return _read(settings.read(rows, space)[Setting.REVIEWED])


def _read(kept: str) -> Mapping[str, int]:
    found: dict[str, int] = json.loads(kept or "{}")
    return found


def mark_reviewed(rows: SyncRows, space: str, device: bytes, seq: int) -> None:
    """What lies in the tray of a device up to `seq` was taken in."""
    done = json.dumps({**reviewed(rows, space), text_id(device): seq})
    settings.write(rows, space, {Setting.REVIEWED: done})
