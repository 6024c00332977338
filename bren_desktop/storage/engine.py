"""Connections: the key first, then the settings that make a store safe, then SQLAlchemy's plain SQLite dialect.

The pool hands out the connection that was used last. SQLite drops the page cache of a connection once another one has
written, so this keeps the cache (and with it the search index) warm when reads and writes follow each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, QueuePool, make_url
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import LRUCache

KEY_BYTES = 32
CACHE_KIB = 48 * 1024
"""At most, and filled only by pages that were read; decision 25 measured what a small cache costs."""
CHECKPOINT_PAGES = 4000
"""A commit that moves the journal into the file takes ten times as long: let it be one in a hundred, not in twenty."""
_PARALLEL = 4
_PATIENCE_MS = 10_000
_PRAGMAS = (
    "journal_mode = wal",
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    f"busy_timeout = {_PATIENCE_MS}",
    "journal_size_limit = 67108864",
    f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
    f"cache_size = -{CACHE_KIB}",
)

DIALECT = SQLiteDialect_pysqlite(dbapi=sqlcipher3.dbapi2)
_COMPILED = LRUCache[Any, Any](1000)


def connect(path: Path, key: bytes) -> Any:
    """A driver connection to `path` under the raw `key`, without automatic transactions."""
    if len(key) != KEY_BYTES:
        raise ValueError("a raw key of 32 bytes is needed")
    connection = sqlcipher3.dbapi2.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def make_engine(opener: Callable[[], Any]) -> Engine:
    """An engine over connections from `opener`. The URL names nothing, so no key or path can leak from it.

    All engines of a process share what was compiled; the dialect has nothing to ask of a connection first.
    """
    pool = QueuePool(
        opener, pool_size=_PARALLEL, max_overflow=_PARALLEL, use_lifo=True, reset_on_return=None, dialect=DIALECT
    )
    return Engine(pool, DIALECT, make_url("sqlite://"), execution_options={"compiled_cache": _COMPILED})


@contextmanager
def transaction(engine: Engine, begin: str) -> Iterator[Connection]:
    """One transaction started by `begin` (`BEGIN` or `BEGIN IMMEDIATE`), committed only when the block ends well.

    The driver is asked itself, which costs half; SQLAlchemy is told of it for Alembic, which else commits on its own.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        connection.begin()
        try:
            driver.execute(begin)
            yield connection
            driver.execute("COMMIT")
        finally:
            if driver.in_transaction:
                driver.execute("ROLLBACK")


def empty_journal(engine: Engine) -> bool:
    """Move the journal of the file into it whole and cut it to nothing. False, at once, where somebody reads it."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
        try:
            return not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        except DBAPIError:
            return False
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE_MS}")


def tuples(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """Rows as the driver gives them: SQLAlchemy's cost a microsecond more each, and its statements twenty."""
    driver: Any = connection.connection.dbapi_connection
    return cast("Iterator[tuple[Any, ...]]", driver.execute(sql, parameters))
