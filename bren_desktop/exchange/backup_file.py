"""A backup as one file: a few named parts, each with its size and digest, one after the other.

    "BRENBACKUP" || 01 || u32 length of the list || the list in JSON: [[name, size, sha256 in hex] ...] || the parts

Nothing in it is readable: the store is encrypted, the key in its key file is wrapped. What is read is hostile until its
digests hold; names are those that a profile has, so that no part can be put anywhere else.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bren_desktop.errors import UnreadableFileError
from bren_desktop.exchange.target import writing

NAMES = frozenset({"store.db", "keys.json", "erased.json"})
_MAGIC = b"BRENBACKUP\x01"
_LENGTH = 4
_LONGEST_LIST = 4096
_PIECE = 1024 * 1024


class Part(NamedTuple):
    """One part: its name, size and digest, and where it starts in the file."""

    name: str
    size: int
    digest: str
    start: int


def pack(path: Path, parts: Mapping[str, Path | bytes]) -> None:
    """Write `parts` to `path`, all or nothing, and read them back."""
    listed = [[name, *_measured(part)] for name, part in sorted(parts.items())]
    head = json.dumps(listed).encode("ascii")
    with writing(path) as file:
        file.write(_MAGIC + len(head).to_bytes(_LENGTH, "big") + head)
        for name, _, _ in listed:
            with _opened(parts[str(name)]) as source:
                shutil.copyfileobj(source, file, _PIECE)
    verify(path)


def verify(path: Path) -> tuple[Part, ...]:
    """The parts of a sound backup. Raises UnreadableFileError for anything else."""
    try:
        with path.open("rb") as file:
            parts = _listed(file)
            for part in parts:
                if _digest(_pieces(file, part)) != part.digest:
                    raise _Unsound
            if file.read(1):
                raise _Unsound
    except _Unsound as error:
        raise UnreadableFileError(
            "Dit is geen reservekopie van BREN Desktop, of die is beschadigd. Er is niets veranderd. Kies een andere."
        ) from error
    except OSError as error:
        raise UnreadableFileError("De reservekopie kan niet worden gelezen. Controleer het pad.") from error
    return parts


def unpack(path: Path, folder: Path) -> None:
    """Put the parts of a sound backup in `folder`, which holds none of them yet."""
    parts = verify(path)
    with path.open("rb") as file:
        for part in parts:
            file.seek(part.start)
            with writing(folder / part.name) as target:
                for piece in _pieces(file, part):
                    target.write(piece)


class _Unsound(Exception):  # noqa: N818 - never leaves this module
    """These bytes are no backup."""


def _listed(file: BinaryIO) -> tuple[Part, ...]:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise _Unsound
    length = int.from_bytes(file.read(_LENGTH), "big")
    if length > _LONGEST_LIST:
        raise _Unsound
    try:
        rows = json.loads(file.read(length).decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise _Unsound from error
    return tuple(_parts(rows, len(_MAGIC) + _LENGTH + length))


def _parts(rows: object, start: int) -> Iterator[Part]:
    if not isinstance(rows, list) or len(rows) != len(NAMES):
        raise _Unsound
    left = set(NAMES)
    for row in rows:
        match row:
            case [str(name), int(size), str(digest)] if name in left and size >= 0:
                left.discard(name)
                yield Part(name, size, digest, start)
                start += size
            case _:
                raise _Unsound


def _pieces(file: BinaryIO, part: Part) -> Iterator[bytes]:
    left = part.size
    while left:
        piece = file.read(min(left, _PIECE))
        if not piece:
            raise _Unsound
        left -= len(piece)
        yield piece


def _measured(part: Path | bytes) -> tuple[int, str]:
    size = len(part) if isinstance(part, bytes) else part.stat().st_size
    with _opened(part) as source:
        return size, _digest(iter(lambda: source.read(_PIECE), b""))


def _digest(pieces: Iterator[bytes]) -> str:
    total = hashlib.sha256()
    for piece in pieces:
        total.update(piece)
    return total.hexdigest()


def _opened(part: Path | bytes) -> BinaryIO:
    return BytesIO(part) if isinstance(part, bytes) else part.open("rb")
