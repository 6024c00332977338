"""Founding a profile: a mark in its folder from the first file until the last, so that one broken off can be told.

Nobody has seen the recovery code of such a profile and nothing was ever kept in it. What it left is put aside, never
removed, when the next one is founded. Imports nothing heavy: the window asks this before it opens anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bren_desktop.storage.lock import ProfileLock

MARK = "founding.lock"
ASIDE = "unfinished"
_PROFILE_LOCK = "profile.lock"
_PRESENT = ("keys.json", "keys.json.previous", "store.db")
_PARTS = (*_PRESENT, "keys.json.new", "keys.json.previous.new", "store.db-wal", "store.db-shm")


REPORTED_LOST = "reported-lost"
"""A mark: this laptop was reported lost and the key of the profile is gone. Another profile may take its place."""


def is_present(folder: Path) -> bool:
    """Whether `folder` holds a profile that was founded to the end, whole or damaged."""
    return _holds(folder, _PRESENT) and not (folder / MARK).exists()


@contextmanager
def founding(folder: Path, aside: str = ASIDE) -> Iterator[None]:
    """What happens inside founds a profile in `folder`; it counts once the block ends well.

    What lies there is moved to the folder `aside` in it.
    """
    mark = folder / MARK
    lock = ProfileLock(mark)
    try:
        _put_aside(folder, aside)
        yield
    except BaseException:
        lock.release()
        if not _holds(folder, _PARTS):
            mark.unlink()
        raise
    lock.release()
    mark.unlink()


def _holds(folder: Path, names: tuple[str, ...]) -> bool:
    return any((folder / name).exists() for name in names)


def _put_aside(folder: Path, aside: str) -> None:
    """Move what a broken-off founding left; whoever is still busy with it holds the lock of the profile."""
    left = [folder / name for name in _PARTS if (folder / name).exists()]
    if not left:
        return
    lock = ProfileLock(folder / _PROFILE_LOCK)
    try:
        (folder / aside).mkdir(mode=0o700, exist_ok=True)
        for path in left:
            path.replace(folder / aside / path.name)
    finally:
        lock.release()
