"""A file is there whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bren_desktop.errors import DiskFullError, InvalidInputError, NotFoundError, NoWriteAccessError
from bren_desktop.exchange.files import write_table
from bren_desktop.exchange.target import NoFileNameError, TargetInUseError, writing

ROWS = [{"a": "nieuw"}]
FORMATS = ["uit.jsonl", "uit.csv", "uit.xlsx"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_failure_halfway_leaves_the_old_file_and_nothing_else(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"oud")

    def failing() -> Iterator[Mapping[str, object]]:
        yield {"a": "half"}
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        write_table(path, ("a",), failing())
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [(name, b"oud")]


@pytest.mark.parametrize("name", FORMATS)
def test_a_full_disk_is_named_and_nothing_is_left(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFullError):
        write_table(tmp_path / name, ("a",), ROWS)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, flags: int, mode: int) -> int:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(NoWriteAccessError):
        write_table(tmp_path / "uit.csv", ("a",), ROWS)


@pytest.mark.parametrize("name", ["", ".", "/", "x" * 300])
def test_a_name_that_no_file_can_have_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoFileNameError), writing(Path(name)):
        pass
    assert not list(tmp_path.iterdir())


def test_a_target_that_is_held_or_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "uit.csv").mkdir()
    with pytest.raises(TargetInUseError):
        write_table(tmp_path / "uit.csv", ("a",), ROWS)
    assert [each.name for each in tmp_path.iterdir()] == ["uit.csv"]


def test_a_folder_that_is_not_there_and_a_strange_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        write_table(tmp_path / "weg" / "uit.csv", ("a",), ROWS)
    with pytest.raises(InvalidInputError):
        write_table(tmp_path / "uit.docx", ("a",), ROWS)
    assert not list(tmp_path.iterdir())


def test_while_it_is_written_its_name_says_nothing_and_others_cannot_read_it(tmp_path: Path) -> None:
    with writing(tmp_path / "K-17 Sam Jansen.csv") as stream:
        stream.write(b"x")
        [part] = tmp_path.iterdir()
        assert "Sam" not in part.name
        assert os.name == "nt" or part.stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir()] == ["K-17 Sam Jansen.csv"]


def test_nothing_of_an_export_reaches_the_temp_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temp, out = tmp_path / "temp", tmp_path / "out"
    temp.mkdir()
    out.mkdir()
    temp.chmod(0o500)
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temp))
    seen: list[str] = []
    opened = os.open

    def watching(path: str | Path, flags: int, mode: int = 0o777) -> int:
        seen.append(str(path))
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", watching)
    for name in FORMATS:
        write_table(out / name, ("a",), ROWS)
    assert len(seen) == len(FORMATS)
    assert all(Path(path).parent == out for path in seen)
    assert not list(temp.iterdir())
