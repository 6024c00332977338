"""The read log (NEN 7513): append-only, chained over the hashes of its entries.

An entry's hash covers its content with a salt inside. Statutory erasure can take the content and leave hash and
chain, so that what remains still verifies and nobody can guess what was there.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import astuple

import msgpack
from sqlalchemy import Connection, select

from bren_desktop.services.rows import ReadEntry
from bren_desktop.storage import schema

_LOG = schema.read_log.c
_START = bytes(32)


def append(connection: Connection, entries: Iterable[ReadEntry]) -> None:
    """Add `entries` at the end of the chain."""
    chain = connection.scalar(select(_LOG.chain).order_by(_LOG.seq.desc()).limit(1)) or _START
    rows = []
    for entry in entries:
        content = msgpack.packb([secrets.token_bytes(16), *astuple(entry)])
        digest = hashlib.sha256(content).digest()
        chain = _link(chain, digest)
        rows.append({"entity": entry.entity, "content": content, "digest": digest, "chain": chain})
    if rows:
        connection.execute(schema.read_log.insert(), rows)


def entries(connection: Connection, entity: str, limit: int) -> Sequence[ReadEntry]:
    """The newest entries about `entity` (all entries where it is empty); erased ones are left out."""
    wanted = select(_LOG.content).where(_LOG.content.is_not(None)).order_by(_LOG.seq.desc()).limit(limit)
    if entity:
        wanted = wanted.where(_LOG.entity == entity)
    return [ReadEntry(*msgpack.unpackb(content)[1:]) for content in connection.scalars(wanted)]


def is_whole(connection: Connection) -> bool:
    """Whether every entry still has its hash and its place in the chain."""
    chain = _START
    for row in connection.execute(schema.read_log.select().order_by(_LOG.seq)):
        chain = _link(chain, row.digest)
        if row.chain != chain or (row.content is not None and hashlib.sha256(row.content).digest() != row.digest):
            return False
    return True


def _link(chain: bytes, digest: bytes) -> bytes:
    return hashlib.sha256(chain + digest).digest()
