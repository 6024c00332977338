"""`bren` in this process, on a profile of its own, with cheap key work; and the program as a process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The JSON on standard output."""
        return json.loads(self.out)


Bren = Callable[..., Answer]


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text("een lang wachtwoord\n", "utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def bren(
    tmp_path: Path,
    passphrase_file: Path,
    cheap_words: None,
    cheap_keys: None,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Bren:
    """Run one command on the profile `tmp_path/profile`."""
    monkeypatch.setenv("BREN_PROFILE", str(tmp_path / "profile"))
    monkeypatch.setenv("BREN_PASSPHRASE_FILE", str(passphrase_file))

    def run(*words: str | Path) -> Answer:
        capfd.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capfd.readouterr()
        return Answer(code, captured.out, captured.err)

    return run


@pytest.fixture
def founded(bren: Bren) -> Bren:
    """`bren` with a profile in place."""
    assert bren("init", "--team", "JZ24", "--name", "Robin Voorbeeld", "--role", "voorzitter").code == 0
    return bren
