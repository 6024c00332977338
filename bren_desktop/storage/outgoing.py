"""Our own operations on their way to a segment."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bren_desktop.oplog.operations import Dot
from bren_desktop.services.sync_ports import Parcel
from bren_desktop.storage import blobs, schema
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.journal import Journal
from bren_desktop.storage.parcels import COLUMNS, Opener, is_plain, note_uncounted, sealed, uncounted
from bren_desktop.storage.spaces import Space

_OP, _SPACE = schema.op.c, schema.space.c
_LOOSE = "SELECT loose FROM space WHERE num = ?"
_AFTER = (
    "SELECT counter, subject, body FROM op WHERE device = ? AND counter > ? "
    "UNION ALL SELECT counter, subject, x'' FROM gap WHERE device = ? AND counter > ? ORDER BY counter"
)


class Outgoing:
    """What this laptop wrote in one space."""

    def __init__(self, journal: Journal, space: Space) -> None:
        journal.flush()
        self._journal = journal
        self._space = space
        self._number = journal.spaces.known_number(space, space.device)

    @property
    def _connection(self) -> Connection:
        return self._journal.connection

    def parcels(self, after: int, largest: int) -> list[Parcel]:
        """Operations with a counter above `after`, in order, up to about `largest` bytes, at least one.

        Those of what was erased are empty; those from before there was sync are sealed now.
        """
        found: list[Parcel] = []
        total = 0
        for counter, subject, body in tuples(self._connection, _AFTER, (self._number, after) * 2):
            parcel = Parcel(counter, subject, self._sealed(counter, subject) if is_plain(body) else body)
            total += len(parcel.body)
            if found and total > largest:
                break
            found.append(parcel)
        self._journal.keys.flush()
        return found

    def _sealed(self, counter: int, subject: bytes) -> bytes:
        wanted = select(*COLUMNS).where(_OP.device == self._number, _OP.counter == counter)
        row = self._connection.execute(wanted).one()
        operation = Opener(self._connection, self._journal.keys).operation(row)
        refs = blobs.named(self._connection, operation, self._space, subject)
        key = self._journal.keys.for_writing(self._space, subject) if subject else None
        return sealed(operation, subject, refs, key)

    def settle(self, after: int, until: int) -> None:
        """Now that a segment names what we have seen: what it replaces beyond that does not count, here as elsewhere.

        Only where operations of a colleague were taken back can our own name such. Their versions are not here, so
        our state stays what the segment says it is.
        """
        if not self._connection.exec_driver_sql(_LOOSE, (self._space.num,)).scalar():
            return
        opener = Opener(self._connection, self._journal.keys)
        wanted = select(*COLUMNS).where(_OP.device == self._number, _OP.counter > after, _OP.counter <= until)
        names = set()
        for row in self._connection.execute(wanted).all():
            operation = opener.operation(row)
            unseen = {dot for change in operation.changes for dot in change.replaces if self._is_unseen(dot)}
            if unseen:
                known = uncounted(self._connection, row.device, row.counter)
                note_uncounted(self._connection, row.device, row.counter, unseen | known)
                names.add((operation.kind, operation.entity))
        self._journal.refold(names)
        if until == self._space.vector.get(self._space.device, 0):
            self._connection.execute(schema.space.update().where(_SPACE.num == self._space.num).values(loose=0))

    def _is_unseen(self, dot: Dot) -> bool:
        return dot.counter > self._space.vector.get(dot.device, 0)
