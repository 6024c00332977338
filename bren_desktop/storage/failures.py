"""The one place where SQLite's error codes and the system's become sentences that a user can act on."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2
from sqlalchemy.exc import DBAPIError

from bren_desktop.errors import DamagedStoreError, DiskFullError, NoWriteAccessError, StoreInUseError, UserFacingError

_BUSY, _LOCKED, _READONLY, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 11, 13, 14, 26
_IOERR_WRITES = frozenset({778, 1034, 1546, 4874})
"""Write, fsync, truncate and growing the shared-memory file: the medium takes nothing more (a quota, too)."""
_IOERR = 10
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


@contextmanager
def explained() -> Iterator[None]:
    """Raise the user-facing error for a known failure of the file or the disk; a bug passes as it is."""
    try:
        yield
    except DBAPIError as error:
        _raise_known(error.orig)
        raise
    except sqlcipher3.dbapi2.Error as error:
        _raise_known(error)
        raise
    except OSError as error:
        known = _BY_ERRNO.get(error.errno or 0)
        if known:
            raise known() from error
        raise


def _raise_known(error: BaseException | None) -> None:
    code = getattr(error, "sqlite_errorcode", 0)
    known = DiskFullError if code in _IOERR_WRITES else _BY_CODE.get(code & 0xFF)
    if known:
        raise known() from error
