"""Rehearses an upgrade in memory: shows that Alembic and the upgrade scripts came along with the program."""

from __future__ import annotations

from pathlib import Path

from bren_desktop.storage import revisions, schema
from bren_desktop.storage.engine import KEY_BYTES, connect, make_engine, transaction


def succeeds(scripts: Path | None = None) -> bool:
    """Whether an empty file can be brought to the newest revision on this machine."""
    try:
        from alembic.util import CommandError

        from bren_desktop.storage import migrate
    except ImportError:
        return False
    engine = make_engine(lambda: connect(Path(":memory:"), bytes(KEY_BYTES)))
    try:
        with transaction(engine, "BEGIN IMMEDIATE") as connection:
            migrate.upgrade(connection, schema.HEAD, scripts)
            return revisions.current(connection) == schema.HEAD
    except (CommandError, ImportError):
        return False
    finally:
        engine.dispose()
