"""A team that was enrolled once, in memory's file system where there is one."""

from __future__ import annotations

import random
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nacl.bindings
import pytest

from bren_desktop.domain.entities import Kind
from bren_desktop.sync.engine import packs, scrubbing
from bren_desktop.sync.format import words
from tests.sync.machine.fleet import Chance, Fleet, Worked
from tests.sync.world import PEOPLE, Frozen, enrolled


@pytest.fixture(scope="session")
def memory_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where files of tests lie, which is in memory where there is room: the stores are real, and nobody waits."""
    return tmp_path_factory.mktemp("fleet")


@pytest.fixture(scope="session")
def frozen(memory_folder: Path) -> Frozen:
    Chance.source = random.Random(0)
    with by_chance():
        return enrolled(memory_folder / "made")


@pytest.fixture(scope="session")
def worked(frozen: Frozen, memory_folder: Path) -> Worked:
    with by_chance():
        return at_work(frozen, memory_folder / "worked")


def at_work(frozen: Frozen, folder: Path) -> Worked:
    fleet = Fleet(frozen, folder, tuple(PEOPLE))
    for kind, field in {Kind.CASE: "hulpvraag", Kind.EXPERT: "titel", Kind.TEAM: "naam"}.items():
        for _ in range(2):
            assert fleet.write("noor", kind, "", {(field, ""): fleet.value()})
    for name in ("noor", *fleet.laptops):
        assert fleet.sync(name)
    made = Worked(fleet.frozen(), fleet.said)
    fleet.close()
    return made


@pytest.fixture(autouse=True)
def _small_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pack after a few segments, so that examples of fifty steps see packs."""
    monkeypatch.setattr(packs, "MOST_LOOSE", 3)


@pytest.fixture(autouse=True)
def _wide_scrubbing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a file of every folder again in a cycle, so that examples of a few days see what takes weeks."""
    monkeypatch.setattr(scrubbing, "FILES", 100)


@pytest.fixture(autouse=True)
def _repeatable() -> Iterator[None]:
    with by_chance():
        yield


@contextmanager
def by_chance() -> Iterator[None]:
    """What is random comes from `Chance`, so that an example that failed fails again in another run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("token_bytes", "choice", "randbelow"):
            patch.setattr(secrets, name, getattr(Chance, name))
        patch.setattr(nacl.bindings, "crypto_box_seal", Chance.box_seal)
        yield


@pytest.fixture(autouse=True)
def _cheap_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words without the slow derivation: joining is tried elsewhere."""
    monkeypatch.setattr(words, "argon2id", lambda *_: bytes(words.COUNT))


@pytest.fixture
def base(memory_folder: Path) -> Iterator[Path]:
    folder = memory_folder / "examples"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)
