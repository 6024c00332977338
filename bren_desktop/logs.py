"""A rotating log for whoever keeps the program running.

It holds times, codes and counts; never case content, a name, a key or a path that a user chose.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

_LARGEST = 1024 * 1024
_KEPT = 3


class _QuietHandler(RotatingFileHandler):
    """A log that cannot be written, as on a full disk, stands in nobody's way."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging calls
        """Say nothing: what happened to the work itself is said where it happened."""


def start(folder: Path) -> None:
    """Log to `bren.log` in `folder`, 3 older files of 1 MB are kept. Without write access there is no log."""
    root = logging.getLogger("bren_desktop")
    stop()
    try:
        handler = _QuietHandler(folder / "bren.log", maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8")
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


@contextmanager
def timed(log: logging.Logger, what: str) -> Iterator[dict[str, object]]:
    """Log how `what` went and how long it took. What the block puts in the dictionary (codes, counts) goes along."""
    facts: dict[str, object] = {}
    start_s = time.monotonic()
    try:
        yield facts
    except Exception as error:
        log.warning("%s failed: %s, %.0f ms", what, type(error).__name__, (time.monotonic() - start_s) * 1000)
        raise
    told = "".join(f", {name} {value}" for name, value in facts.items())
    log.info("%s: %.0f ms%s", what, (time.monotonic() - start_s) * 1000, told)
