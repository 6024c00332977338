"""Shares to try sync on and helpers by name for every test below, and a store of its own for those that ask."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore

DOUBLES = "tests.sync.doubles"
HELPERS = (DOUBLES, "tests.sync.independent.forge", "tests.sync.independent.reader")


def _load(name: str) -> None:
    """Make a helper importable by name, which pytest's import mode does for no module but tests."""
    place = Path(__file__).parents[2].joinpath(*name.split(".")).with_suffix(".py")
    spec = importlib.util.spec_from_file_location(name, place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


for helper in HELPERS:
    if helper not in sys.modules:
        _load(helper)


@pytest.fixture
def memory() -> MemoryStore:
    """An empty share in memory; `memory.view()` is the share as one laptop sees it."""
    return sys.modules[DOUBLES].MemoryStore()  # type: ignore[no-any-return]
