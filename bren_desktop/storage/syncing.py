"""What sync asks of the store (`services.sync_ports.SyncRows`), in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from bren_desktop.domain.entities import Kind, Values
from bren_desktop.oplog.contents import BlobRef
from bren_desktop.oplog.operations import Author, Change, DecodingError, Dot, Operation
from bren_desktop.services.rows import Changes, ReadEntry
from bren_desktop.services.sync_ports import CaseKey, Held, HeldSpace, Link, Parcel, Standing
from bren_desktop.storage import blobs, held_spaces, schema, state
from bren_desktop.storage.chains import Chains
from bren_desktop.storage.engine import tuples
from bren_desktop.storage.erasing import Erasing
from bren_desktop.storage.journal import Journal
from bren_desktop.storage.local import LocalRows, put_local
from bren_desktop.storage.outgoing import Outgoing
from bren_desktop.storage.reads import Reads
from bren_desktop.storage.retaking import Retaking
from bren_desktop.storage.spaces import Space, Spaces, entity_id
from bren_desktop.storage.writer import StoreWriter

_EPOCH, _HELD, _REC = schema.epoch_key, schema.held, schema.rec.c
_ALL_HELD = f"SELECT {', '.join(Held._fields)} FROM held ORDER BY space, name, counter"  # noqa: S608
_CONFLICTED = "SELECT count(*) FROM rec WHERE conflicts > 0 AND space NOT IN (SELECT num FROM space WHERE standing = ?)"


class StoreSyncRows:
    """One transaction of sync."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._connection = journal.connection
        self._erasing = Erasing(journal)

    @property
    def _spaces(self) -> Spaces:
        return self._journal.spaces

    @cached_property
    def _chains(self) -> Chains:
        return Chains(self._connection, self._spaces)

    @property
    def destroyed(self) -> bool:
        """Whether something was erased or dropped."""
        return self._erasing.destroyed

    def spaces(self) -> Sequence[HeldSpace]:
        return held_spaces.all_held(self._connection)

    def put_space(self, space: HeldSpace) -> None:
        self._journal.flush()
        self._spaces.save()
        held_spaces.put(self._connection, space)
        self._spaces.reload()

    def drop_space(self, space: str) -> None:
        self._erasing.drop_space(space)

    def epoch_keys(self, space: str) -> Mapping[bytes, bytes]:
        wanted = "SELECT epoch, key FROM epoch_key WHERE space = ?"
        return dict(tuples(self._connection, wanted, (self._space(space).num,)))

    def put_epoch_key(self, space: str, epoch: bytes, key: bytes) -> None:
        values = {"space": self._space(space).num, "epoch": epoch, "key": key}
        self._connection.execute(insert(_EPOCH).values(**values).on_conflict_do_nothing())

    def chains(self, space: str) -> Mapping[bytes, Link]:
        return self._chains.all_last(self._space(space))

    def link(self, space: str, device: bytes, seq: int) -> Link | None:
        return self._chains.one(self._space(space), device, seq)

    def links(self, space: str, device: bytes) -> Sequence[Link]:
        return self._chains.all(self._space(space), device)

    def add_link(self, space: str, device: bytes, link: Link) -> None:
        held = self._space(space)
        before = self._chains.last(held, device)
        self._chains.add(held, device, link)
        if device == held.device:
            Outgoing(self._journal, held).settle(before.counter if before else 0, link.counter)

    def unsealed(self, space: str, largest: int) -> Sequence[Parcel]:
        held = self._space(space)
        return Outgoing(self._journal, held).parcels(self._sealed(held), largest)

    def count_unsealed(self, space: str) -> int:
        held = self._space(space)
        return held.vector.get(held.device, 0) - self._sealed(held)

    def _sealed(self, space: Space) -> int:
        last = self._chains.last(space, space.device)
        return last.counter if last else 0

    def case_key(self, key_id: bytes) -> CaseKey | None:
        return self._journal.keys.find(key_id)

    def case_keys(self, key_ids: Iterable[bytes]) -> Mapping[bytes, CaseKey]:
        return self._journal.keys.all(key_ids)

    def case_keys_to_share(self, space: str) -> Sequence[CaseKey]:
        return self._journal.keys.to_share(self._space(space))

    def shared_case_keys(self, space: str) -> Sequence[CaseKey]:
        return self._journal.keys.shared(self._space(space))

    def mark_case_keys_shared(self, keys: Iterable[CaseKey]) -> None:
        self._journal.keys.mark_shared(keys)

    def put_case_keys(self, space: str, keys: Iterable[CaseKey]) -> None:
        self._journal.keys.put(self._space(space), keys)

    def take(
        self, operation: Operation, parcel: Parcel, blobs: Sequence[BlobRef], uncounted: Collection[Dot] = ()
    ) -> bool:
        return self._journal.take(operation, parcel, blobs, uncounted)

    def unsent_reads(self, space: str, most: int) -> Sequence[Parcel]:
        return self._reads(space).unsent(most)

    def count_reads(self, space: str, count: int) -> None:
        self._reads(space).advance(count)

    def take_reads(self, space: str, device: bytes, entries: Iterable[tuple[int, ReadEntry]]) -> None:
        self._reads(space).take(device, entries)

    def _reads(self, space: str) -> Reads:
        self._journal.flush()
        return Reads(self._connection, self._journal.keys, self._space(space))

    def skip(self, space: str, device: bytes, counter: int) -> None:
        self._journal.skip(space, device, counter)

    def take_back(self, space: str, device: bytes, seq: int) -> Sequence[Operation]:
        return Retaking(self._journal, self._chains).take_back(self._space(space), device, seq)

    def reissue(self, operations: Sequence[Operation]) -> None:
        Retaking(self._journal, self._chains).reissue(operations)

    def lying(self, space: str, subjects: Collection[bytes]) -> frozenset[bytes]:
        return self._erasing.lying(space, subjects)

    def erase(self, subject: bytes, space: str = "") -> None:
        self._erasing.erase(subject, space)

    def erased(self) -> frozenset[bytes]:
        return self._journal.keys.erased

    def blobs_to_share(self, space: str) -> Sequence[tuple[BlobRef, bytes]]:
        return blobs.to_share(self._connection, self._space(space))

    def blobs_wanted(self, space: str) -> Sequence[BlobRef]:
        return blobs.wanted(self._connection, self._space(space))

    def remember_blobs(self, space: str, subject: bytes, refs: Iterable[BlobRef]) -> None:
        blobs.remember(self._connection, refs, self._space(space), subject)

    def put_blob(self, space: str, ref: BlobRef, sealed: bytes) -> None:
        blobs.put(self._connection, self._space(space), ref, sealed)

    def mark_blob_shared(self, blob: bytes) -> None:
        blobs.mark_shared(self._connection, blob)

    def state(self, space: str) -> bytes:
        self._journal.flush()
        return state.state(self._connection, self._space(space).num)

    def hold(self, item: Held) -> None:
        keys = ["space", "name", "counter"]
        values = item._asdict()
        replaced = {name: value for name, value in values.items() if name not in keys}
        statement = insert(_HELD).values(**values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=replaced))

    def release(self, space: str, name: str, counter: int = 0) -> None:
        column = _HELD.c
        here = (column.space == space) & (column.name == name) & (column.counter == counter)
        self._connection.execute(_HELD.delete().where(here))

    def held(self) -> Sequence[Held]:
        return list(map(Held._make, tuples(self._connection, _ALL_HELD)))

    def clock(self) -> int:
        return max(space.clock for space in self._spaces)

    def local(self, key: str) -> str | None:
        return LocalRows(self._connection).local(key)

    def set_local(self, key: str, value: str) -> None:
        put_local(self._connection, key, value)

    def writer(self, author: Author) -> StoreWriter:
        return StoreWriter(self._journal, author)

    def entities_in(self, spaces: Collection[str], kind: Kind) -> Sequence[str]:
        self._journal.flush()
        numbers = [space.num for space in self._spaces if space.id in spaces]
        wanted = select(_REC.entity).where(_REC.kind == kind.value, _REC.space.in_(numbers))
        return list(self._connection.scalars(wanted.order_by(_REC.created, _REC.entity)))

    def count_conflicted(self) -> int:
        self._journal.flush()
        return int(next(tuples(self._connection, _CONFLICTED, (Standing.OUT.value,)))[0])

    def space_of(self, kind: Kind, entity: str) -> str | None:
        number = self._journal.fold.space(kind, entity)
        return None if number is None else self._spaces.numbered(number).id

    def entity_for(self, space: str, kind: Kind, extern_id: str) -> str:
        return entity_id(self._space(space), kind, extern_id)

    def write_in(self, space: str, author: Author, kind: Kind, entity: str, values: Values) -> None:
        if self.space_of(kind, entity) not in (None, self._space(space).id):
            raise ValueError("it lives in another space")
        registers = self._journal.registers(kind, entity)
        found = []
        for name, value in values.items():
            register = registers.get(name)
            if register is None or all(version.value != value for version in register.versions):
                found.append(Change(*name, value))
        if found:
            self._journal.append(author, kind, entity, tuple(found), into=space)

    @property
    def changes(self) -> Changes:
        return Changes(frozenset(self._journal.touched))

    def _space(self, space: str) -> Space:
        held = self._spaces.get(space)
        if held is None:
            raise DecodingError("another space")
        return held
