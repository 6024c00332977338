"""`keys.json` and `keys.json.previous` of a profile folder: read with a fallback, replace without a moment of loss.

Between two changes both files are equal, so that an old passphrase does not live on in the previous one.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bren_desktop.errors import DamagedKeyFileError, InvalidInputError, NewerStoreError
from bren_desktop.keystore import disk
from bren_desktop.keystore.document import MOST_BYTES, DamagedError, KeyFile, NewerError, parse

NAME = "keys.json"
PREVIOUS = "keys.json.previous"

_log = logging.getLogger(__name__)


def exists(folder: Path) -> bool:
    """Whether the folder holds a key file, or at least its previous copy."""
    with _told():
        return any((folder / name).exists() for name in (NAME, PREVIOUS))


def candidates(folder: Path) -> Iterator[KeyFile]:
    """The current key file and then the previous one, as far as they are sound.

    The caller goes on to the next only when the MAC of the first does not hold; a newer file ends the search.
    """
    for name in (NAME, PREVIOUS):
        try:
            yield parse(disk.read_small(folder / name, MOST_BYTES))
        except NewerError as error:
            raise NewerStoreError from error
        except (DamagedError, OSError) as error:
            _log.warning("%s: %s", name, type(error).__name__)


def first(folder: Path) -> KeyFile:
    """The key file to show or ask about before anything opened it."""
    for file in candidates(folder):
        return file
    raise DamagedKeyFileError


def signed_by(folder: Path, key: bytes) -> KeyFile:
    """The key file that a holder of this key wrote."""
    for file in candidates(folder):
        if file.is_signed_by(key):
            return file
    raise DamagedKeyFileError


def create(folder: Path, file: KeyFile) -> None:
    """Write the first key file of a folder, and its copy."""
    with _told():
        _make_folder(folder)
        disk.replace_file(folder / NAME, file.to_bytes())
    mend(folder, file)


def replace(folder: Path, old: KeyFile, new: KeyFile) -> None:
    """Put `new` in force; until that is done, `old` stands as the previous file."""
    with _told():
        _put(folder / PREVIOUS, old.to_bytes())
        disk.replace_file(folder / NAME, new.to_bytes())
    mend(folder, new)


def remove(folder: Path) -> None:
    """Take away the key file and its copies."""
    with _told():
        for path in (folder / NAME, folder / PREVIOUS):
            disk.discard_unfinished(path)
            disk.patiently(partial(path.unlink, missing_ok=True))


def mend(folder: Path, file: KeyFile) -> None:
    """Make both files equal to the one that opened; a failure is left for the next opening."""
    with contextlib.suppress(OSError):
        for name in (NAME, PREVIOUS):
            _put(folder / name, file.to_bytes())
            disk.discard_unfinished(folder / name)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise InvalidInputError("Op deze plek staat een bestand, geen map. Kies een andere map.") from error


def _put(path: Path, data: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):
        if disk.read_small(path, MOST_BYTES) == data:
            return
    disk.replace_file(path, data)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        told = disk.as_told(error)
        raise told from (error if told is not error else None)
