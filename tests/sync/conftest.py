"""Shares to try sync on and helpers by name for every test below, and a store of its own for those that ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.samba import SambaServer


@pytest.fixture
def memory() -> MemoryStore:
    """An empty share in memory; `memory.view()` is the share as one laptop sees it."""
    from tests.sync.doubles import MemoryStore

    return MemoryStore()


@pytest.fixture(scope="session")
def samba(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SambaServer]:
    """A Samba server for the whole run."""
    from tests.sync.samba import SambaServer, program

    if program("smbd") is None:
        pytest.skip("needs a Samba server")
    server = SambaServer(tmp_path_factory.mktemp("samba"))
    yield server
    server.stop()
