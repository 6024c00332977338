"""Writing a file all or nothing: beside its target under a meaningless name, then put in its place."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bren_desktop.errors import DiskFullError, InvalidInputError, NotFoundError, NoWriteAccessError, UserFacingError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_NAME = {errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}


class TargetInUseError(UserFacingError):
    """The file to be replaced is held by another program, as Excel does on Windows."""

    def __init__(self) -> None:
        super().__init__(
            "Het bestand kan niet worden vervangen: het staat open in een ander programma of is een map. Er is niets "
            "veranderd. Sluit het bestand, of kies een andere naam."
        )


class NoFileNameError(InvalidInputError):
    """A name that no file can have here, or none at all."""

    def __init__(self) -> None:
        super().__init__(
            "Zo kan een bestand niet heten: de naam ontbreekt, is te lang of bevat een teken dat niet mag. Er is niets "
            "opgeslagen. Kies een andere naam."
        )


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become `path` when the block ends well, and leave nothing behind when it does not."""
    if not path.name:
        raise NoFileNameError
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _must_be_replaceable(path)
        stream = _created(part)
        try:
            with stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            _put(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _explained(error) from error


def _must_be_replaceable(path: Path) -> None:
    """Find out before anything is filed what would only come out after it."""
    try:
        with path.open("r+b"):
            pass
    except FileNotFoundError:
        pass
    except IsADirectoryError as error:
        raise TargetInUseError from error
    except PermissionError as error:
        if path.exists():
            raise TargetInUseError from error


def _created(part: Path) -> BinaryIO:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(part, flags, 0o600), "wb")


def _put(part: Path, path: Path) -> None:
    try:
        part.replace(path)
    except (PermissionError, IsADirectoryError) as error:
        raise TargetInUseError from error


def _explained(error: OSError) -> UserFacingError:
    if error.errno in _FULL:
        return DiskFullError()
    if error.errno in _NO_NAME:
        return NoFileNameError()
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NotFoundError("De map om in op te slaan bestaat niet. Er is niets opgeslagen. Kies een andere map.")
    return NoWriteAccessError()
