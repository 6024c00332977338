"""Laptops of a network in one test: real stores, and a share in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.services.share_door import InviteTo
from tests.stores import empty_store

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.laptops import HandClock, Joining, Laptop, NewLaptop


@pytest.fixture(autouse=True)
def _cheap_words(cheap_words: None) -> None:
    """Joining happens here all the time."""


@pytest.fixture
def clock() -> HandClock:
    from tests.sync.laptops import HandClock

    return HandClock()


@pytest.fixture
def new_laptop(tmp_path: Path, memory: MemoryStore, clock: HandClock) -> Iterator[NewLaptop]:
    """Makes profiles that are alone; each is closed at the end."""
    from tests.sync.laptops import Laptop

    laptops: list[Laptop] = []

    def make(name: str, role: Role = Role.VOORZITTER, team: str = "HGL", region: str = "JZ24") -> Laptop:
        folder = tmp_path / f"profiel{len(laptops)}"
        folder.mkdir()
        store = empty_store(folder, b"k" * 32, clock=clock, laptop=len(laptops))
        actor = Actor(store.new_entity(), name, role, team, region)
        laptop = Laptop(folder, memory.view(), type(memory)(), clock, actor, store)
        laptops.append(laptop)
        return laptop

    yield make
    for laptop in laptops:
        laptop.store.close()


@pytest.fixture
def vera(new_laptop: NewLaptop) -> Laptop:
    """The voorzitter who founded the network."""
    laptop = new_laptop("Vera Voorbeeld")
    laptop.create()
    return laptop


@pytest.fixture
def join(vera: Laptop, new_laptop: NewLaptop) -> Joining:
    """Brings a new laptop into Vera's team, or into the network with a team of its own."""

    def joined(name: str, role: Role = Role.SECRETARIS, to: InviteTo = InviteTo.TEAM, team: str = "HGL") -> Laptop:
        laptop = new_laptop(name, role, team)
        laptop.enter(vera, to, role)
        return laptop

    return joined
