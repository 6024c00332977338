"""The share as one cycle sees it: every folder listed once, every file that is put read back."""

from __future__ import annotations

from collections.abc import Mapping

from bren_desktop.sync.engine.mirror import lies_there, put_somewhere
from bren_desktop.sync.transport.share import AbsentError, BusyError, DeniedError, Listing, RefusedError, Share

_EMPTY = Listing()


class Remote:
    """A share for the length of one cycle."""

    def __init__(self, share: Share) -> None:
        self._share = share
        self._listings: dict[str, Listing] = {}
        self._sizes: dict[str, Mapping[str, int]] = {}

    def listing(self, folder: str) -> Listing:
        """What lies in `folder`; nothing where there is no such folder. Raises DeniedError."""
        if folder not in self._listings:
            try:
                self._listings[folder] = self._share.list(folder)
            except AbsentError:
                self._listings[folder] = _EMPTY
            except RefusedError as error:
                raise DeniedError(*error.args) from error
        return self._listings[folder]

    def why_closed(self, folder: str) -> str:
        """Why we cannot look into `folder`; empty where we can."""
        try:
            self.listing(folder)
        except (BusyError, DeniedError) as error:
            return error.reason
        return ""

    def sizes(self, folder: str) -> Mapping[str, int]:
        """Size by name of the files in `folder`; -1 where the driver cannot tell."""
        if folder not in self._sizes:
            self._sizes[folder] = dict(self.listing(folder).files)
        return self._sizes[folder]

    def read(self, path: str, limit: int) -> bytes:
        """The first `limit` bytes of a file. Raises AbsentError, BusyError, DeniedError."""
        try:
            return self._share.read(path, limit)
        except RefusedError as error:
            raise DeniedError(*error.args) from error

    def put(self, path: str, data: bytes) -> bool:
        """Have `data` on the share under `path` or a repair name, read back; whether it was not there yet."""
        where, new = put_somewhere(self._share, path, data)
        if new and not lies_there(self._share, where, data):
            raise BusyError("reads back otherwise")
        return new

    def holds(self, path: str, data: bytes) -> bool:
        """Whether just `data` lies under `path`."""
        return lies_there(self._share, path, data)

    def trash(self, path: str) -> None:
        """Take a file away for good."""
        self._share.trash(path)
