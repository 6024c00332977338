"""A folder that misbehaves: links and pipes in it, a disk that fills up, rights that are missing, a drive that goes."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import (
    AbsentError,
    AwayError,
    BusyError,
    Listing,
    RefusedError,
    ShareError,
    TakenError,
)

PATH = "f/00000001-0123456789ab.brs"
NOT_ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
Fail = Callable[..., Any]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "share" / "f").mkdir(parents=True)
    return tmp_path / "share"


@pytest.fixture
def share(root: Path) -> FolderShare:
    return FolderShare(root)


def _failing(number: int, act: Fail = lambda *_, **__: None) -> Fail:
    """Do `act` and then fail with this error."""

    def fail(*arguments: Any, **options: Any) -> Any:
        act(*arguments, **options)
        raise OSError(number, os.strerror(number), "/a/path")

    return fail


@NOT_ON_WINDOWS
def test_a_link_to_a_file_is_no_file(share: FolderShare, root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    for target in (secret, tmp_path / "nothing"):
        link = root / PATH
        link.symlink_to(target)
        assert share.list("f") == Listing()
        assert not share.exists(PATH)
        with pytest.raises(AbsentError):
            share.read(PATH, 99)
        with pytest.raises(TakenError):
            share.put_new(PATH, b"ours")
        share.trash(PATH)
        assert link.is_symlink()
        link.unlink()
    assert secret.read_bytes() == b"secret"
    assert not (tmp_path / "nothing").exists()


@NOT_ON_WINDOWS
def test_a_link_to_a_folder_is_no_folder(share: FolderShare, root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a").write_bytes(b"secret")
    (root / "g").symlink_to(elsewhere)
    assert share.list("").folders == ("f",)
    for verb in (lambda: share.list("g"), lambda: share.read("g/a", 9), lambda: share.stat("g/a")):
        with pytest.raises(AbsentError):
            verb()
    for path in ("g/b", "g/h/b"):
        with pytest.raises(RefusedError):
            share.put_new(path, b"ours")
    share.trash("g/a")
    assert [path.name for path in elsewhere.iterdir()] == ["a"]


@NOT_ON_WINDOWS
def test_a_pipe_is_never_opened(share: FolderShare, root: Path) -> None:
    os.mkfifo(root / PATH)
    assert share.list("f") == Listing()
    with pytest.raises(AbsentError):
        share.read(PATH, 1)
    with pytest.raises(TakenError):
        share.put_new(PATH, b"")


@NOT_ON_WINDOWS
def test_a_root_may_be_a_link(root: Path, tmp_path: Path) -> None:
    """Who chooses the folder decides where it is; only what lies in it is not trusted."""
    link = tmp_path / "link"
    link.symlink_to(root, target_is_directory=True)
    share = FolderShare(link)
    share.put_new(PATH, b"1234")
    assert share.read(PATH, 9) == b"1234"


def test_only_so_much_is_read(share: FolderShare, root: Path) -> None:
    with (root / "f" / "huge").open("wb") as file:
        file.truncate(2**42)
    assert share.stat("f/huge") == 2**42
    assert share.read("f/huge", 10) == bytes(10)


def test_a_file_is_on_the_disk_before_it_has_its_name(
    share: FolderShare, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    for name in ("fsync", "link"):
        real = getattr(os, name)

        def noted(*arguments: Any, name: str = name, real: Fail = real, **options: Any) -> None:
            done.append(name)
            real(*arguments, **options)

        monkeypatch.setattr(os, name, noted)
    share.put_new(PATH, b"1234")
    assert done == ["fsync", "link", "fsync"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS], ids=errno.errorcode.get)
def test_where_there_are_no_links_files_come_whole_and_never_over_another(
    share: FolderShare, root: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """As on FAT and some network drives."""
    monkeypatch.setattr(os, "link", _failing(number))
    share.put_new(PATH, b"1234")
    with pytest.raises(TakenError):
        share.put_new(PATH, b"other")
    share.put_new("f/2", b"5")
    assert share.read(PATH, 9) == b"1234"
    assert sorted(path.name for path in (root / "f").iterdir()) == [PATH[2:], "2"]


def test_a_name_taken_at_the_last_moment_is_taken(
    share: FolderShare, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_another(draft: Path, target: Path, **options: Any) -> None:
        target.write_bytes(b"theirs")
        real(draft, target, **options)

    real = os.link
    monkeypatch.setattr(os, "link", first_another)
    with pytest.raises(TakenError):
        share.put_new(PATH, b"ours")
    assert [path.read_bytes() for path in (root / "f").iterdir()] == [b"theirs"]


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("write", errno.ENOSPC, RefusedError),
        ("write", errno.EDQUOT, RefusedError),
        ("write", errno.EIO, BusyError),
        ("write", errno.EHOSTDOWN, AwayError),
        ("fsync", errno.EIO, BusyError),
        ("fsync", errno.ENOSPC, RefusedError),
        ("link", errno.ENOSPC, RefusedError),
        ("link", errno.ENOENT, BusyError),
        ("link", errno.ESTALE, AwayError),
        ("open", errno.EACCES, RefusedError),
        ("open", errno.EROFS, RefusedError),
        ("open", errno.EMFILE, BusyError),
    ],
)
def test_what_cannot_be_written_leaves_nothing(
    share: FolderShare, root: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int, expected: type[ShareError]
) -> None:
    monkeypatch.setattr(os, name, _failing(number))
    with pytest.raises(expected) as raised:
        share.put_new(PATH, b"1234")
    assert type(raised.value) is expected
    assert "path" not in str(raised.value)
    assert not list((root / "f").iterdir())


def test_a_folder_that_cannot_be_flushed_is_no_reason_to_fail(
    share: FolderShare, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on many a network drive."""
    real = os.open

    def no_folders(path: Path, flags: int, *rest: int) -> int:
        if flags & getattr(os, "O_DIRECTORY", 0):
            raise OSError(errno.EINVAL, "no")
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", no_folders)
    share.put_new("g/h/new", b"1234")
    assert share.read("g/h/new", 9) == b"1234"


def test_a_draft_of_an_earlier_life_is_taken_away_and_one_of_a_colleague_is_not(root: Path) -> None:
    for mark in ("ours", "theirs"):
        _leave_a_draft(root, mark)
    assert len(list((root / "f").iterdir())) == 2
    assert FolderShare(root, "ours").list("f") == Listing()
    assert len(list((root / "f").iterdir())) == 1
    assert FolderShare(root).list("f") == Listing()
    assert len(list((root / "f").iterdir())) == 1
    FolderShare(root, "theirs").list("f")
    assert not list((root / "f").iterdir())


def _leave_a_draft(root: Path, mark: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", _failing(errno.EIO))
        patch.setattr(Path, "unlink", _failing(errno.EIO))
        with pytest.raises(BusyError):
            FolderShare(root, mark).put_new(PATH, b"1234")


def test_the_bare_place_of_a_drive_that_was_taken_off_is_away(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an unmount an empty folder is left: nothing in it was deleted."""
    mounted = [True]
    monkeypatch.setattr(os.path, "ismount", lambda path: mounted[0])
    share = FolderShare(root)
    share.put_new(PATH, b"1234")
    (root / PATH).unlink()
    mounted[0] = False
    verbs: tuple[Callable[[], object], ...] = (
        *(lambda: share.list(""), lambda: share.list("gone"), lambda: share.read(PATH, 1)),
        *(lambda: share.exists(PATH), lambda: share.put_new("new", b"")),
    )
    for verb in verbs:
        with pytest.raises(AwayError):
            verb()
    assert not (root / "new").exists()


def test_the_root_is_never_made(tmp_path: Path) -> None:
    with pytest.raises(AwayError):
        FolderShare(tmp_path / "not yet").put_new(PATH, b"")
    assert not (tmp_path / "not yet").exists()


def test_a_file_for_a_root_is_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AwayError):
        FolderShare(tmp_path / "file").list("")


def test_what_vanishes_while_it_is_listed_is_left_out(
    share: FolderShare, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share.put_new("f/1", b"")
    share.put_new("f/2", b"")
    real = os.scandir

    class Vanishing:
        def __init__(self, place: Path) -> None:
            self._entries = sorted(real(place), key=lambda entry: entry.name)

        def __enter__(self) -> list[os.DirEntry[str]]:
            (root / "f" / "1").unlink()
            return self._entries

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Vanishing)
    assert [entry.name for entry in share.list("f").files] == ["2"]


@NOT_ON_WINDOWS
def test_a_name_that_no_system_takes_is_left_out(share: FolderShare, root: Path) -> None:
    for name in (b"a:b", b"nul", b"x\n", b"\xff", b"end."):
        Path(os.fsdecode(os.fsencode(root / "f") + b"/" + name)).write_bytes(b"")
    share.put_new("f/a", b"")
    assert [entry.name for entry in share.list("f").files] == ["a"]
