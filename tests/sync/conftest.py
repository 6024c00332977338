"""Shares to try sync on: `tests.sync.doubles` for every test below, and a store of its own for those that ask."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore

DOUBLES = "tests.sync.doubles"


def _load_doubles() -> None:
    """Make the helpers importable by name, which pytest's import mode does for no module but tests."""
    spec = importlib.util.spec_from_file_location(DOUBLES, Path(__file__).with_name("doubles.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[DOUBLES] = module
    spec.loader.exec_module(module)


if DOUBLES not in sys.modules:
    _load_doubles()


@pytest.fixture
def memory() -> MemoryStore:
    """An empty share in memory; `memory.view()` is the share as one laptop sees it."""
    return sys.modules[DOUBLES].MemoryStore()  # type: ignore[no-any-return]
