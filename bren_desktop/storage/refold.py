"""Entities made anew from what the log holds of them: after operations went, or came a second time."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from bren_desktop.domain.entities import Kind
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
    for kind, entity in sorted(names):
        if kind in _KNOWN:
            _one(connection, fold, spaces, opener, Kind(kind), entity)


def _one(connection: Connection, fold: Fold, spaces: Spaces, opener: Opener, kind: Kind, entity: str) -> None:
    wanted = select(*COLUMNS, _VECTOR.space).join(schema.vector, _VECTOR.num == _OP.device)
    rows = list(connection.execute(wanted.where(_OP.entity == entity).order_by(_OP.seq)))
    found = [(row, operation) for row, operation in opener.all_counted(rows) if operation.kind == kind]
    if found:
        first = found[0][0]
        operations = [operation for _, operation in found]
        fold.replace(kind, entity, operations, spaces.numbered(first.space), first.subject)
    else:
        fold.remove(kind, entity)
