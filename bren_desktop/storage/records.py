"""Reading entities: their registers, names, children and history."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, Select, literal_column, or_, select

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Dot, Operation
from bren_desktop.oplog.registers import Registers, unpack
from bren_desktop.services.sync_ports import Standing
from bren_desktop.storage import schema, versions
from bren_desktop.storage.case_keys import CaseKeys
from bren_desktop.storage.ids import id_bytes
from bren_desktop.storage.parcels import COLUMNS, Opener
from bren_desktop.storage.sight import PROGRAM, Eyes, Sight

_REC = schema.rec.c
_OP = schema.op.c
_LAST_CHANGE = (
    "SELECT v.device, o.counter FROM op o JOIN vector v ON v.num = o.device "
    "WHERE o.entity = ? OR o.entity IN (SELECT entity FROM child WHERE parent = ?) "
    "ORDER BY o.clock DESC, o.seq DESC LIMIT 1"
)
_LONE = re.compile(r"[\ud800-\udfff]")
"""Half a character, as a command line that is no UTF-8 gives; SQLite cannot be asked for it."""


class Records:
    """The part of a reader that knows entities one by one."""

    def __init__(self, connection: Connection, eyes: Eyes = PROGRAM) -> None:
        self._raw = connection
        self._sight = Sight(connection, eyes)

    @property
    def _sql(self) -> Connection:
        """The connection, after whatever this transaction still has to write."""
        return self._raw

    def exists(self, kind: Kind, entity: str) -> bool:
        wanted = select(_REC.id).where(_REC.kind == kind.value, _REC.entity == entity)
        return self._raw.scalar(wanted) is not None

    def registers(self, kind: Kind, entity: str) -> Registers:
        self._sight.require(kind, entity)
        wanted = select(_REC.registers).where(_REC.kind == kind.value, _REC.entity == entity)
        packed = self._raw.scalar(wanted)
        return unpack(packed) if packed else {}

    def find(self, kind: Kind, name: str) -> str | None:
        if not name or _LONE.search(name):
            return None
        for column in (_REC.entity, _REC.shown, _REC.name):
            wanted = select(_REC.entity).where(_REC.kind == kind.value, column == name).order_by(_REC.id).limit(1)
            found = self._raw.scalar(wanted)
            if found is not None:
                return str(found)
        return None

    def shown_id(self, kind: Kind, entity: str) -> str:
        wanted = select(_REC.shown).where(_REC.kind == kind.value, _REC.entity == entity)
        return self._sql.scalar(wanted) or entity

    def entities(self, kind: Kind) -> Sequence[str]:
        return list(self._sql.scalars(self._of(kind).order_by(_REC.shown, _REC.entity)))

    def recent(self, kind: Kind, limit: int) -> Sequence[str]:
        newest = self._of(kind).order_by(_REC.changed.desc(), _REC.id.desc())
        return list(self._sql.scalars(newest.limit(limit)))

    def conflicted(self, kind: Kind) -> Sequence[str]:
        wanted = self._of(kind).where(_REC.conflicts > literal_column("0"), _REC.space.not_in(self._left()))
        return list(self._sql.scalars(wanted.order_by(_REC.entity)))

    def _of(self, kind: Kind) -> Select[tuple[str]]:
        """The entities of a kind that the reader may see."""
        return select(_REC.entity).where(_REC.kind == kind.value, self._sight.records(kind))

    def lie_together(self, first: str, second: str) -> bool:
        both = _REC.kind == Kind.CASE.value, _REC.entity.in_((first, second))
        return len(self._sql.scalars(select(_REC.space).where(*both).distinct()).all()) == 1

    def sees(self, case: str) -> bool:
        return self._sight.sees(case)

    def only_reads(self, case: str) -> bool:
        return self._sight.only_reads(_REC.entity == case)

    def is_erased(self, entity: str) -> bool:
        wanted = select(schema.erased.c.subject).where(schema.erased.c.subject == id_bytes(entity))
        return self._raw.scalar(wanted) is not None

    def read_only(self, kind: Kind) -> frozenset[str]:
        left = self._left()
        if not left:
            return frozenset()
        return frozenset(self._sql.scalars(select(_REC.entity).where(_REC.space.in_(left), _REC.kind == kind.value)))

    def _left(self) -> Sequence[int]:
        """The spaces that this laptop is out of: hardly ever any."""
        left = select(schema.space.c.num).where(schema.space.c.standing == Standing.OUT.value)
        return self._raw.scalars(left).all()

    def children(self, kind: Kind, parent: str) -> Sequence[str]:
        self._sight.require(Kind.CASE, parent)
        child = schema.child.c
        wanted = select(child.entity).where(child.parent == parent, child.kind == kind.value)
        return list(self._sql.scalars(wanted.order_by(child.created.desc(), child.entity)))

    def history(self, entity: str, limit: int) -> Sequence[Operation]:
        self._sight.require(Kind.CASE, entity)
        below = select(schema.child.c.entity).where(schema.child.c.parent == entity)
        wanted = select(*COLUMNS).where(or_(_OP.entity == entity, _OP.entity.in_(below)))
        newest = wanted.order_by(_OP.clock.desc(), _OP.seq.desc()).limit(limit)
        opener = Opener(self._sql, CaseKeys(self._raw))
        return [opener.operation(row) for row in self._raw.execute(newest)]

    def last_change(self, entity: str) -> Dot | None:
        self._sight.require(Kind.CASE, entity)
        row = self._sql.exec_driver_sql(_LAST_CHANGE, (entity, entity)).first()
        return Dot(row.device, row.counter) if row else None

    def version(self) -> int:
        return versions.newest(self._sql)

    def changed_since(self, kind: Kind, version: int) -> Sequence[str]:
        if version < versions.last_rewritten(self._sql):
            return self.entities(kind)
        touched = select(_OP.entity).where(_OP.seq > version).distinct()
        return list(self._sql.scalars(self._of(kind).where(_REC.entity.in_(touched))))
