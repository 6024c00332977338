"""Read a small file that anyone may have put there, and replace one so that a crash leaves the old or the new."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bren_desktop.errors import DiskFullError, NoWriteAccessError, StoreInUseError, UserFacingError

T = TypeVar("T")

_SHARING = {32, 33}
_HELD_BY_ANOTHER = {5, *_SHARING}
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FULL_ON_WINDOWS = {39, 112}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FSYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}


def read_small(path: Path, most: int) -> bytes:
    """At most `most` + 1 bytes of a regular file; OSError when it is absent, something else or cannot be read."""
    if not path.is_file():
        raise FileNotFoundError(path.name)
    return patiently(lambda: _read(path, most))


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` at `path` by way of a new file beside it, each step on disk before the next."""
    fresh = _fresh(path)
    discard_unfinished(path)
    _write_new(fresh, data)
    if fresh.read_bytes() != data:
        raise OSError(errno.EIO, "the file does not read back as written")
    patiently(lambda: fresh.replace(path))
    _sync_folder(path.parent)


def discard_unfinished(path: Path) -> None:
    """Take away what a crash during `replace_file` left beside `path`."""
    patiently(lambda: _fresh(path).unlink(missing_ok=True))


def patiently(step: Callable[[], T]) -> T:
    """Do `step`; while a virus scanner or indexer holds the file (Windows only), again for 2.5 seconds in all."""
    for pause in _PAUSES:
        try:
            return step()
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_ANOTHER:
                raise
        time.sleep(pause)  # noqa: TID251 - Windows tells nobody when a scanner lets go of a file
    return step()


def as_told(error: OSError) -> UserFacingError | OSError:
    """What a user is told about a failed write; an error without a known cause stays as it is."""
    windows = getattr(error, "winerror", None)
    if error.errno in _FULL or windows in _FULL_ON_WINDOWS:
        return DiskFullError()
    if windows in _SHARING:
        return StoreInUseError()
    if error.errno in _REFUSED:
        return NoWriteAccessError()
    return error


def _fresh(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most + 1)


def _write_new(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, stat.S_IRUSR | stat.S_IWUSR)
    try:
        _write_all(handle, data)
        _sync(handle)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _sync(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FSYNC:
            raise


def _sync_folder(folder: Path) -> None:
    """Flush the folder's own entry; Windows and many network file systems cannot, which is no failure."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
