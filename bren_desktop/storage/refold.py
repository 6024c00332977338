"""Entities made anew from what the log holds of them: after operations went, or came a second time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, select

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Operation
from bren_desktop.storage import schema
from bren_desktop.storage.fold import Fold
from bren_desktop.storage.parcels import COLUMNS, Opener
from bren_desktop.storage.spaces import Spaces

_OP, _VECTOR = schema.op.c, schema.vector.c
_KNOWN = {kind.value for kind in Kind}


def refold(
    connection: Connection, fold: Fold, spaces: Spaces, opener: Opener, names: Collection[tuple[str, str]]
) -> None:
    """Bring the entities `names` to what all their operations give, in whatever order those came."""
    gone = []
    for kind, entity in sorted(names):
        if kind in _KNOWN:
            found = _held(connection, opener, kind, entity)
            if found:
                row, operations = found[0][0], [operation for _, operation in found]
                fold.replace(Kind(kind), entity, operations, spaces.numbered(row.space), row.subject)
            else:
                gone.append((Kind(kind), entity))
        if fold.full:
            fold.flush()
    fold.remove(gone)


def _held(connection: Connection, opener: Opener, kind: str, entity: str) -> Sequence[tuple[Any, Operation]]:
    """What the log holds of an entity, oldest first."""
    wanted = select(*COLUMNS, _VECTOR.space).join(schema.vector, _VECTOR.num == _OP.device)
    rows = connection.execute(wanted.where(_OP.entity == entity).order_by(_OP.seq)).all()
    return [(row, operation) for row, operation in opener.all_counted(rows) if operation.kind == kind]
