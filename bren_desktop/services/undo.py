"""Undo: a new change that brings back what a person's last change replaced. Nothing is ever taken out of the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.operations import Change, Operation
from bren_desktop.services.ports import Writer

_DEEP_ENOUGH = 500


def compensate(writer: Writer, kind: Kind, entity: str, person: str, kept: Collection[str]) -> None:
    """Write the values from before the last change that `person` made to `entity`.

    Fields in `kept`, and fields that somebody changed since, stay as they are. Raises InvalidInputError where
    nothing can be undone.
    """
    history = [operation for operation in writer.history(entity, _DEEP_ENOUGH) if operation.entity == entity]
    last = next((each for each in history if each.author.person == person and _may_be_undone(each, kept)), None)
    values = _before(last, history, writer, kind, kept) if last else {}
    if not values:
        raise InvalidInputError("Er is niets om ongedaan te maken. De casus is niet veranderd.")
    writer.write(kind, entity, values)


def _may_be_undone(operation: Operation, kept: Collection[str]) -> bool:
    """Whether a person made this change: the program's own are left, and so is the one that made the record.

    Clocks differ between laptops, so the first operation in the history need not be that one.
    """
    made = any(change.field in kept and not change.replaces for change in operation.changes)
    return not made and any(change.field not in kept for change in operation.changes)


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
        earlier = [written[dot] for dot in change.replaces if dot in written]
        if change.field not in kept and untouched and bool(earlier) == bool(change.replaces):
            values[change.field, change.key] = _replaced(change, earlier)
    return values


def _replaced(change: Change, earlier: Iterable[Operation]) -> Any:
    """The value that was shown before `change`, of those in the operations `earlier` that it replaced."""
    shown = max(earlier, key=lambda operation: (operation.clock, operation.dot), default=None)
    values = (each.value for each in shown.changes if each[:2] == change[:2]) if shown else ()
    return next(iter(values), None)
