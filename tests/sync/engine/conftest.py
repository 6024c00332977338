"""A crew of laptops around a folder."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.sync.transport.folder import FolderShare

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew

_NAME = "tests.sync.engine.laptops"
if _NAME not in sys.modules:
    _spec = importlib.util.spec_from_file_location(_NAME, Path(__file__).with_name("laptops.py"))
    assert _spec is not None
    assert _spec.loader is not None
    sys.modules[_NAME] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules[_NAME])


@pytest.fixture
def share_folder(tmp_path: Path) -> Path:
    """The folder that is the share."""
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


@pytest.fixture
def crew(tmp_path: Path, share_folder: Path) -> Iterator[Crew]:
    """Nobody yet, around an empty folder."""
    from tests.sync.engine.laptops import Crew

    one = Crew(tmp_path, lambda: FolderShare(share_folder))
    yield one
    one.close()
