"""The one place where SQLite's error codes and the system's become sentences that a user can act on."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2
from sqlalchemy.exc import DBAPIError

from bren_desktop.errors import DamagedStoreError, DiskFullError, NoWriteAccessError, StoreInUseError, UserFacingError

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_BY_CODE: dict[int, Callable[[], UserFacingError]] = {
    _BUSY: StoreInUseError,
    _LOCKED: StoreInUseError,
    _READONLY: NoWriteAccessError,
    _CANTOPEN: NoWriteAccessError,
    _CORRUPT: DamagedStoreError,
    _NOTADB: DamagedStoreError,
    _FULL: DiskFullError,
    _IOERR: DamagedStoreError,
}
_BY_ERRNO: dict[int, Callable[[], UserFacingError]] = {
    errno.ENOSPC: DiskFullError,
    errno.EDQUOT: DiskFullError,
    errno.EFBIG: DiskFullError,
    errno.EACCES: NoWriteAccessError,
    errno.EPERM: NoWriteAccessError,
    errno.EROFS: NoWriteAccessError,
}
_ROOM = 1 << 20
"""What the files beside an open store need at least: reading makes them too."""


@contextmanager
def explained(folder: Path, *, writing: bool = False) -> Iterator[None]:
    """Raise the user-facing error for a known failure of the file or the disk; a bug passes as it is.

    The driver tells input from output no further: while writing, or where the disk of `folder` has no room left, an
    error there is a quota or a medium that is full.
    """
    try:
        yield
    except DBAPIError as error:
        _raise_known(error.orig, folder, writing)
        raise
    except sqlcipher3.dbapi2.Error as error:
        _raise_known(error, folder, writing)
        raise
    except OSError as error:
        known = _BY_ERRNO.get(error.errno or 0)
        if known:
            raise known() from error
        raise


def _raise_known(error: BaseException | None, folder: Path, writing: bool) -> None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    full = code == _IOERR and (writing or _is_full(folder))
    known = DiskFullError if full else _BY_CODE.get(code)
    if known:
        raise known() from error


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _ROOM
    except OSError:
        return False
