"""Stores as copies of a file that is made once in a process: a copy costs a third of a new one, and is a test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bren_desktop.services.ports import Clock
from bren_desktop.storage.store import FILE, EncryptedStore

Fill = Callable[[EncryptedStore], object]
_MADE: dict[tuple[bytes, str], bytes] = {}


def empty_store(folder: Path, key: bytes, *, clock: Clock, laptop: int = 0) -> EncryptedStore:
    """A store in `folder` that nothing was written in; each `laptop` has device ids of its own."""
    return copied_store(folder, key, f"laptop {laptop}", lambda store: None, clock=clock)


def copied_store(folder: Path, key: bytes, name: str, fill: Fill, *, clock: Clock) -> EncryptedStore:
    """A store in `folder` as `fill` left the first one of that `name`."""
    if (key, name) not in _MADE:
        store = EncryptedStore.create(folder, key, clock=clock)
        fill(store)
        store.close()
        _MADE[key, name] = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(_MADE[key, name])
    return EncryptedStore.open(folder, key, clock=clock)
