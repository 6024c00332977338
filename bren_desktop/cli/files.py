"""Files that somebody named: small ones to read, and those that may replace nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bren_desktop.errors import InvalidInputError
from bren_desktop.exchange.target import writing


class TakenNameError(InvalidInputError):
    """What is there stays."""

    def __init__(self) -> None:
        super().__init__("Er staat al een bestand met deze naam. Er is niets veranderd. Kies een andere naam.")


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


def read_json(path: str, most: int) -> object:
    """What a JSON file of at most `most` bytes says. Raises InvalidInputError."""
    try:
        return json.loads(read_file(path, most).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidInputError("Het bestand is geen leesbare JSON in UTF-8.") from error


def read_object(path: str, most: int) -> Mapping[str, object]:
    """The one JSON object in a file of at most `most` bytes. Raises InvalidInputError."""
    value = read_json(path, most)
    if not isinstance(value, dict):
        raise InvalidInputError("Het bestand moet één JSON-object bevatten.")
    return value


def resolved(path: Path) -> Path:
    """Where `path` leads; links that go round lead nowhere, and stay as they are."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def is_folder(path: Path) -> bool:
    """Whether it is one that can be looked at; a name that is too long is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


@contextmanager
def writing_new(path: Path) -> Iterator[BinaryIO]:
    """As `writing`, where nothing is yet: an invite or a key that is overwritten is lost. Raises InvalidInputError."""
    with writing(path) as file:
        if path.exists():
            raise TakenNameError
        yield file
