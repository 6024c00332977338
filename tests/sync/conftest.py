"""Shares to try sync on and helpers by name for every test below, and a store of its own for those that ask."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.samba import SambaServer


def _load(name: str) -> None:
    """Make a helper importable by its name, which pytest's import mode does for tests only."""
    full_name = f"tests.sync.{name}"
    if full_name in sys.modules:
        return
    place = Path(__file__).parent.joinpath(*name.split(".")).with_suffix(".py")
    spec = importlib.util.spec_from_file_location(full_name, place)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[full_name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


for helper in ("doubles", "conformance", "samba", "independent.forge", "independent.reader", "independent.histories"):
    _load(helper)


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
