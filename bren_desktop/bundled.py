"""Where the files that travel with the program lie: in a checkout, in a wheel, and in a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The asset folder `name` (`db` or `resources`).

    A wheel and a frozen program carry the folders inside the package as `_bundled`; a checkout has them beside it.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    inside = Path(frozen, "bren_desktop", "_bundled", name) if frozen else _PACKAGE / "_bundled" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
