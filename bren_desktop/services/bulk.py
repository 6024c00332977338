"""Work on many records at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_records() -> Iterator[None]:
    """Keep the collector of reference cycles from walking over millions of values that hold none, again and again.

    Values are still freed as soon as nothing refers to them. Importing 10,000 cases takes a third less time,
    joining a team that has them a quarter.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
