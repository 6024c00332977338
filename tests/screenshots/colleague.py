"""A colleague who does not exist, whose changes come in as sync brings them."""

from __future__ import annotations

from typing import Any, cast

from bren_desktop.crypto.parcels import case_key_id
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author, Change, Dot, Operation
from bren_desktop.services.context import Context
from bren_desktop.services.sync_ports import CaseKey, Parcel, SyncStore
from bren_desktop.storage.ids import id_bytes
from bren_desktop.storage.parcels import sealed
from bren_desktop.storage.placing import case_of

ALI = Author("p9", "Ali Bedacht", "voorzitter")
KEY = b"k" * 32
_LATER = 90 * 60 * 1000 << 16


class Colleague:
    """Changes records of an open profile from another laptop."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._counters: dict[str, int] = {}

    def change(self, kind: Kind, entity: str, field: str, value: Any, key: str = "") -> None:
        """Replace what stood there first, without having seen what was written since."""
        with self._context.store.read() as reader:
            history = [each for each in reader.history(entity, 500) if each.entity == entity]
        space, clock = history[0].space, history[0].clock + _LATER
        first = [each.dot for each in history if any(change[:2] == (field, key) for change in each.changes)]
        self._counters[space] = self._counters.get(space, 0) + 1
        dot = Dot(id_bytes(space)[:8] + b"collega1", self._counters[space])
        change = Change(field, key, value, tuple(first[-1:]))
        self._deliver(Operation(dot, clock, space, kind.value, entity, ALI, (change,)))

    def _deliver(self, operation: Operation) -> None:
        subject = id_bytes(case_of(operation.kind, operation.entity, operation.changes))
        space = id_bytes(operation.space)
        case_key = CaseKey(subject, case_key_id(KEY, space, subject), KEY) if subject else None
        with cast(SyncStore, self._context.store).sync() as rows:
            if case_key and rows.case_key(case_key.id) is None:
                rows.put_case_keys(operation.space, [case_key])
            rows.take(operation, Parcel(operation.dot.counter, subject, sealed(operation, subject, (), case_key)), ())
