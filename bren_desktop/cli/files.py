"""Reading a small file that somebody named."""

from __future__ import annotations

from pathlib import Path

from bren_desktop.errors import InvalidInputError


def read_file(path: str, most: int) -> bytes:
    """The content of a file of at most `most` bytes. Raises InvalidInputError."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise InvalidInputError("Het bestand kan niet worden gelezen. Controleer het pad.") from error
    if len(data) > most:
        raise InvalidInputError("Het bestand is te groot.")
    return data
