"""The mirror: our own byte-identical copy of what we verified on the share, behind the same six verbs.

Its names are canonical, so they may be believed. Nothing else writes log folders here; listings are remembered.
"""

from __future__ import annotations

from collections.abc import Mapping

from bren_desktop.sync.share import AbsentError, Share, ShareError, TakenError

MOST_REPAIRS = 99
"""How many names may be taken by other bytes before we give up for this cycle."""


def repair_name(path: str, times: int) -> str:
    """`path` with `-r<times>` before its extension; as it is for 0."""
    stem, dot, extension = path.rpartition(".")
    return f"{stem}-r{times}{dot}{extension}" if times else path


class NoNameError(ShareError):
    """Every name that a file could have is taken by other bytes."""


def put_somewhere(share: Share, path: str, data: bytes) -> tuple[str, bool]:
    """Have `data` under `path`, or under a repair name where others bytes took that; where, and whether it was put."""
    for times in range(MOST_REPAIRS + 1):
        name = repair_name(path, times)
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
        self._changes: dict[str, int] = {}

    def files(self, folder: str) -> Mapping[str, int]:
        """Name and size of what lies in `folder`."""
        if folder not in self._files:
            try:
                self._files[folder] = dict(self._share.list(folder).files)
            except AbsentError:
                self._files[folder] = {}
            self._changed(folder)
        return self._files[folder]

    def folders(self, folder: str) -> tuple[str, ...]:
        """The folders directly in `folder`."""
        try:
            return self._share.list(folder).folders
        except AbsentError:
            return ()

    def version(self, folder: str) -> int:
        """A number that changes whenever what lies in `folder` does."""
        self.files(folder)
        return self._changes[folder]

    def forget(self, *folders: str) -> None:
        """Look into these folders anew: somebody else may have written there. All of them where none is named."""
        for folder in folders or tuple(self._files):
            self._files.pop(folder, None)

    def has(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        return name in self.files(folder)

    def keep(self, path: str, data: bytes) -> str:
        """Keep `data`, which was verified to belong under `path`; the path where it lies."""
        kept, _ = put_somewhere(self._share, path, data)
        folder, _, name = kept.rpartition("/")
        if self.files(folder).get(name) != len(data):
            self._files[folder][name] = len(data)
            self._changed(folder)
        return kept

    def read(self, path: str) -> bytes:
        """The whole file. Raises AbsentError."""
        folder, _, name = path.rpartition("/")
        return self._share.read(path, self.files(folder).get(name, 0) + 1)

    def drop(self, path: str) -> None:
        """Forget a file for good."""
        folder, _, name = path.rpartition("/")
        self._share.trash(path)
        if self.files(folder) and self._files[folder].pop(name, None) is not None:
            self._changed(folder)

    def _changed(self, folder: str) -> None:
        self._changes[folder] = self._changes.get(folder, 0) + 1
