"""A number that grows with every change, so that caches know what to read again."""

from __future__ import annotations

from sqlalchemy import Connection

_NEWEST = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'op'), 0)"
_REWRITTEN = "SELECT coalesce((SELECT value FROM setting WHERE key = 'store/rewritten'), 0)"
_MOVE = "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'op'"
_NOTE = "INSERT OR REPLACE INTO setting (key, value) VALUES ('store/rewritten', ?)"


def newest(connection: Connection) -> int:
    """The number of today: that of the last row the log ever had, or of the last time that rows went."""
    return int(connection.exec_driver_sql(_NEWEST).scalar_one())


def last_rewritten(connection: Connection) -> int:
    """The number as it was when operations last went or counted anew: anything may have changed then."""
    return int(connection.exec_driver_sql(_REWRITTEN).scalar_one())


def rewritten(connection: Connection) -> None:
    """Note that operations went, or count anew. Their row numbers are never used again."""
    connection.exec_driver_sql(_MOVE)
    connection.exec_driver_sql(_NOTE, (newest(connection),))
