"""The six verbs that sync needs of whatever stores files, and how they fail.

A path is relative, with `/`, as in docs/share-format.md. What a driver says is a hint; the bytes decide.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Entry(NamedTuple):
    """A file in a listing: its name without folder, and its size in bytes (-1 where the driver cannot tell)."""

    name: str
    size: int


class Listing(NamedTuple):
    """The files and the folders directly in one folder, sorted by name."""

    files: tuple[Entry, ...] = ()
    folders: tuple[str, ...] = ()


class ShareError(Exception):
    """What a share can do to us. No message holds a path; `reason` is a code of `share_door.REASONS`."""

    reason = "damaged"


class AwayError(ShareError):
    """The share cannot be reached: no network, no drive, no server."""


class RefusedError(ShareError):
    """The share is there and does not let us: no rights, a quota, a full disk."""

    reason = "refused"


class DeniedError(RefusedError):
    """A file or folder is there that we may not read."""

    reason = "denied"


class BusyError(ShareError):
    """Held by another program, or not here yet (a placeholder): later perhaps. The next cycle tries again."""

    reason = "busy"


class AbsentError(ShareError):
    """No such file or folder."""

    reason = "gap"


class TakenError(ShareError):
    """There is a file of that name already. Nothing was changed."""


class Share(Protocol):
    """A folder that stores files. Safe to call from one thread at a time."""

    def list(self, folder: str) -> Listing:
        """Everything directly in `folder` (empty text: the top), complete or not at all. Raises AbsentError."""

    def read(self, path: str, limit: int) -> bytes:
        """The first `limit` bytes of a file: one more than wanted tells that there is more.

        Raises AbsentError, BusyError.
        """

    def put_new(self, path: str, data: bytes) -> None:
        """Keep `data` under a new name, flushed, folders made as needed; complete or not visible where the driver can.

        Raises TakenError where the name is taken, whatever lies there.
        """

    def exists(self, path: str) -> bool:
        """Whether there is a file of that name."""

    def stat(self, path: str) -> int:
        """Its size in bytes. Raises AbsentError."""

    def trash(self, path: str) -> None:
        """Take one file away for good. Absent already is well too. Raises BusyError, RefusedError."""


def listing(share: Share, folder: str) -> Listing:
    """What lies in `folder`; nothing where there is no such folder."""
    try:
        return share.list(folder)
    except AbsentError:
        return Listing()
