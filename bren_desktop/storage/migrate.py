"""Bringing an older file to the newest tables, with Alembic. The only module that imports it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bren_desktop import bundled


def upgrade(connection: Connection, revision: str, scripts: Path | None = None) -> None:
    """Upgrade the file behind `connection` to `revision`, inside its transaction."""
    config = Config()
    config.set_main_option("script_location", str(scripts or bundled.folder("db")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
