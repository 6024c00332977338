"""A share in memory that can lie: one store, and for each laptop a view of its own with its own troubles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeVar

from bren_desktop.sync.transport import safe_paths
from bren_desktop.sync.transport.share import (
    AbsentError,
    AwayError,
    BusyError,
    Entry,
    Listing,
    RefusedError,
    Share,
    ShareError,
    TakenError,
)

Result = TypeVar("Result")


class MemoryStore:
    """The files, and what who runs the share can do to them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.ever: dict[str, list[bytes]] = {}
        """Every content that each path ever had, oldest first."""

    def view(self) -> MemoryShare:
        """A share over this store, honest until told otherwise."""
        return MemoryShare(self)

    def snapshot(self) -> dict[str, bytes]:
        """All files as they are now."""
        return dict(self.files)

    def paths(self, end: str = "") -> list[str]:
        """The paths with this ending, sorted."""
        return sorted(path for path in self.files if path.endswith(end))

    def put(self, path: str, data: bytes) -> None:
        """Put any bytes under any name, over what was there: junk, a swap, half a file."""
        self.files[path] = data
        self.ever.setdefault(path, []).append(data)

    def flip(self, path: str, bit: int = 0) -> None:
        """Turn one bit over; bits are counted round."""
        data = bytearray(self.files[path])
        if data:
            data[bit // 8 % len(data)] ^= 1 << bit % 8
        self.put(path, bytes(data))

    def truncate(self, path: str, size: int) -> None:
        self.put(path, self.files[path][:size])

    def delete(self, path: str) -> None:
        self.files.pop(path, None)

    def move(self, path: str, to: str) -> None:
        self.put(to, self.files.pop(path))

    def swap(self, one: str, other: str) -> None:
        """Give two files each other's content."""
        first, second = self.files[one], self.files[other]
        self.put(one, second)
        self.put(other, first)

    def replay(self, path: str, version: int = 0) -> None:
        """Bring back what once lay under a path."""
        self.put(path, self.ever[path][version])

    def roll_back(self, snapshot: dict[str, bytes]) -> None:
        """Bring the whole share back to an earlier day."""
        self.files = dict(snapshot)

    def conflict(self, path: str, host: str = "LAPTOP7") -> str:
        """A copy under the name that a synchronising program gives it; the copy's path."""
        stem, dot, extension = path.rpartition(".")
        return self._copied(path, f"{stem}-{host}{dot}{extension}")

    def upper(self, path: str) -> str:
        """A copy under a name that differs in case only; the copy's path."""
        folder, slash, name = path.rpartition("/")
        return self._copied(path, f"{folder}{slash}{name.upper()}")

    def _copied(self, path: str, copy: str) -> str:
        self.put(copy, self.files[path])
        return copy


@dataclass
class Troubles:
    """What goes wrong for one laptop; all of it at once where asked."""

    away: bool = False
    """Nothing can be reached."""
    full: bool = False
    """Nothing can be put: a quota, a full disk, no rights."""
    busy: set[str] = field(default_factory=set)
    """Paths that another program holds: no reading, no deleting."""
    placeholders: set[str] = field(default_factory=set)
    """Paths that are listed with their size and cannot be read."""
    hidden: set[str] = field(default_factory=set)
    """Paths, or starts of paths, that listings leave out; a read finds them."""
    unseen: set[str] = field(default_factory=set)
    """Paths, or starts of paths, of others that nothing finds yet: delayed visibility. Putting finds them taken."""
    reordered: bool = False
    """Listings run backwards."""
    sizeless: bool = False
    """Listings do not know sizes."""
    stale: dict[str, bytes] | None = None
    """An earlier snapshot that listings still show."""
    torn: bool = False
    """The next file put keeps only its first half, under its final name, and the connection is gone."""
    conflicting: bool = False
    """The next file put appears a second time under a name with `-LAPTOP7`."""
    doubled: bool = False
    """The next file put appears a second time under a name in upper case."""


class MemoryShare:
    """The six verbs as one laptop sees the store. `calls` counts (verb, folder)."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.troubles = Troubles()
        self.calls: Counter[tuple[str, str]] = Counter()

    def list(self, folder: str) -> Listing:
        self._reached("list", folder)
        shown = self.store.files if self.troubles.stale is None else self.troubles.stale
        start = "/".join((*safe_paths.parts(folder), ""))
        if folder and not any(path.startswith(start) for path in shown):
            raise AbsentError("no folder")
        below = [path for path in shown if path.startswith(start) and not self._is_kept_back(path)]
        files = {Entry(path[len(start) :], self._size(shown[path])) for path in below if "/" not in path[len(start) :]}
        folders = {path[len(start) :].split("/")[0] for path in below if "/" in path[len(start) :]}
        listing = Listing(tuple(sorted(files)), tuple(sorted(folders)))
        return Listing(listing.files[::-1], listing.folders[::-1]) if self.troubles.reordered else listing

    def read(self, path: str, limit: int) -> bytes:
        self._reached("read", path)
        if path in self.troubles.busy | self.troubles.placeholders:
            raise BusyError("held")
        return self._found(path)[:limit]

    def put_new(self, path: str, data: bytes) -> None:
        self._reached("put_new", path)
        if self.troubles.full:
            raise RefusedError("full")
        if path in self._names():
            raise TakenError("taken")
        if any(other in self.store.files for other in _above(path)):
            raise RefusedError("the name of a folder is taken")
        if self.troubles.torn:
            self.troubles.torn = False
            self.store.put(path, data[: len(data) // 2])
            raise AwayError("torn")
        self.store.put(path, bytes(data))
        self._copied_behind_our_back(path)

    def exists(self, path: str) -> bool:
        self._reached("exists", path)
        return path in self.store.files and not _within(path, self.troubles.unseen)

    def stat(self, path: str) -> int:
        self._reached("stat", path)
        return len(self._found(path))

    def trash(self, path: str) -> None:
        self._reached("trash", path)
        if path in self.troubles.busy:
            raise BusyError("held")
        self.store.delete(path)

    def _reached(self, verb: str, path: str) -> None:
        (safe_paths.parts if verb == "list" else safe_paths.parts_of_file)(path)
        self.calls[verb, path if verb == "list" else path.rpartition("/")[0]] += 1
        if self.troubles.away:
            raise AwayError("away")

    def _found(self, path: str) -> bytes:
        if path not in self.store.files or _within(path, self.troubles.unseen):
            raise AbsentError("no file")
        return self.store.files[path]

    def _names(self) -> set[str]:
        """Every name in use, those of folders too."""
        return set(self.store.files) | {folder for path in self.store.files for folder in _above(path)}

    def _is_kept_back(self, path: str) -> bool:
        return safe_paths.is_draft(path.rpartition("/")[2]) or _within(
            path, self.troubles.hidden | self.troubles.unseen
        )

    def _size(self, data: bytes) -> int:
        return -1 if self.troubles.sizeless else len(data)

    def _copied_behind_our_back(self, path: str) -> None:
        if self.troubles.conflicting:
            self.troubles.conflicting = False
            self.store.conflict(path)
        if self.troubles.doubled:
            self.troubles.doubled = False
            self.store.upper(path)


class Moment(Enum):
    """When a call that fails does so."""

    BEFORE = auto()
    """Nothing was done."""
    HALF = auto()
    """A file was put half; other verbs did nothing."""
    AFTER = auto()
    """All was done, and only the answer got lost."""


@dataclass
class Plan:
    """Which calls fail: from the `first` (counted from 1), `times` in a row (None: for ever), with `error`.

    `verbs` are those that count; empty for all.
    """

    first: int
    times: int | None = 1
    moment: Moment = Moment.BEFORE
    error: type[ShareError] = AwayError
    verbs: frozenset[str] = frozenset()
    seen: int = 0

    def is_now(self, verb: str) -> bool:
        """Count one call and say whether it fails."""
        if self.verbs and verb not in self.verbs:
            return False
        self.seen += 1
        return self.first <= self.seen and (self.times is None or self.seen < self.first + self.times)

    def was_reached(self) -> bool:
        """Whether any call failed: a sweep over `first` ends at the first plan that nothing reached."""
        return self.seen >= self.first


class FaultyShare:
    """A share of which calls fail by plan."""

    def __init__(self, inner: Share, plan: Plan) -> None:
        self.inner = inner
        self.plan = plan

    def list(self, folder: str) -> Listing:
        return self._done("list", lambda: self.inner.list(folder))

    def read(self, path: str, limit: int) -> bytes:
        return self._done("read", lambda: self.inner.read(path, limit))

    def put_new(self, path: str, data: bytes) -> None:
        half = data[: len(data) // 2]
        self._done("put_new", lambda: self.inner.put_new(path, data), lambda: self.inner.put_new(path, half))

    def exists(self, path: str) -> bool:
        return self._done("exists", lambda: self.inner.exists(path))

    def stat(self, path: str) -> int:
        return self._done("stat", lambda: self.inner.stat(path))

    def trash(self, path: str) -> None:
        self._done("trash", lambda: self.inner.trash(path))

    def _done(self, verb: str, act: Callable[[], Result], half: Callable[[], object] = lambda: None) -> Result:
        if not self.plan.is_now(verb):
            return act()
        if self.plan.moment is Moment.AFTER:
            act()
        elif self.plan.moment is Moment.HALF:
            half()
        raise self.plan.error("by plan")


def _above(path: str) -> Iterable[str]:
    names = path.split("/")
    return ("/".join(names[:depth]) for depth in range(1, len(names)))


def _within(path: str, starts: Iterable[str]) -> bool:
    return any(path.startswith(start) for start in starts)
