"""A store whose disk gives up at a chosen statement, as SQLite tells it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

import sqlcipher3.dbapi2
from sqlcipher3.dbapi2 import Connection, Cursor, OperationalError

_FULL, _IOERR = 13, 10
_READING = ("SELECT", "WITH", "PRAGMA", "BEGIN")


@dataclass
class DiskPlan:
    """The `first` statement fails while this is armed: before it is run or after; reading and committing count too."""

    first: int
    after: bool = False
    armed: bool = False
    seen: int = 0
    failed: str = ""
    """The statement that failed."""

    def run(self, sql: str, act: Any) -> Any:
        if not self.armed or sql == "ROLLBACK":
            return act()
        self.seen += 1
        fails = self.seen == self.first
        done = act() if self.after or not fails else None
        if fails:
            self.failed = sql
            raise _error(sql)
        return done


def _error(sql: str) -> OperationalError:
    """What SQLite says there: reading fails for the disk, writing for want of room."""
    is_reading = sql.lstrip().upper().startswith(_READING)
    error = OperationalError("disk I/O error" if is_reading else "database or disk is full")
    error.sqlite_errorcode = _IOERR if is_reading else _FULL
    return error


@contextmanager
def disk(plan: DiskPlan) -> Iterator[None]:
    """Every store that is opened within follows the plan."""

    class PlannedCursor(Cursor):  # type: ignore[misc]
        def execute(self, sql: str, *values: Any) -> Any:
            return plan.run(sql, functools.partial(super().execute, sql, *values))

        def executemany(self, sql: str, *values: Any) -> Any:
            return plan.run(sql, functools.partial(super().executemany, sql, *values))

    class PlannedConnection(Connection):  # type: ignore[misc]
        def cursor(self) -> Any:
            return super().cursor(PlannedCursor)

        def execute(self, sql: str, *values: Any) -> Any:
            return self.cursor().execute(sql, *values)

    connect = functools.partial(sqlcipher3.dbapi2.connect, factory=PlannedConnection)
    with mock.patch.object(sqlcipher3.dbapi2, "connect", connect):
        yield
