"""The mirror: our own byte-identical copy of what we verified on the share, behind the same six verbs.

Its names are canonical, so they may be believed. Listings are remembered: whoever writes here uses this object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bren_desktop.sync.format.names import repaired
from bren_desktop.sync.transport.share import AbsentError, Share, ShareError, TakenError

MOST_REPAIRS = 99
"""How many names may be taken by other bytes before we give up for this cycle."""


class NoNameError(ShareError):
    """Every name that a file could have is taken by other bytes."""


def put_somewhere(share: Share, path: str, data: bytes) -> tuple[str, bool]:
    """Have `data` under `path`, or under a repair name where other bytes took that; where, and whether it was put."""
    for times in range(MOST_REPAIRS + 1):
        name = repaired(path, times) if times else path
        try:
            share.put_new(name, data)
        except TakenError:
            if lies_there(share, name, data):
                return name, False
        else:
            return name, True
    raise NoNameError("taken")


def lies_there(share: Share, path: str, data: bytes) -> bool:
    """Whether just `data` lies under `path`."""
    try:
        return share.read(path, len(data) + 1) == data
    except AbsentError:
        return False


class Mirror:
    """Files by path, with what each folder holds in memory."""

    def __init__(self, share: Share) -> None:
        self._share = share
        self._files: dict[str, dict[str, int]] = {}
        self._folders: dict[str, set[str]] = {}
        self._changes: dict[str, int] = {}

    def files(self, folder: str) -> Mapping[str, int]:
        """Name and size of what lies in `folder`."""
        if folder not in self._files:
            self._look(folder)
        return self._files[folder]

    def folders(self, folder: str) -> frozenset[str]:
        """The folders directly in `folder`."""
        if folder not in self._folders:
            self._look(folder)
        return frozenset(self._folders[folder])

    def version(self, folder: str) -> int:
        """A number that changes whenever what lies in `folder` does."""
        self.files(folder)
        return self._changes[folder]

    def forget(self, *folders: str) -> None:
        """Look into these folders anew: somebody else may have written there. All of them where none is named."""
        for folder in folders or tuple(self._files):
            before = self._files.pop(folder, None)
            self._folders.pop(folder, None)
            if before is not None and before == self.files(folder):
                self._changes[folder] -= 1

    def has(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        return name in self.files(folder)

    def keep(self, path: str, data: bytes) -> str:
        """Keep `data`, which was verified to belong under `path`; the path where it lies."""
        with self._or_look_again(path):
            kept, _ = put_somewhere(self._share, path, data)
        folder, _, name = kept.rpartition("/")
        if self.files(folder).get(name) != len(data):
            self._files[folder][name] = len(data)
            self._changed(folder)
        self._add_folder(folder)
        return kept

    def read(self, path: str) -> bytes:
        """The whole file. Raises AbsentError."""
        folder, _, name = path.rpartition("/")
        return self._share.read(path, self.files(folder).get(name, 0) + 1)

    def drop(self, path: str) -> None:
        """Forget a file for good."""
        folder, _, name = path.rpartition("/")
        with self._or_look_again(path):
            self._share.trash(path)
        if name in self.files(folder):
            del self._files[folder][name]
            self._changed(folder)

    @contextmanager
    def _or_look_again(self, path: str) -> Iterator[None]:
        """Whatever failed may have been done all the same."""
        try:
            yield
        except BaseException:
            folder = path.rpartition("/")[0]
            self._files.pop(folder, None)
            self._folders.pop(folder.rpartition("/")[0], None)
            raise

    def _look(self, folder: str) -> None:
        try:
            listing = self._share.list(folder)
        except AbsentError:
            self._files[folder], self._folders[folder] = {}, set()
        else:
            self._files[folder], self._folders[folder] = dict(listing.files), set(listing.folders)
        self._changed(folder)

    def _add_folder(self, folder: str) -> None:
        above, _, name = folder.rpartition("/")
        if above in self._folders:
            self._folders[above].add(name)

    def _changed(self, folder: str) -> None:
        self._changes[folder] = self._changes.get(folder, 0) + 1
