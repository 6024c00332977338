"""Is the store whole? Recomputing what is derived, comparing, and making verified copies."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgpack
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DatabaseError

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import DamagedStoreError
from bren_desktop.oplog.operations import Operation
from bren_desktop.oplog.registers import gathered, unpack
from bren_desktop.storage import log, schema
from bren_desktop.storage.case_keys import CaseKeys
from bren_desktop.storage.derived import digest
from bren_desktop.storage.fold import Fold, removable
from bren_desktop.storage.parcels import COLUMNS, Opener
from bren_desktop.storage.spaces import Spaces

_OP, _REC = schema.op.c, schema.rec.c
_KNOWN = {kind.value for kind in Kind}
_AT_ONCE = 500
_TRUTH = (
    *("op", "uncounted", "gap", "attachment", "blob", "read_log", "setting", "draft", "series"),
    *("space", "vector", "link", "case_key", "new_case_key", "epoch_key", "held", "erased"),
)
_Kinds = dict[str, tuple[Any, list[Operation]]]
"""By kind: the first row and all operations of one entity id."""


def rebuild(connection: Connection) -> None:
    """Empty every derived table and fold all operations again, entity by entity in the order in which they came."""
    for table in schema.DERIVED:
        connection.execute(table.delete())
    for index in schema.INDEXES:
        connection.exec_driver_sql(f"DELETE FROM {index}")  # noqa: S608
    spaces, fold = Spaces(connection), Fold(connection)
    for kind, entity, first, operations in _entities(connection):
        fold.replace(kind, entity, operations, spaces.numbered(first.space), first.subject)
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


def _entities(connection: Connection) -> Iterator[tuple[Kind, str, Any, list[Operation]]]:
    """Every entity of a known kind with its first row and all its operations in the log, oldest first."""
    opener = Opener(connection, CaseKeys(connection))
    names = list(connection.scalars(select(_OP.entity).group_by(_OP.entity).order_by(func.min(_OP.seq))))
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        found = _by_entity(connection, opener, some)
        for entity in some:
            for kind in sorted(_KNOWN.intersection(found[entity])):
                yield Kind(kind), entity, *found[entity][kind]


def _by_entity(connection: Connection, opener: Opener, entities: Sequence[str]) -> Mapping[str, _Kinds]:
    wanted = select(*COLUMNS, _OP.entity, schema.vector.c.space).join(schema.vector, schema.vector.c.num == _OP.device)
    found: defaultdict[str, _Kinds] = defaultdict(dict)
    for row in connection.execute(wanted.where(_OP.entity.in_(entities)).order_by(_OP.seq)):
        operation = opener.counted(row)
        found[row.entity].setdefault(operation.kind, (row, []))[1].append(operation)
    return found


def _differing(connection: Connection) -> Iterator[tuple[str, str]]:
    """The entities whose registers are not what their operations give."""
    spaces = Spaces(connection)
    kept = {(row.kind, row.entity): row.id for row in connection.execute(select(_REC.kind, _REC.entity, _REC.id))}
    for kind, entity, first, operations in _entities(connection):
        number = kept.pop((kind.value, entity), None)
        row = connection.execute(select(_REC.digest, _REC.registers).where(_REC.id == number)).first()
        made = digest(kind, entity, gathered(operations, removable, spaces.numbered(first.space).vector))
        if row is None or not made == row.digest == digest(kind, entity, unpack(row.registers)):
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
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in sorted(tables.intersection(_TRUTH)):
        total.update(table.encode())
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608
            total.update(msgpack.packb(row))
    return total.hexdigest()
