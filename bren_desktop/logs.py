"""A rotating log for whoever keeps the program running.

It holds times, codes and counts; never case content, a name, a key or a path that a user chose.
"""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_LARGEST = 1024 * 1024
_KEPT = 3


def start(folder: Path) -> None:
    """Log to `bren.log` in `folder`, 3 older files of 1 MB are kept. Without write access there is no log."""
    root = logging.getLogger("bren_desktop")
    stop()
    try:
        handler = RotatingFileHandler(folder / "bren.log", maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False


def stop() -> None:
    """Close the log, so that its folder can be moved or removed."""
    root = logging.getLogger("bren_desktop")
    for handler in list(root.handlers):
        if isinstance(handler, RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()
