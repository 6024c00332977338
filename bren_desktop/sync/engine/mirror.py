"""The mirror: our own byte-identical copy of what we verified on the share, behind the same six verbs.

Its names are canonical. What is here under another one is not ours, and a file whose bytes are not what its name says
is spoilt: it is dropped when it is read, and fetched anew. Listings are remembered: who writes here uses this object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from bren_desktop.sync.format import names
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.transport.share import AbsentError, RefusedError, Share, ShareError, TakenError

MOST_REPAIRS = 9
"""Names of one file that may be taken by other bytes before we give up for this cycle."""


class NoNameError(ShareError):
    """Every name that a file could have is taken by other bytes."""


class MirrorError(ShareError):
    """Our own disk does not let us read or keep a file."""

    reason = "mirror"


def put_somewhere(share: Share, path: str, data: bytes) -> tuple[str, bool]:
    """Have `data` under `path`, or under a repair name where other bytes took that; where, and whether it was put."""
    for times in range(MOST_REPAIRS + 1):
        name = names.repaired(path, times) if times else path
        try:
            share.put_new(name, data)
        except TakenError:
            if lies_there(share, name, data):
                return name, False
        else:
            return name, True
    raise NoNameError("taken")


def lies_there(share: Share, path: str, data: bytes) -> bool:
    """Whether just `data` lies under `path`; what we may not read is no use."""
    try:
        return share.read(path, len(data) + 1) == data
    except (AbsentError, RefusedError):
        return False


class Mirror:
    """Files by path, with what each folder holds in memory."""

    def __init__(self, share: Share) -> None:
        self._share = share
        self._files: dict[str, dict[str, int]] = {}
        self._folders: dict[str, set[str]] = {}
        self._changes: dict[str, int] = {}
        self.spoilt: set[str] = set()
        """The files that the disk spoilt or lost, until they are kept anew."""
        self.losses = 0
        """How often such a file was met."""

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
        self.spoilt.discard(path)
        return kept

    def read(self, path: str) -> bytes:
        """The whole file. Raises AbsentError, also for one that the disk spoilt or lost."""
        folder, _, name = path.rpartition("/")
        size = self.files(folder).get(name)
        if size is None:
            raise AbsentError("unknown")
        data = b""
        with suppress(AbsentError), self._or_look_again(path):
            data = self._share.read(path, size + 1)
        if names.fits(path, digest_of(data)):
            return data
        self.drop(path)
        self.spoilt.add(path)
        self.losses += 1
        raise AbsentError("spoilt")

    def holds(self, path: str, data: bytes) -> bool:
        """Whether the file is `data`, without hashing what is the same. Raises AbsentError as `read` does."""
        with self._or_look_again(path):
            same = lies_there(self._share, path, data)
        return same or self.read(path) == data

    def size(self, path: str) -> int:
        """How many bytes a file has; 0 for one that is not here."""
        folder, _, name = path.rpartition("/")
        return self.files(folder).get(name, 0)

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
            with _own_disk():
                yield
        except BaseException:
            folder = path.rpartition("/")[0]
            self._files.pop(folder, None)
            self._folders.pop(folder.rpartition("/")[0], None)
            raise

    def _look(self, folder: str) -> None:
        try:
            with _own_disk():
                listing = self._share.list(folder)
        except AbsentError:
            self._files[folder], self._folders[folder] = {}, set()
        else:
            self._files[folder] = {name: size for name, size in listing.files if names.parse(f"{folder}/{name}")}
            self._folders[folder] = set(listing.folders)
        self._changed(folder)

    def _add_folder(self, folder: str) -> None:
        above, _, name = folder.rpartition("/")
        if above in self._folders:
            self._folders[above].add(name)

    def _changed(self, folder: str) -> None:
        self._changes[folder] = self._changes.get(folder, 0) + 1


@contextmanager
def _own_disk() -> Iterator[None]:
    """Tell what our disk does from what the share does."""
    try:
        yield
    except (AbsentError, MirrorError):
        raise
    except ShareError as error:
        raise MirrorError(*error.args) from error
