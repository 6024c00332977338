"""What the segments of others say about them: how new their news is, and how much of our own chain they have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.sync.engine import settings
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format.names import byte_id, text_id


class Peer(NamedTuple):
    """`news_ms`: wall time in its newest segment; `has`: the newest seq of our own chain that it names."""

    news_ms: int = 0
    has: int = 0


def peers(rows: SyncRows, space: str) -> Mapping[bytes, Peer]:
    """What is known of every device of a space, by device."""
    return read(settings.read(rows, space)[Setting.PEERS])


def read(setting: str) -> Mapping[bytes, Peer]:
    """What a setting says of every device."""
    kept: dict[str, list[int]] = json.loads(setting or "{}")
    return {byte_id(device): Peer(*numbers) for device, numbers in kept.items()}


def keep(rows: SyncRows, space: str, known: Mapping[bytes, Peer]) -> None:
    """Remember what is known."""
    kept = {text_id(device): list(peer) for device, peer in sorted(known.items())}
    settings.write(rows, space, {Setting.PEERS: json.dumps(kept)})
