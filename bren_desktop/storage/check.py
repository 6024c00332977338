"""Is the store whole? Recomputing what is derived, comparing, and making verified copies."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import msgpack
from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import DamagedStoreError
from bren_desktop.oplog.operations import decode
from bren_desktop.oplog.registers import Registers, pack
from bren_desktop.storage import log, schema
from bren_desktop.storage.fold import Fold, merge_into
from bren_desktop.storage.spaces import Spaces

_OP, _REC = schema.op.c, schema.rec.c


def state_hash(connection: Connection) -> str:
    """A hash over all registers in a fixed order."""
    total = hashlib.sha256()
    rows = connection.execute(select(_REC.kind, _REC.entity, _REC.registers).order_by(_REC.kind, _REC.entity))
    for kind, entity, registers in rows:
        total.update(hashlib.sha256(f"{kind}/{entity}/".encode() + registers).digest())
    return total.hexdigest()


def rebuild(connection: Connection) -> None:
    """Empty every derived table and fold all operations again, in the order in which they came."""
    for table in schema.DERIVED:
        connection.execute(table.delete())
    for index in schema.INDEXES:
        connection.exec_driver_sql(f"DELETE FROM {index}")  # noqa: S608
    spaces = Spaces.load(connection)
    spaces.vector.clear()
    fold = Fold(connection, spaces)
    for body in connection.execution_options(stream_results=True).scalars(select(_OP.body).order_by(_OP.seq)):
        fold.fold(decode(body))
        if fold.full:
            fold.flush()
    fold.flush()


def problems(connection: Connection) -> list[str]:
    """What is wrong, in sentences without content."""
    if not _says(connection, "cipher_integrity_check", []):
        return ["Delen van het gegevensbestand zijn beschadigd: de controlegetallen kloppen niet."]
    if not _says(connection, "quick_check", ["ok"]):
        return ["De opbouw van het gegevensbestand klopt niet."]
    found = []
    wrong = sum(1 for _ in _differing(connection))
    if wrong:
        found.append(f"Van {wrong} gegevens wijkt de stand af van de vastgelegde wijzigingen. Bouw het overzicht op.")
    if not log.is_whole(connection):
        found.append("Het logboek van inzage is niet meer volledig.")
    return found


def _says(connection: Connection, check: str, good: list[str]) -> bool:
    try:
        return list(connection.exec_driver_sql(f"PRAGMA {check}").scalars()) == good
    except DatabaseError:
        return False


class _Seen(Mapping[bytes, int]):
    """The vector as it stood before one operation, looked up only where a merge asks for it."""

    def __init__(self, history: Mapping[bytes, list[tuple[int, int]]]) -> None:
        self._history = history
        self.before = 0

    def __getitem__(self, device: bytes) -> int:
        rows = self._history.get(device, [])
        place = bisect_left(rows, (self.before, 0))
        return rows[place - 1][1] if place else 0

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._history)

    def __len__(self) -> int:
        return len(self._history)


def _seen(connection: Connection) -> _Seen:
    devices = {row.num: row.device for row in connection.execute(schema.vector.select())}
    history: defaultdict[bytes, list[tuple[int, int]]] = defaultdict(list)
    for seq, device, counter in connection.execute(select(_OP.seq, _OP.device, _OP.counter).order_by(_OP.seq)):
        history[devices[device]].append((seq, counter))
    return _Seen(history)


def _differing(connection: Connection) -> Iterator[tuple[str, str]]:
    """The entities whose registers are not what their operations give."""
    seen = _seen(connection)
    kept = {(row.kind, row.entity): row.id for row in connection.execute(select(_REC.kind, _REC.entity, _REC.id))}
    rows = connection.execute(select(_OP.entity, _OP.seq, _OP.body).order_by(_OP.entity, _OP.seq))
    for entity, operations in groupby(rows, key=lambda row: row.entity):
        made: dict[str, Registers] = {}
        for row in operations:
            seen.before = row.seq
            operation = decode(row.body)
            if operation.kind in list(Kind):
                merge_into(made.setdefault(operation.kind, {}), operation, seen)
        for kind, registers in made.items():
            number = kept.pop((kind, entity), None)
            if connection.scalar(select(_REC.registers).where(_REC.id == number)) != pack(registers):
                yield kind, entity
    yield from kept


def copy(source: Callable[[], Any], target: Callable[[Path], Any], path: Path) -> None:
    """An encrypted copy at `path`, which appears only once it was reopened and found equal."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    original = source()
    try:
        _fill(original, target, part)
        _compare(original, target, part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        original.close()
    part.replace(path)


def _fill(original: Any, target: Callable[[Path], Any], part: Path) -> None:
    copied = target(part)
    try:
        original.backup(copied)
        copied.execute("PRAGMA journal_mode = delete")
    finally:
        copied.close()


def _compare(original: Any, target: Callable[[Path], Any], part: Path) -> None:
    copied = target(part)
    try:
        if copied.execute("PRAGMA cipher_integrity_check").fetchall():
            raise DamagedStoreError
        if _content(copied) != _content(original):
            raise DamagedStoreError
        copied.execute("PRAGMA journal_mode = delete")
    finally:
        copied.close()


def _content(connection: Any) -> str:
    total = hashlib.sha256()
    for table in ("op", "attachment", "read_log", "setting", "draft", "space", "vector"):
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608
            total.update(msgpack.packb(row))
    return total.hexdigest()
