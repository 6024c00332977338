"""Failed attempts to unlock a profile: noted beside the store, which is closed then, until somebody gets in."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from bren_desktop.wiring import places

_MOST = 200
"""What is kept: more says nothing new, and whoever tries a thousand times must not fill the disk."""


def note(folder: Path, at_ms: int) -> None:
    """Note an attempt. A folder that cannot be written to is told of elsewhere."""
    with suppress(OSError):
        kept = [*_read(folder), at_ms][-_MOST:]
        (folder / places.ATTEMPTS).write_text("".join(f"{each}\n" for each in kept), "ascii")


def take(folder: Path) -> list[int]:
    """The attempts since the last time, oldest first; they are forgotten here."""
    found = _read(folder)
    with suppress(OSError):
        (folder / places.ATTEMPTS).unlink(missing_ok=True)
    return found


def _read(folder: Path) -> list[int]:
    try:
        lines = (folder / places.ATTEMPTS).read_text("ascii", errors="replace").splitlines()
    except OSError:
        return []
    return [int(line) for line in lines if line.isdecimal() and line.isascii() and len(line) <= len(str(2**47))]
