"""Nobody takes the output of `bren`: a pipe that closed, a disk that is full. Never a traceback, never English."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux has a file that is always full")

COMMANDS = [("--help",), ("--version",), ("clock", "--file", "q.json"), ("thesaurus", "export", "--out", "t.toml")]


def _run(words: tuple[str, ...], stdout: int, folder: Path, *, buffered: bool) -> subprocess.CompletedProcess[bytes]:
    (folder / "q.json").write_text("[]", "utf-8")
    environment = {**os.environ, "PYTHONUNBUFFERED": "" if buffered else "1"}
    environment.pop("BREN_PROFILE", None)
    return subprocess.run(
        [sys.executable, "-m", "bren_desktop.cli", *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment,
        check=False,
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_reader_who_stops_is_no_failure_to_tell_of(words: tuple[str, ...], tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = _run(words, writer, tmp_path, buffered=True)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("buffered", [True, False])
def test_a_full_disk_under_the_output_is_a_sentence(tmp_path: Path, buffered: bool) -> None:
    with Path("/dev/full").open("wb") as full:
        done = _run(("thesaurus", "export", "--out", "t.toml"), full.fileno(), tmp_path, buffered=buffered)
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert done.stderr.decode().startswith("De uitvoer kon niet helemaal worden geschreven")
    assert (tmp_path / "t.toml").stat().st_size > 0
