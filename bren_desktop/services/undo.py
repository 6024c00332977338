"""Undo: a new change that brings back what a person's last change replaced. Nothing is ever taken out of the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.operations import Change, Dot, Operation
from bren_desktop.services.ports import Writer

_DEEP_ENOUGH = 500


def compensate(writer: Writer, kind: Kind, entity: str, person: str, kept: Collection[str]) -> None:
    """Write the values from before the last change that `person` made to `entity`.

    Fields in `kept`, and fields that somebody changed since, stay as they are. Raises InvalidInputError where
    nothing can be undone.
    """
    history = [operation for operation in writer.history(entity, _DEEP_ENOUGH) if operation.entity == entity]
    last = next((operation for operation in history[:-1] if operation.author.person == person), None)
    values = _before(last, history, writer, kind, kept) if last else {}
    if not values:
        raise InvalidInputError("Er is niets om ongedaan te maken. De casus is niet veranderd.")
    writer.write(kind, entity, values)


def _before(
    last: Operation, history: Iterable[Operation], writer: Writer, kind: Kind, kept: Collection[str]
) -> dict[tuple[str, str], Any]:
    registers = writer.registers(kind, last.entity)
    written = {operation.dot: operation for operation in history}
    values = {}
    for change in last.changes:
        register = registers.get((change.field, change.key))
        live = [version.dot for version in register.versions] if register else []
        untouched = live == ([] if change.value is None and not live else [last.dot])
        if change.field not in kept and untouched:
            values[change.field, change.key] = _replaced(change, written)
    return values


def _replaced(change: Change, written: dict[Dot, Operation]) -> Any:
    for dot in change.replaces:
        for earlier in written[dot].changes if dot in written else ():
            if (earlier.field, earlier.key) == (change.field, change.key):
                return earlier.value
    return None
