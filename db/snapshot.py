"""Writes `db/schema.sql`, the tables as the program creates them; `--check` only compares. Run it from the checkout."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from sqlalchemy import Connection

from bren_desktop.storage import schema
from bren_desktop.storage.engine import KEY_BYTES, connect, make_engine, transaction

TARGET = Path(__file__).with_name("schema.sql")
_OURS = """
SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
AND name NOT GLOB 'search_*_*' ORDER BY type = 'trigger', tbl_name, type = 'index', name
"""


def tables(connection: Connection) -> str:
    """Every table, index and trigger of an open file, in a fixed order and with one space where there is any."""
    return "".join(f"{_tidy(sql)};\n" for sql in connection.exec_driver_sql(_OURS).scalars())


def _tidy(sql: str) -> str:
    return re.sub(r"(?<=\() | (?=\))", "", re.sub(r"\s+", " ", sql)).strip()


def created() -> str:
    """The tables of a new store."""
    engine = make_engine(lambda: connect(Path(":memory:"), bytes(KEY_BYTES)))
    try:
        with transaction(engine, "BEGIN") as connection:
            schema.create(connection)
            return tables(connection)
    finally:
        engine.dispose()


def main(arguments: list[str]) -> int:
    """Write or compare; 1 where `--check` finds a difference."""
    if "--check" in arguments:
        return int(TARGET.read_text("utf-8") != created())
    TARGET.write_text(created(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
