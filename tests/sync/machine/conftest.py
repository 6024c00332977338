"""A team that was enrolled once, in memory's file system where there is one."""

from __future__ import annotations

import secrets
from pathlib import Path

import nacl.bindings
import pytest

from bren_desktop.sync.engine import packs
from bren_desktop.sync.format import words
from tests.sync.machine.fleet import Chance
from tests.sync.world import Frozen, enrolled


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Frozen:
    return enrolled(tmp_path_factory.mktemp("fleet") / "made")


@pytest.fixture(autouse=True)
def _small_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pack after a few segments, so that examples of fifty steps see packs."""
    monkeypatch.setattr(packs, "MOST_LOOSE", 3)


@pytest.fixture(autouse=True)
def _repeatable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("token_bytes", "choice", "randbelow"):
        monkeypatch.setattr(secrets, name, getattr(Chance, name))
    monkeypatch.setattr(nacl.bindings, "crypto_box_seal", Chance.box_seal)


@pytest.fixture(autouse=True)
def _cheap_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words without the slow derivation: joining is tried elsewhere."""
    monkeypatch.setattr(words, "argon2id", lambda *_: bytes(words.COUNT))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "examples"
    folder.mkdir()
    return folder
