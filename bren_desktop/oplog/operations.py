"""What is written: one operation per entity and transaction, immutable, with its author and what it replaces.

Bytes are msgpack. A decoder takes nothing for granted: sizes, types and depth are checked before anything is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgpack

from bren_desktop.oplog.unpacking import unpack_bounded

LARGEST_OPERATION = 16 * 1024 * 1024
"""Bytes of one encoded operation."""
DEEPEST = 16
"""Lists and maps within each other in one value: what is read must also be written again, inside others."""
FORMAT = 1
_LARGEST_NUMBER = 2**63 - 1
_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})


class Dot(NamedTuple):
    """The unique name of an operation: the device that wrote it and that device's counter.

    Within one register a dot names one version.
    """

    device: bytes
    counter: int


class Change(NamedTuple):
    """One register of an entity set to `value` (None: emptied or removed), replacing the versions the author saw.

    `key` is empty for a single field, the element for a set, and the row's id for rows.
    """

    field: str
    key: str
    value: Any
    replaces: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an operation: person id, name and role as they were at that moment."""

    person: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Operation:
    """All changes of one entity in one transaction. `clock` is a hybrid logical clock value, for display order only."""

    dot: Dot
    clock: int
    space: str
    kind: str
    entity: str
    author: Author
    changes: tuple[Change, ...]


class DecodingError(ValueError):
    """Bytes that are no operation."""


def encode(operation: Operation) -> bytes:
    """The canonical bytes of `operation`."""
    author = operation.author
    changes = [[c.field, c.key, c.value, [list(dot) for dot in c.replaces]] for c in operation.changes]
    return bytes(
        msgpack.packb(
            [
                FORMAT,
                operation.dot.device,
                operation.dot.counter,
                operation.clock,
                operation.space,
                operation.kind,
                operation.entity,
                [author.person, author.name, author.role],
                changes,
            ]
        )
    )


def decode(data: bytes) -> Operation:
    """The operation in `data`. Raises DecodingError for anything else."""
    try:
        fmt, device, counter, clock, space, kind, entity, author, changes = _unpack(data)
        if fmt != FORMAT:
            raise DecodingError("unknown format")
        operation = Operation(
            Dot(device, counter),
            clock,
            space,
            kind,
            entity,
            Author(*author),
            tuple(Change(f, k, v, tuple(map(Dot._make, replaces))) for f, k, v, replaces in changes),
        )
    except (ValueError, TypeError) as error:
        raise DecodingError("not an operation") from error
    _check(operation)
    return operation


def _unpack(data: bytes) -> Any:
    if len(data) > LARGEST_OPERATION:
        raise DecodingError("too large")
    try:
        return unpack_bounded(data, ext_hook=_refuse_extension)
    except (msgpack.exceptions.UnpackException, msgpack.exceptions.StackError, UnicodeDecodeError) as error:
        raise DecodingError("not msgpack") from error


def _refuse_extension(_code: int, _data: bytes) -> Any:
    raise DecodingError("extension type")


def _check(operation: Operation) -> None:
    author, changes = operation.author, operation.changes
    texts = [operation.space, operation.kind, operation.entity, author.person, author.name, author.role]
    texts += [text for change in changes for text in (change.field, change.key)]
    dots = [operation.dot, *(dot for change in changes for dot in change.replaces)]
    numbers = [operation.clock, *(dot.counter for dot in dots)]
    if not (
        _are(str, texts)
        and _are(bytes, (dot.device for dot in dots))
        and _are(int, numbers)
        and 0 <= min(numbers) <= max(numbers) <= _LARGEST_NUMBER
        and all(_is_plain(change.value) for change in changes)
    ):
        raise DecodingError("types")


def _are(kind: type, values: Iterable[object]) -> bool:
    return set(map(type, values)) == {kind}


def _is_plain(value: object, levels: int = DEEPEST) -> bool:
    """Whether `value` holds text, numbers and the like only (msgpack has a type for moments as well), not too deep."""
    if type(value) in _PLAIN:
        return True
    inner = list(value.values()) if isinstance(value, dict) else value
    return levels > 0 and isinstance(inner, list) and all(_is_plain(item, levels - 1) for item in inner)
