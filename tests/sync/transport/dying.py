"""Run `bren` and kill this process, without any warning, at the n-th time that it touches the profile or the share.

    python dying.py N PLACES SMB ARGUMENT ...

PLACES are the folders that count, the share last, with a colon between them. SMB is empty, or `port password root` of
the Samba server that then is the share, whatever its path says; there each message to the server counts.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from bren_desktop.cli import main as bren
from bren_desktop.sync import door
from bren_desktop.sync.transport.folder import FolderShare
from tests.sync.samba import SmbShare

TOUCHING = {"open", "os.link", "os.remove", "os.rename", "os.mkdir", "os.scandir"}


class Death:
    """Comes when it was called so many times."""

    def __init__(self, calls: int) -> None:
        self._left = calls

    def call(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def count_files(death: Death, places: tuple[str, ...]) -> None:
    """Call death at every file below these places that is opened, named or removed."""

    def touched(event: str, arguments: tuple[Any, ...]) -> None:
        if event in TOUCHING and str(arguments[0]).startswith(places):
            death.call()

    sys.addaudithook(touched)


def count_messages(death: Death) -> None:
    """Call death at every message to a Samba server."""
    from smbprotocol.transport import Tcp

    send = Tcp.send

    def sent(self: Tcp, *arguments: Any) -> None:
        death.call()
        send(self, *arguments)

    Tcp.send = sent


def samba_at(place: str, open_samba: Callable[[], SmbShare]) -> Callable[..., Any]:
    """What opens folders, and Samba in place of one of them."""
    return lambda path, *rest: open_samba() if str(path) == place else FolderShare(path, *rest)


def main() -> int:
    """Count, and run."""
    calls, places, samba, *arguments = sys.argv[1:]
    death = Death(int(calls))
    if samba:
        port, password, root = samba.split()
        opener = samba_at(places.split(":")[-1], lambda: SmbShare(int(port), password, root))
        vars(door)["FolderShare"] = opener
        count_messages(death)
    count_files(death, tuple(places.split(":")))
    return bren(arguments)


if __name__ == "__main__":
    sys.exit(main())
