"""The log and the fold of one transaction: every operation, our own or a colleague's, passes here on its way in."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property

from sqlalchemy import Connection

from bren_desktop.crypto.parcels import BadParcelError, key_id
from bren_desktop.domain.changing import may_change
from bren_desktop.domain.entities import Kind, Values
from bren_desktop.errors import ErasedCaseError, NotAllowedError, ReadOnlyError
from bren_desktop.oplog.clock import witness
from bren_desktop.oplog.contents import BlobRef
from bren_desktop.oplog.operations import Author, Change, DecodingError, Dot, Operation
from bren_desktop.oplog.registers import Registers, changes
from bren_desktop.services.ports import Clock
from bren_desktop.services.sync_ports import AUTHOR, Parcel
from bren_desktop.storage import blobs, refold, versions
from bren_desktop.storage.case_keys import CaseKeys
from bren_desktop.storage.derived import Entry
from bren_desktop.storage.fold import Fold
from bren_desktop.storage.ids import id_bytes
from bren_desktop.storage.local import LocalRows
from bren_desktop.storage.parcels import Opener, counted, note_uncounted, sealed
from bren_desktop.storage.placing import case_of, may_be_about
from bren_desktop.storage.spaces import Space, Spaces

_APPEND = "INSERT INTO op (device, counter, clock, entity, subject, body) VALUES (?, ?, ?, ?, ?, ?)"
_KNOWN = {kind.value for kind in Kind}


class Journal:
    """What one transaction appends. Operations and folded entities go down in batches."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.connection = connection
        self.clock = clock
        self.keys = CaseKeys(connection)
        self.fold = Fold(connection)
        self.touched: set[tuple[str, str]] = set()
        self._operations: list[tuple[int, int, int, str, bytes, bytes]] = []
        self._again: set[tuple[str, str]] = set()
        self._cards: dict[int, Author | None] = {}

    @cached_property
    def spaces(self) -> Spaces:
        """The spaces; a transaction that is about none of them does not read them."""
        return Spaces(self.connection)

    def registers(self, kind: Kind, entity: str) -> Registers:
        """The registers of an entity as they are now."""
        if self.fold.full or (kind, entity) in self._again:
            self.flush()
        return self.fold.registers(kind, entity)

    def write(self, author: Author, kind: Kind, entity: str, values: Values, seen: Registers | None = None) -> bool:
        """Bring an entity to `values` by an operation of this laptop; whether that differed from what was `seen`."""
        found = changes(self.registers(kind, entity) if seen is None else seen, values)
        if found:
            self.append(author, kind, entity, found)
        return bool(found)

    def append(self, author: Author, kind: Kind, entity: str, found: tuple[Change, ...], into: str = "") -> None:
        """An operation of this laptop; where its entity is new, in the space `into` or at home.

        Raises NotAllowedError for what every other laptop would refuse, ReadOnlyError in a space that we are out of.
        """
        space, subject = self._place(kind, entity, found, into)
        if space.is_left:
            raise ReadOnlyError
        named = self._on_card(space) or author
        if not may_change(named.role, kind, {change.field for change in found}):
            raise NotAllowedError(
                "Met de rol {role} mag u dit niet wijzigen. Er is niets veranderd. "
                "Vraag een collega met een andere rol.",
                role=named.role,
            )
        clock = space.next_clock(self.clock.now_ms())
        self.issue(Operation(self._next_dot(space), clock, space.id, kind.value, entity, named, found), space, subject)

    def _on_card(self, space: Space) -> Author | None:
        """Whom our card in a space names; None in one that is on no share."""
        if space.num not in self._cards:
            kept = LocalRows(self.connection).local(AUTHOR + space.id)
            self._cards[space.num] = Author(*json.loads(kept)) if kept else None
        return self._cards[space.num]

    def _next_dot(self, space: Space) -> Dot:
        return Dot(space.device, space.vector.get(space.device, 0) + 1)

    def _place(self, kind: Kind, entity: str, found: Sequence[Change], into: str) -> tuple[Space, bytes]:
        entry = self.fold.entry(kind, entity)
        if entry:
            return self.spaces.numbered(entry.space), entry.subject
        case = case_of(kind, entity, found)
        above = self.fold.entry(Kind.CASE, case) if case and kind is not Kind.CASE else None
        home = self.spaces.get(into) or (self.spaces.numbered(above.space) if above else self.spaces.home(kind))
        subject = id_bytes(case)
        if not id_bytes(entity):
            raise ValueError("not an id")
        if subject and subject in self.keys.erased:
            raise ErasedCaseError
        return home, subject

    def reissue(self, operation: Operation, space: Space) -> Dot | None:
        """Write an operation that was taken back as ours, at its own time but not ahead of our clock; its new name.

        None for one about an erased case, or that may not be here.
        """
        entry = self._known(operation)
        subject = entry.subject if entry else id_bytes(case_of(operation.kind, operation.entity, operation.changes))
        if subject in self.keys.erased or not self._may_live(operation, space, subject):
            return None
        dot = self._next_dot(space)
        clock = min(operation.clock, space.next_clock(self.clock.now_ms()))
        self.issue(replace(operation, dot=dot, clock=clock), space, subject)
        return dot

    def _may_live(self, operation: Operation, space: Space, subject: bytes) -> bool:
        """Whether an operation that says so may be about `subject`, in this space."""
        entry = self._known(operation)
        is_here = entry is None or (entry.space, entry.subject) == (space.num, subject)
        is_named = id_bytes(operation.entity) and may_be_about(operation.kind, operation.entity, subject)
        return bool(is_named) and is_here and space.takes(operation.kind)

    def issue(self, operation: Operation, space: Space, subject: bytes) -> None:
        """Seal an operation of this laptop, keep and fold it."""
        refs = blobs.named(self.connection, operation, space, subject)
        key = self.keys.for_writing(space, subject) if subject else None
        self._keep(operation, space, subject, sealed(operation, subject, refs, key))

    def take(
        self, operation: Operation, parcel: Parcel, refs: Sequence[BlobRef], uncounted: Collection[Dot] = ()
    ) -> bool:
        """Take in a colleague's operation; whether it was new. Raises DecodingError for one that cannot be right."""
        space = self._space(operation, parcel)
        device, counter = operation.dot
        if not self._is_next(space, device, counter):
            return False
        if parcel.subject and parcel.subject in self.keys.erased:
            space.advance(device, counter)
            return True
        self._check(operation, parcel, space)
        space.clock = witness(space.clock, operation.clock, self.clock.now_ms())
        if uncounted:
            note_uncounted(self.connection, self.spaces.number(space, device), counter, uncounted)
        blobs.remember(self.connection, refs, space, parcel.subject)
        self._keep(counted(operation, uncounted), space, parcel.subject, parcel.body)
        return True

    def skip(self, space: str, device: bytes, counter: int) -> None:
        """Count a colleague's operation as applied."""
        held = self.spaces.get(space)
        if held is None:
            raise DecodingError("another space")
        if self._is_next(held, device, counter):
            held.advance(device, counter)

    def _space(self, operation: Operation, parcel: Parcel) -> Space:
        space = self.spaces.get(operation.space)
        if space is None:
            raise DecodingError("another space")
        if parcel.counter != operation.dot.counter:
            raise DecodingError("another number")
        return space

    def _is_next(self, space: Space, device: bytes, counter: int) -> bool:
        known = space.vector.get(device, 0)
        if counter > known + 1:
            raise DecodingError("a gap")
        return counter > known

    def _check(self, operation: Operation, parcel: Parcel, space: Space) -> None:
        if not self._may_live(operation, space, parcel.subject):
            raise DecodingError("of another kind of space, under another subject, or known in another space")
        try:
            key = self.keys.find(key_id(parcel.body)) if key_id(parcel.body) else None
        except BadParcelError as error:
            raise DecodingError("no parcel") from error
        if (key.subject if key else b"") != parcel.subject:
            raise DecodingError("no key, or of another case")

    def _known(self, operation: Operation) -> Entry | None:
        return self.fold.entry(Kind(operation.kind), operation.entity) if operation.kind in _KNOWN else None

    def _keep(self, operation: Operation, space: Space, subject: bytes, body: bytes) -> None:
        device, counter = operation.dot
        number = self.spaces.number(space, device)
        self._operations.append((number, counter, operation.clock, operation.entity, subject, body))
        name = operation.kind, operation.entity
        self.touched.add(name)
        if counter <= space.highest.get(device, 0):
            self._again.add(name)
        self.fold.fold(operation, space, subject)
        if self.fold.full:
            self.flush()

    def flush(self) -> None:
        """Write what still waits in memory."""
        if self._operations:
            self.connection.exec_driver_sql(_APPEND, self._operations)
            self._operations.clear()
        self.keys.flush()
        if self._again:
            again, self._again = self._again, set()
            self.refold(again)
        self.fold.flush()

    def refold(self, names: Collection[tuple[str, str]]) -> None:
        """Make entities anew from what the log holds of them."""
        if names:
            refold.refold(self.connection, self.fold, self.spaces, Opener(self.connection, self.keys), names)
            versions.rewritten(self.connection)

    def finish(self) -> None:
        """The last work of the transaction."""
        self.flush()
        self.spaces.save()
