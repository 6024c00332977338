"""Signed files on their way to the mirror, kept in the transaction that made them: a crash in between loses none."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping

from bren_desktop.services.sync_ports import SyncRows, SyncStore
from bren_desktop.sync.engine.mirror import Mirror

_KEY = "sync/outbox"


def add(rows: SyncRows, files: Mapping[str, bytes]) -> None:
    """Keep `files`, by their path on the share, in the order in which they must arrive."""
    waiting = {**_waiting(rows), **files}
    rows.set_local(_KEY, json.dumps({path: b64encode(data).decode() for path, data in waiting.items()}))


def flush(store: SyncStore, mirror: Mirror) -> None:
    """Bring everything that waits to the mirror; what is there already is well."""
    with store.look() as rows:
        waiting = _waiting(rows)
    if not waiting:
        return
    for path, data in waiting.items():
        mirror.keep(path, data)
    with store.sync() as rows:
        rest = {path: data for path, data in _waiting(rows).items() if path not in waiting}
        rows.set_local(_KEY, json.dumps({path: b64encode(data).decode() for path, data in rest.items()}))


def _waiting(rows: SyncRows) -> dict[str, bytes]:
    kept: dict[str, str] = json.loads(rows.local(_KEY) or "{}")
    return {path: b64decode(data) for path, data in kept.items()}
