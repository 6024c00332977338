"""Whichever system call fails: a typed failure, no half file under a final name, and the next try does it all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.sync.transport import folder
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import Listing, ShareError, TakenError

CALLS = ("open", "read", "write", "fsync", "close", "link", "unlink", "stat", "lstat", "fstat", "mkdir", "scandir")
CHANGING = ("write", "fsync", "close", "link", "unlink", "mkdir")
NUMBERS = (errno.EIO, errno.EACCES, errno.ENOENT)
FILES = {"sp/a/log/b/1": bytes(range(256)) * 4, "sp/a/log/b/2": b"", "network.json": b"{}"}
GONE = "sp/a/log/b/3"


class Faults:
    """Counts calls to the system and makes one of them fail, before or after it does its work."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count = self.failing = self.number = 0
        self.done_first = False
        for name in CALLS:
            patch.setattr(os, name, self._counted(getattr(os, name)))

    @contextmanager
    def at(self, failing: int, number: int, *, done_first: bool) -> Iterator[None]:
        self.count, self.failing, self.number, self.done_first = 0, failing, number, done_first
        yield
        self.failing = 0

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if not self.failing:
                return real(*arguments, **options)
            self.count += 1
            if self.count != self.failing:
                return real(*arguments, **options)
            if real.__name__ == "close" or (self.done_first and real.__name__ in CHANGING):
                real(*arguments, **options)
            raise OSError(self.number, os.strerror(self.number), "/a/path")

        return call


def _work(share: FolderShare) -> None:
    """Everything a share is asked, in a row; what is there already is not put again."""
    for path, data in {**FILES, GONE: b"x"}.items():
        try:
            share.put_new(path, data)
        except TakenError:
            assert share.read(path, len(data) + 1) == data
    share.list("")
    share.list("sp/a/log/b")
    assert share.stat("network.json") == 2
    assert not share.exists("sp/no")
    share.trash(GONE)


def _check_whole(root: Path, also: dict[str, bytes]) -> None:
    there = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    for name, path in there.items():
        if not name.endswith(".tmp"):
            assert path.read_bytes() == also[name], f"{name} is not whole"


@pytest.mark.parametrize("done_first", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", NUMBERS, ids=errno.errorcode.get)
def test_any_call_may_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, done_first: bool) -> None:
    faults = Faults(monkeypatch)
    monkeypatch.setattr(folder, "_CHUNK", 400)
    for failing in range(1, 1000):
        root = tmp_path / str(failing)
        root.mkdir()
        share = FolderShare(root, "laptop", wait=lambda _: None)
        with faults.at(failing, number, done_first=done_first):
            failed = _tried(share)
            count = faults.count
        _check_whole(root, {**FILES, GONE: b"x"})
        _work(FolderShare(root, "laptop"))
        assert FolderShare(root).list("sp/a/log/b") != Listing()
        assert not list(root.rglob("*.tmp"))
        if count < failing:
            assert failing > 50
            assert not failed
            return
    pytest.fail("it never comes to an end")


def _tried(share: FolderShare) -> bool:
    try:
        _work(share)
    except ShareError as error:
        said = str(error)
    else:
        return False
    assert "path" not in said
    return True
