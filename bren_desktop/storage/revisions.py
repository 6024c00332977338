"""Which revision a file has, told by SQL alone: Alembic is loaded only where there is something to upgrade."""

from __future__ import annotations

from sqlalchemy import Connection

from bren_desktop.errors import DamagedStoreError, NewerStoreError
from bren_desktop.storage import schema


def current(connection: Connection) -> str:
    """The revision of the file behind `connection`. Raises DamagedStoreError for a database that is no store."""
    made = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first() if made else None
    if row is None:
        raise DamagedStoreError
    return str(row[0])


def is_older(revision: str) -> bool:
    """Whether `revision` has to be upgraded. Raises NewerStoreError for one that this program does not know."""
    if revision not in schema.REVISIONS:
        raise NewerStoreError
    return revision != schema.HEAD
