"""A store in a folder of its own, a clock that is moved by hand, and records small and large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.experts import Expert
from bren_desktop.oplog.operations import Author
from bren_desktop.storage.store import EncryptedStore
from tests.stores import empty_store

KEY = bytes(range(32))


@dataclass
class HandClock:
    """A clock that stands still until a test moves it."""

    ms: int = 1_750_000_000_000

    def now_ms(self) -> int:
        return self.ms


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def author() -> Author:
    return Author("p1", "Noor de Wit", "secretaris")


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "profiel"
    folder.mkdir()
    return folder


@pytest.fixture
def store(profile: Path, key: bytes, clock: HandClock) -> Iterator[EncryptedStore]:
    opened = empty_store(profile, key, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def second(tmp_path: Path, key: bytes, clock: HandClock) -> Iterator[EncryptedStore]:
    """The store of another laptop."""
    folder = tmp_path / "tweede"
    folder.mkdir()
    opened = empty_store(folder, key, clock=clock, laptop=1)
    yield opened
    opened.close()


@pytest.fixture
def reopen(store: EncryptedStore, profile: Path, key: bytes, clock: HandClock) -> Callable[[], EncryptedStore]:
    """Close the store and open it again; the caller closes what it got."""

    def again() -> EncryptedStore:
        store.close()
        return EncryptedStore.open(profile, key, clock=clock)

    return again


@pytest.fixture
def add_case(store: EncryptedStore, author: Author) -> Callable[..., str]:
    """Write a case; its entity id."""

    def add(**fields: object) -> str:
        entity = store.new_entity()
        with store.write(author) as writer:
            writer.write(Kind.CASE, entity, flatten(Case.model_validate(fields)))
        return entity

    return add


@pytest.fixture
def add_expert(store: EncryptedStore, author: Author) -> Callable[..., str]:
    """Write an expert; the entity id."""

    def add(**fields: object) -> str:
        entity = store.new_entity()
        with store.write(author) as writer:
            writer.write(Kind.EXPERT, entity, flatten(Expert.model_validate(fields)))
        return entity

    return add
