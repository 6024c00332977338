"""Shortening a chain as if the rest had never come, and writing what was ours again under another name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from bren_desktop.oplog.operations import Change, DecodingError, Dot, Operation
from bren_desktop.storage import schema
from bren_desktop.storage.chains import Chains
from bren_desktop.storage.destroying import retire
from bren_desktop.storage.journal import Journal
from bren_desktop.storage.parcels import COLUMNS, Opener
from bren_desktop.storage.spaces import Space

_OP, _GAP, _SPACE = schema.op.c, schema.gap.c, schema.space.c


class Retaking:
    """Taking back and issuing again, within one transaction."""

    def __init__(self, journal: Journal, chains: Chains) -> None:
        self._journal = journal
        self._chains = chains

    def take_back(self, space: Space, device: bytes, seq: int) -> list[Operation]:
        """Shorten a chain to `seq`; the operations that were undone, in order."""
        journal, connection = self._journal, self._journal.connection
        journal.flush()
        counter = self._chains.shorten(space, device, seq)
        number = journal.spaces.known_number(space, device)
        wanted = select(_OP.seq, *COLUMNS).where(_OP.device == number, _OP.counter > counter).order_by(_OP.counter)
        rows = connection.execute(wanted).all()
        opener = Opener(connection, journal.keys)
        undone = [opener.operation(row) for row in rows]
        retire(connection, [row.seq for row in rows])
        connection.execute(schema.gap.delete().where(_GAP.device == number, _GAP.counter > counter))
        connection.execute(schema.space.update().where(_SPACE.num == space.num).values(loose=1))
        space.retreat(device, counter)
        names = {(operation.kind, operation.entity) for operation in undone}
        journal.refold(names)
        journal.touched.update(names)
        return undone

    def reissue(self, operations: Sequence[Operation]) -> None:
        """Write operations as our own; what they replace among themselves follows their new names."""
        renamed: dict[Dot, Dot] = {}
        for operation in operations:
            space = self._journal.spaces.get(operation.space)
            if space is None:
                raise DecodingError("another space")
            changes = tuple(_followed(change, renamed, space.vector) for change in operation.changes)
            dot = self._journal.reissue(replace(operation, changes=changes), space)
            if dot is not None:
                renamed[operation.dot] = dot


def _followed(change: Change, renamed: Mapping[Dot, Dot], seen: Mapping[bytes, int]) -> Change:
    """What a change replaces by today's names, without what nobody has seen."""
    dots = (renamed.get(dot, dot) for dot in change.replaces)
    return change._replace(replaces=tuple(dot for dot in dots if dot.counter <= seen.get(dot.device, 0)))
