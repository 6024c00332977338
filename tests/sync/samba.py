"""A real Samba server on loopback, and a share on it: reached with smbprotocol, for tests only."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from getpass import getuser
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Any

import smbclient
from smbprotocol.exceptions import SMBException
from smbprotocol.header import NtStatus

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

HOST, SHARE = "127.0.0.1", "bren"
LONGEST_START_S = 30
SETTINGS = """
[global]
  server role = standalone server
  netbios name = BRENTEST
  interfaces = lo
  bind interfaces only = yes
  smb ports = {port}
  disable netbios = yes
  disable spoolss = yes
  load printers = no
  printing = bsd
  printcap name = /dev/null
  server min protocol = SMB3
  smb encrypt = required
  passdb backend = tdbsam:{home}/private/passdb.tdb
  private dir = {home}/private
  lock directory = {home}/lock
  state directory = {home}/state
  cache directory = {home}/cache
  pid directory = {home}/pid
  ncalrpc dir = {home}/ncalrpc
  log file = {home}/log/%m.log
[bren]
  path = {home}/share
  read only = no
"""
_NO_FILE = stat.FILE_ATTRIBUTE_DIRECTORY | stat.FILE_ATTRIBUTE_REPARSE_POINT
_FAILURES: dict[int, type[ShareError]] = {
    NtStatus.STATUS_SHARING_VIOLATION: BusyError,
    NtStatus.STATUS_DELETE_PENDING: BusyError,
    NtStatus.STATUS_OBJECT_NAME_NOT_FOUND: AbsentError,
    NtStatus.STATUS_OBJECT_PATH_NOT_FOUND: AbsentError,
    NtStatus.STATUS_NOT_A_DIRECTORY: AbsentError,
    NtStatus.STATUS_FILE_IS_A_DIRECTORY: AbsentError,
    NtStatus.STATUS_OBJECT_NAME_COLLISION: TakenError,
    NtStatus.STATUS_ACCESS_DENIED: RefusedError,
    NtStatus.STATUS_DISK_FULL: RefusedError,
}


def program(name: str) -> str | None:
    """Where a program of Samba is; ordinary users have no `sbin` in their PATH."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


class SambaServer:
    """smbd with a configuration, a user and a folder of its own.

    It ends when its standard input does, so also when whoever started it is killed.
    """

    def __init__(self, home: Path) -> None:
        self.folder = home / "share"
        self.password = token_hex(16)
        self.port = _free_port()
        for name in ("share", "private", "lock", "state", "cache", "pid", "ncalrpc", "log"):
            (home / name).mkdir(parents=True)
        self._settings = home / "smb.conf"
        self._settings.write_text(SETTINGS.format(home=home, port=self.port), "utf-8")
        self._call("pdbedit", "--password-from-stdin", "--create", "--user", getuser(), given=self.password)
        command = [program("smbd") or "smbd", "--foreground", "--no-process-group", "--configfile", str(self._settings)]
        with (home / "log" / "smbd").open("wb") as log:
            self._process = subprocess.Popen(
                command, start_new_session=True, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()

    def share(self, root: str = "") -> SmbShare:
        """The share as one laptop reaches it, over a connection of its own."""
        return SmbShare(self.port, self.password, root)

    def stop(self) -> None:
        """End it and every process that serves a connection."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.communicate()

    def _call(self, name: str, *arguments: str, given: str) -> None:
        command = [program(name) or name, "--configfile", str(self._settings), *arguments]
        subprocess.run(command, input=f"{given}\n{given}\n", encoding="utf-8", capture_output=True, check=True)

    def _wait(self) -> None:
        """Until it answers; the process ending is the only other way out."""
        for _ in range(LONGEST_START_S * 20):
            with suppress(ConnectionRefusedError), socket.create_connection((HOST, self.port)):
                return
            with suppress(subprocess.TimeoutExpired):
                raise RuntimeError(f"smbd ended with {self._process.wait(timeout=0.05)}")
        raise RuntimeError("smbd does not answer")


class SmbShare:
    """The six verbs over SMB, as a folder driver does them on Windows: draft, flush, rename without replacing."""

    def __init__(self, port: int, password: str, root: str = "") -> None:
        self._connections: dict[str, Any] = {}
        self._account: dict[str, Any] = {
            "username": getuser(),
            "password": password,
            "port": port,
            "connection_cache": self._connections,
        }
        self._root = "\\".join(("", "", HOST, SHARE, *filter(None, root.split("/"))))

    def close(self) -> None:
        """Hang up."""
        with suppress(SMBException, OSError):
            smbclient.reset_connection_cache(connection_cache=self._connections)

    def list(self, folder: str) -> Listing:
        with self._telling():
            entries = smbclient.scandir(self._place(folder), **self._account)
            found = [(entry.name, entry.smb_info) for entry in entries]
        plain = [(name, info) for name, info in found if safe_paths.is_safe(name) and not safe_paths.is_draft(name)]
        files = [Entry(name, info.end_of_file) for name, info in plain if not info.file_attributes & _NO_FILE]
        folders = [name for name, info in plain if info.file_attributes & _NO_FILE == stat.FILE_ATTRIBUTE_DIRECTORY]
        return Listing(tuple(sorted(files)), tuple(sorted(folders)))

    def read(self, path: str, limit: int) -> bytes:
        with self._telling():
            self._look(path)
            with smbclient.open_file(self._place(path), "rb", share_access="rwd", **self._account) as file:
                return bytes(file.read(limit))

    def put_new(self, path: str, data: bytes) -> None:
        safe_paths.parts_of_file(path)
        with self._telling(absent=BusyError):
            self._make_folders(path)
            target = self._place(path)
            draft = "\\".join((target.rpartition("\\")[0], safe_paths.draft(bytes(4), token_bytes(13))))
            try:
                with smbclient.open_file(draft, "xb", buffering=0, **self._account) as file:
                    _write(file, data)
                smbclient.rename(draft, target, **self._account)
            except OSError:
                with suppress(OSError):
                    smbclient.remove(draft, **self._account)
                raise

    def exists(self, path: str) -> bool:
        try:
            self.stat(path)
        except AbsentError:
            return False
        return True

    def stat(self, path: str) -> int:
        with self._telling():
            return int(self._look(path).st_size)

    def trash(self, path: str) -> None:
        with suppress(AbsentError), self._telling():
            self._look(path)
            smbclient.remove(self._place(path), **self._account)

    @contextmanager
    def _telling(self, absent: type[ShareError] = AbsentError) -> Iterator[None]:
        try:
            yield
        except AbsentError:
            self._need_root()
            raise
        except OSError as error:
            kind = _FAILURES.get(getattr(error, "ntstatus", 0)) or type(disk_errors.failure(error))
            if kind is AbsentError:
                self._need_root()
            raise (absent if kind is AbsentError else kind)("smb") from None
        except (SMBException, ValueError) as error:
            raise AwayError(type(error).__name__) from None

    def _need_root(self) -> None:
        try:
            smbclient.stat(self._root, **self._account)
        except (OSError, SMBException, ValueError):
            raise AwayError("no folder") from None

    def _place(self, path: str) -> str:
        return "\\".join((self._root, *safe_paths.parts(path)))

    def _look(self, path: str) -> Any:
        safe_paths.parts_of_file(path)
        info = smbclient.lstat(self._place(path), **self._account)
        if not stat.S_ISREG(info.st_mode):
            raise AbsentError("no file")
        return info

    def _make_folders(self, path: str) -> None:
        self._need_root()
        names = safe_paths.parts(path)
        for depth in range(1, len(names)):
            place = "\\".join((self._root, *names[:depth]))
            with suppress(OSError):  # there already; what else it may be shows at the next call
                smbclient.mkdir(place, **self._account)
            if not stat.S_ISDIR(smbclient.lstat(place, **self._account).st_mode):
                raise RefusedError("the name of a folder is taken")


def _write(file: Any, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(bytes(rest[: 1024 * 1024])) :]
    file.flush()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
