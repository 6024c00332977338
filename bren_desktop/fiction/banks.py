"""The texts of the fiction, read once from `resources/fiction/`."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from bren_desktop import bundled


@cache
def bank(name: str) -> dict[str, Any]:
    """The bank called `name`, such as `namen`."""
    path = bundled.folder("resources") / "fiction" / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))


@cache
def story_names() -> tuple[str, ...]:
    """The names of all stories, in alphabetical order."""
    folder = bundled.folder("resources") / "fiction" / "verhalen"
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))
