"""What `bren` prints: JSON, indented for people, on one line with --json; and what it does when nobody takes it."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from bren_desktop.errors import UserFacingError

_NO_READER = {errno.EPIPE, errno.EINVAL}
"""Windows says the second of a pipe that was closed."""


class NoReaderError(Exception):
    """Whoever read the output stopped, as `head` does: nothing is wrong, and nobody is there to be told."""


class UnwrittenError(UserFacingError):
    """The output went to a file that could not take it."""

    def __init__(self) -> None:
        super().__init__(
            "De uitvoer kon niet helemaal worden geschreven; misschien is de schijf vol. Wat de opdracht doet, is wel "
            "gedaan."
        )


def prepare_streams() -> None:
    """Print UTF-8 whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def show(options: Namespace, value: object) -> None:
    """Print one result. Raises NoReaderError and UnwrittenError."""
    with _taken():
        print(json.dumps(value, ensure_ascii=False, indent=None if options.json else 2), flush=True)


def finish() -> None:
    """See to it that what argparse printed is out. Raises NoReaderError and UnwrittenError."""
    with _taken():
        print(end="", flush=True)


@contextmanager
def _taken() -> Iterator[None]:
    """What could not be written is dropped, or else Python tries it again at the end and complains in English."""
    try:
        yield
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise NoReaderError if error.errno in _NO_READER else UnwrittenError from error
