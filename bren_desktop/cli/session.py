"""Opening a profile for one command, and closing it again whatever happens."""

from __future__ import annotations

import logging
import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bren_desktop import logs
from bren_desktop.cli.secrets import opened
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Profile

_log = logging.getLogger(__name__)


def profile(options: Namespace) -> Profile:
    """The profile named by --profile or BREN_PROFILE."""
    given = options.profile or os.environ.get("BREN_PROFILE")
    if not given:
        raise InvalidInputError("Geef de map van het profiel met --profile of BREN_PROFILE.")
    folder = Path(given)
    try:
        folder.exists()
    except OSError as error:
        raise InvalidInputError("Deze map kan niet worden gebruikt. Controleer het pad.") from error
    return Profile(folder)


@contextmanager
def unlocked(options: Namespace) -> Iterator[Workspace]:
    """The unlocked workspace of the profile."""
    workspace = opened(options, profile(options))
    try:
        with logs.timed(_log, options.run.__name__):
            yield workspace
    finally:
        workspace.lock()
