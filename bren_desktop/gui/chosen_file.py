"""Reads the small file that a user chose."""

from __future__ import annotations

from pathlib import Path

from bren_desktop.errors import UnreadableFileError


def read_chosen(path: Path, most: int, refusal: str) -> bytes:
    """At most `most` bytes of `path`. Raises UnreadableFileError, which says `refusal`."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise UnreadableFileError(refusal) from error
