"""One program per profile: a lock of the operating system, gone the moment its process is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bren_desktop.errors import StoreInUseError


class ProfileLock:
    """Holds `path` from the moment it is made until `release`."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            raise StoreInUseError from error

    def release(self) -> None:
        if self._file >= 0:
            os.close(self._file)
        self._file = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
