"""What lies where in a profile folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bren_desktop.storage.founding import REPORTED_LOST

MIRROR = "mirror"
"""Our own copy of what lies on the share."""
DROPPED = REPORTED_LOST
RESTORED = "restored"
"""A mark: a backup was put back and has not been opened yet."""
REPLACED = "replaced"
"""The profile that was here before a backup took its place, until that was opened."""
COMING = "restoring"
"""A backup that is being unpacked."""
ATTEMPTS = "attempts"
"""When somebody failed to unlock it since the last time that it was opened."""
_OURS = (
    *("store.db*", "keys.json*", "erased.json*", "backup.part*", "bren.log*", "unfinished/*", RESTORED, ATTEMPTS),
    *(f"{REPLACED}/*", f"{COMING}/*"),
)


def of_a_profile(folder: Path) -> Iterator[Path]:
    """The files of a profile, besides locks that may be held and the mirror."""
    for pattern in _OURS:
        yield from list(folder.glob(pattern))
