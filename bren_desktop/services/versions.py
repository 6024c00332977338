"""Reading the versions of a field that colleagues changed at the same time, and what they replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import Any

import msgpack

from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import Note, notes
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.operations import Dot, Operation
from bren_desktop.oplog.registers import Registers, Version, conflicts
from bren_desktop.services.numbers import KEPT_BY_PROGRAM
from bren_desktop.services.ports import Reader
from bren_desktop.services.views import FieldVersion

_DEEP_ENOUGH = 2_000


@dataclass(frozen=True, slots=True)
class ConflictVersion:
    """One version: a plain value (None where the field was emptied), who wrote it and when."""

    n: int
    value: Any
    who: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field, or one row of it, with its versions. `base` is what they replaced, where that is still known.

    `note` is None for a field of a newer version of the program. `stamp` names exactly these versions.
    """

    kind: Kind
    entity: str
    id: str
    field: str
    key: str
    label: str
    note: Note | None
    versions: tuple[ConflictVersion, ...]
    base: Any
    base_known: bool
    stamp: str

    @property
    def name(self) -> str:
        """Field and row as one word, as `settle` takes it."""
        return f"{self.field}/{self.key}" if self.key else self.field

    @property
    def removed(self) -> bool:
        """Removed by one and edited by another."""
        return any(version.value is None for version in self.versions)

    @property
    def editable(self) -> bool:
        """Whether another value than those of the versions may be given; of two sets of weights one is chosen whole."""
        is_kept = self.kind is Kind.CASE and self.field in KEPT_BY_PROGRAM
        return self.note is not None and not is_kept and self.kind is not Kind.WEIGHING


def versions_of(reader: Reader, kind: Kind, entity: str) -> Iterator[Conflict]:
    """The fields of a record with several versions, in the order of its form."""
    registers = reader.registers(kind, entity)
    order = {field: number for number, field in enumerate(notes(MODELS[kind]))}
    names = sorted(conflicts(registers), key=lambda name: (order.get(name[0], len(order)), name))
    if names:
        past = _Past(reader.history(entity, _DEEP_ENOUGH))
        shown = reader.shown_id(kind, entity)
        yield from (_conflict(kind, entity, shown, name, registers, past) for name in names)


def shown_versions(registers: Registers) -> dict[str, tuple[FieldVersion, ...]]:
    """The versions of each field that has several, for beside the field; of several rows, those of the last."""
    return {
        field: tuple(FieldVersion("" if v.value is None else str(v.value), milliseconds(v.clock)) for v in versions)
        for (field, _), versions in conflicts(registers).items()
    }


class _Past:
    """The history of a record, by the dots of its operations."""

    def __init__(self, history: Iterable[Operation]) -> None:
        self._operations = {operation.dot: operation for operation in history}

    def who(self, dot: Dot) -> str:
        operation = self._operations.get(dot)
        return operation.author.name if operation else ""

    def base(self, name: tuple[str, str], versions: Sequence[Version]) -> tuple[Any, bool]:
        """The last value that every version replaced, and whether it is known."""
        common = set.intersection(*(self._replaced(name, version.dot) for version in versions))
        known = [dot for dot in common if dot in self._operations]
        if not known:
            return None, False
        last = max(known, key=lambda dot: (self._operations[dot].clock, dot))
        return self._value(name, last), True

    def _replaced(self, name: tuple[str, str], dot: Dot) -> set[Dot]:
        found: set[Dot] = set()
        waiting = [dot]
        while waiting:
            operation = self._operations.get(waiting.pop())
            changes = operation.changes if operation else ()
            new = {dot for change in changes if change[:2] == name for dot in change.replaces} - found
            found |= new
            waiting += new
        return found

    def _value(self, name: tuple[str, str], dot: Dot) -> Any:
        return next((change.value for change in self._operations[dot].changes if change[:2] == name), None)


def _conflict(
    kind: Kind, entity: str, shown: str, name: tuple[str, str], registers: Registers, past: _Past
) -> Conflict:
    field, key = name
    live = conflicts(registers)[name]
    note = notes(MODELS[kind]).get(field)
    base, known = past.base(name, live)
    return Conflict(
        kind,
        entity,
        shown,
        field,
        key,
        note.label if note else field,
        note,
        _versions(live, past),
        base,
        known,
        _stamp(live),
    )


def _versions(live: Sequence[Version], past: _Past) -> tuple[ConflictVersion, ...]:
    """Numbered; equal values count as one version, of everybody who wrote it."""
    order = {_packed(version.value): number for number, version in reversed([*enumerate(live)])}
    grouped = groupby(sorted(live, key=lambda version: order[_packed(version.value)]), lambda each: _packed(each.value))
    return tuple(_version(n, list(same), past) for n, (_, same) in enumerate(grouped, start=1))


def _version(n: int, same: Sequence[Version], past: _Past) -> ConflictVersion:
    names = " en ".join(dict.fromkeys(name for version in same if (name := past.who(version.dot))))
    return ConflictVersion(n, same[0].value, names, milliseconds(same[0].clock))


def _packed(value: Any) -> bytes:
    return bytes(msgpack.packb(value))


def _stamp(live: Sequence[Version]) -> str:
    return blake2b(repr(sorted(version.dot for version in live)).encode(), digest_size=8).hexdigest()
