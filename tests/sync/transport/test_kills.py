"""A process killed while it puts files leaves only whole files under final names, and all that it said it had put."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import Share
from tests.sync.samba import SambaServer

IN_THE_SUITE, ROUNDS, PER_ROUND = 5, 10, 20
"""Kills; in torture 200 in rounds that each stay below the time after which a test counts as hung."""
PUT_FOR_EVER = """
import hashlib, itertools, random, sys
from pathlib import Path
from bren_desktop.sync.transport.folder import FolderShare
from tests.sync.samba import SmbShare

life, kind, *rest = sys.argv[1:]
share = FolderShare(Path(rest[0]), mark="laptop") if kind == "folder" else SmbShare(int(rest[0]), rest[1], rest[2])
chance = random.Random(life)
for number in itertools.count():
    data = chance.randbytes(chance.choice((100, 30_000, 3_000_000)))
    path = f"log/{life}/{number:04}-{hashlib.sha256(data).hexdigest()}"
    share.put_new(path, data)
    print(path, flush=True)
"""

Look = Callable[[], Share]


@contextmanager
def _putting(project: Path, life: int, arguments: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", PUT_FOR_EVER, str(life), *arguments],
        env={**os.environ, "PYTHONPATH": str(project)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _kill_while_putting(project: Path, life: int, arguments: Sequence[str], look: Look) -> None:
    """Kill a process after it put some files, and check what is there; the next life meets what is left."""
    with _putting(project, life, arguments) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(random.Random(life).randint(1, 12))]
        process.kill()
        said += process.stdout.read().split("\n")[:-1]
    assert all(said)
    _check(look(), f"log/{life}", said)


def _check(share: Share, folder: str, said: Sequence[str]) -> None:
    listing = share.list(folder)
    assert not listing.folders
    for name, size in listing.files:
        data = share.read(f"{folder}/{name}", 4_000_000)
        assert name.endswith(hashlib.sha256(data).hexdigest()), "a file that is not whole has its final name"
        assert size == len(data)
    there = {f"{folder}/{entry.name}" for entry in listing.files}
    assert set(said) <= there, "what was put is gone"
    assert len(there) <= len(said) + 1


def _kill_on_a_folder(project: Path, root: Path, lives: Iterable[int]) -> None:
    root.mkdir()
    for life in lives:
        _kill_while_putting(project, life, ["folder", str(root)], lambda: FolderShare(root, mark="laptop"))
    left = [path for path in root.rglob("*") if path.name.endswith(".tmp")]
    assert not left, "drafts of an earlier life are taken away where they are met"


def _kill_on_samba(project: Path, samba: SambaServer, root: str, lives: Iterable[int]) -> None:
    (samba.folder / root).mkdir()
    share = samba.share(root)
    for life in lives:
        _kill_while_putting(project, life, ["samba", str(samba.port), samba.password, root], lambda: share)
    share.close()


def _lives(turn: int) -> range:
    return range(turn * PER_ROUND, (turn + 1) * PER_ROUND)


@pytest.mark.apart
def test_a_kill_leaves_whole_files_in_a_folder(project: Path, tmp_path: Path) -> None:
    _kill_on_a_folder(project, tmp_path / "share", range(IN_THE_SUITE))


def test_a_kill_leaves_whole_files_on_samba(project: Path, samba: SambaServer, tmp_path: Path) -> None:
    _kill_on_samba(project, samba, tmp_path.name, range(IN_THE_SUITE))


@pytest.mark.torture
@pytest.mark.parametrize("turn", range(ROUNDS))
def test_many_kills_leave_whole_files_in_a_folder(project: Path, tmp_path: Path, turn: int) -> None:
    _kill_on_a_folder(project, tmp_path / "share", _lives(turn))


@pytest.mark.torture
@pytest.mark.parametrize("turn", range(ROUNDS))
def test_many_kills_leave_whole_files_on_samba(project: Path, samba: SambaServer, tmp_path: Path, turn: int) -> None:
    _kill_on_samba(project, samba, tmp_path.name, _lives(turn))
