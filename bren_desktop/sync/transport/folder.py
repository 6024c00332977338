"""A share that is a folder: local, UNC or a mapped drive.

What is no plain file or folder (a link, a pipe, a junction) is not there, though its name is taken. A draft, a file
under its temporary name, is not there yet.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_bytes

from bren_desktop.sync.transport import disk_errors, safe_paths
from bren_desktop.sync.transport.share import (
    AbsentError,
    AwayError,
    BusyError,
    Entry,
    Listing,
    RefusedError,
    ShareError,
    TakenError,
)
from bren_desktop.sync.transport.windows_files import (
    Patience,
    Wait,
    is_placeholder,
    is_plain_file,
    is_plain_folder,
    long_name,
)

_CHUNK = 1024 * 1024
_PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0) | getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | _PLAIN | getattr(os, "O_NONBLOCK", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN


class FolderShare:
    """The six verbs over the folder `root`, which must exist and is never made.

    `mark` names the laptop for as long as its profile lives: drafts that it left behind in a crash are taken away when
    their folder is listed. Without one only those of this object are.
    """

    def __init__(self, root: Path, mark: str | None = None, wait: Wait | None = None) -> None:
        absolute = str(root.absolute())
        self._root = Path(long_name(absolute) if sys.platform == "win32" else absolute)
        self._was_mounted = os.path.ismount(self._root)
        self._patient = Patience(wait)
        self._names_drafts = True
        own = token_bytes(16) if mark is None else mark.encode()
        self._mark = hashlib.sha256(b"bren/draft/v1" + own).digest()[:4]

    def list(self, folder: str) -> Listing:
        """Everything directly in `folder`, complete or not at all."""
        with self._telling():
            place = self._folder(safe_paths.parts(folder))
            if not folder:
                self._need_root()
            return self._patient(lambda: self._listing(place))

    def read(self, path: str, limit: int) -> bytes:
        """The first `limit` bytes of a file. A placeholder is busy: it is not fetched."""
        with self._telling():
            place, found = self._file(path)
            if is_placeholder(found):
                raise BusyError("placeholder")
            return self._patient(lambda: _start(place, limit))

    def put_new(self, path: str, data: bytes) -> None:
        """Keep `data` under a new name: written as a draft, flushed, and only then named."""
        *folders, name = safe_paths.parts_of_file(path)
        with self._telling(absent=BusyError):
            target = self._made(folders) / name
            if os.path.lexists(target):
                raise TakenError("taken")
            if not (self._names_drafts and self._put_named(target, data)):
                self._patient(lambda: _write(target, data))
            _flush_folder(target.parent)

    def exists(self, path: str) -> bool:
        """Whether there is a file of that name."""
        try:
            self.stat(path)
        except AbsentError:
            return False
        return True

    def stat(self, path: str) -> int:
        """Its size in bytes."""
        with self._telling():
            return self._file(path)[1].st_size

    def trash(self, path: str) -> None:
        """Take one file away for good."""
        with suppress(AbsentError), self._telling():
            place, _ = self._file(path)
            self._patient(place.unlink)
            _flush_folder(place.parent)

    @contextmanager
    def _telling(self, absent: type[ShareError] = AbsentError) -> Iterator[None]:
        """Turn what the system says into what it means for the share. What is not there may be a share that went."""
        try:
            yield
        except (AbsentError, OSError) as error:
            told = error if isinstance(error, AbsentError) else disk_errors.failure(error)
            if isinstance(told, AbsentError | BusyError):
                self._need_root()
            raise (absent(*told.args) if isinstance(told, AbsentError) else told) from None

    def _need_root(self) -> None:
        try:
            there = is_plain_folder(self._root.stat()) and os.path.ismount(self._root) >= self._was_mounted
        except OSError:
            there = False
        if not there:
            raise AwayError("no folder") from None

    def _folder(self, folders: Sequence[str]) -> Path:
        place = self._root
        for name in folders:
            place /= name
            if not is_plain_folder(place.lstat()):
                raise AbsentError("no folder")
        return place

    def _file(self, path: str) -> tuple[Path, os.stat_result]:
        *folders, name = safe_paths.parts_of_file(path)
        place = self._folder(folders) / name
        found = self._patient(place.lstat)
        if not is_plain_file(found):
            raise AbsentError("no file")
        return place, found

    def _listing(self, place: Path) -> Listing:
        files, folders = [], []
        with os.scandir(place) as entries:
            for entry in entries:
                if safe_paths.is_draft(entry.name):
                    self._tidy(entry)
                elif safe_paths.is_safe(entry.name):
                    found = _found(entry)
                    if found and is_plain_file(found):
                        files.append(Entry(entry.name, found.st_size))
                    elif found and is_plain_folder(found):
                        folders.append(entry.name)
        return Listing(tuple(sorted(files)), tuple(sorted(folders)))

    def _tidy(self, draft: os.DirEntry[str]) -> None:
        if draft.name[:7] == safe_paths.draft(self._mark, bytes(13))[:7]:
            _forget(Path(draft.path))

    def _made(self, folders: Sequence[str]) -> Path:
        """The folder of that path, with those that were missing."""
        self._need_root()
        place = self._root
        for name in folders:
            above, place = place, place / name
            try:
                found = place.lstat()
            except FileNotFoundError:
                found = _new_folder(above, place)
            if not is_plain_folder(found):
                raise RefusedError("the name of a folder is taken")
        return place

    def _put_named(self, target: Path, data: bytes) -> bool:
        """Write a draft and give it its name; False where this folder lets nobody do so, which is remembered."""
        draft = target.with_name(safe_paths.draft(self._mark, token_bytes(13)))
        try:
            self._patient(lambda: _write(draft, data))
            return self._named(draft, target)
        finally:
            _forget(draft)

    def _named(self, draft: Path, target: Path) -> bool:
        try:
            self._patient(lambda: _name(draft, target))
        except OSError as error:
            if not disk_errors.forbids_renaming(error):
                raise
            self._names_drafts = False
        return self._names_drafts


def _name(draft: Path, target: Path) -> None:
    """Give a draft its name, unless that is taken."""
    if sys.platform == "win32":
        draft.rename(target)
    else:
        os.link(draft, target, follow_symlinks=False)


def _new_folder(above: Path, place: Path) -> os.stat_result:
    with suppress(FileExistsError):
        place.mkdir()
        _flush_folder(above)
    return place.lstat()


def _start(place: Path, limit: int) -> bytes:
    """The first bytes of a file, asked for in one go: a large one is then in memory once."""
    file = os.open(place, _READ)
    try:
        found = os.fstat(file)
        if not is_plain_file(found):
            raise AbsentError("no file")
        chunks, piece = [], max(found.st_size, _CHUNK)
        while limit > 0 and (chunk := os.read(file, min(limit, piece))):
            chunks.append(chunk)
            limit, piece = limit - len(chunk), _CHUNK
        return b"".join(chunks)
    finally:
        os.close(file)


def _write(place: Path, data: bytes) -> None:
    """Make a new file of `data`, on the disk when this returns; what could not be completed is taken away."""
    file = os.open(place, _CREATE, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest[:_CHUNK]) :]
        os.fsync(file)
    except OSError:
        os.close(file)
        _forget(place)
        raise
    os.close(file)


def _flush_folder(place: Path) -> None:
    """Put the names in a folder on the disk, where the system knows how."""
    if sys.platform != "win32":
        with suppress(OSError):
            folder = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _forget(draft: Path) -> None:
    with suppress(OSError):
        draft.unlink()


def _found(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
