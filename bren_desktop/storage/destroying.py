"""What takes operations and records away for good: taking back, erasing a case, leaving a space.

The log is append-only but for rows that are listed in `retired` within the transaction that deletes them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, delete, func, select

from bren_desktop.storage import schema
from bren_desktop.storage.spaces import Space, Spaces

_OP, _LOG, _DRAFT = schema.op.c, schema.read_log.c, schema.draft.c
_ID = re.compile(r"(?<![a-z2-7])[a-z2-7]{26}(?![a-z2-7])")


def retire(connection: Connection, rows: Iterable[int]) -> None:
    """Delete rows of the log by their number, and what was noted about them."""
    numbers = [(row,) for row in rows]
    if not numbers:
        return
    connection.exec_driver_sql("INSERT INTO retired (seq) VALUES (?)", numbers)
    connection.exec_driver_sql(
        "DELETE FROM uncounted WHERE (device, counter) IN (SELECT device, counter FROM op JOIN retired USING (seq))"
    )
    connection.exec_driver_sql("DELETE FROM op WHERE seq IN (SELECT seq FROM retired)")
    connection.exec_driver_sql("DELETE FROM retired")


def keep_places(connection: Connection, spaces: Spaces, some: Iterable[Space], subject: bytes) -> None:
    """Remember which numbers of our own in some spaces, not sealed yet, an erased case took: a chain has no gap."""
    for space in some:
        number = spaces.known_number(space, space.device)
        sealed = select(func.max(schema.link.c.counter)).where(schema.link.c.device == number)
        last = connection.scalar(sealed) or 0
        rows = connection.scalars(
            select(_OP.counter).where(_OP.subject == subject, _OP.device == number, _OP.counter > last)
        )
        for counter in list(rows):
            values = {"device": number, "counter": counter, "subject": subject}
            connection.execute(schema.gap.insert().values(**values))


def forget_keys(connection: Connection, subject: bytes, spaces: Sequence[int]) -> None:
    """Delete the keys of a case in these spaces."""
    here = schema.case_key.c.subject == subject, schema.case_key.c.space.in_(spaces)
    connection.execute(delete(schema.case_key).where(*here))


def forget_files(connection: Connection, digests: Sequence[str]) -> None:
    """Delete attachments that nothing refers to any more."""
    for digest in digests:
        used = select(schema.blob.c.blob).where(schema.blob.c.digest == digest)
        if connection.scalar(used) is None:
            connection.execute(delete(schema.attachment).where(schema.attachment.c.digest == digest))


def forget_traces(connection: Connection, entities: Collection[str]) -> None:
    """Delete drafts about these records, and what the read log says of them; its chain of hashes stays."""
    gone = set(entities)
    for draft in connection.execute(schema.draft.select()).all():
        if gone.intersection(_ID.findall(f"{draft.key} {draft.body}")):
            connection.execute(delete(schema.draft).where(_DRAFT.key == draft.key))
    read = connection.scalars(select(_LOG.entity).distinct()).all()
    told = [(entity,) for entity in read if entity in gone]
    if told:
        connection.exec_driver_sql("UPDATE read_log SET content = NULL WHERE entity = ?", told)


def optimize(connection: Connection) -> None:
    """Merge the search indexes whole, so that words of deleted texts are gone from them."""
    for index in schema.INDEXES:
        connection.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608


def forget_space(connection: Connection, space: Space) -> None:
    """Delete everything that belongs to a space but its records and operations."""
    devices = select(schema.vector.c.num).where(schema.vector.c.space == space.num)
    for table in (schema.link, schema.gap):
        connection.execute(delete(table).where(table.c.device.in_(devices)))
    for table in (schema.vector, schema.case_key, schema.epoch_key, schema.blob):
        connection.execute(delete(table).where(table.c.space == space.num))
    connection.execute(delete(schema.held).where(schema.held.c.space == space.id))
    connection.execute(delete(schema.space).where(schema.space.c.num == space.num))
