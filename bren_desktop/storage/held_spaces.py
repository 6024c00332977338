"""The spaces with their secrets, as sync keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection

from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing
from bren_desktop.storage import schema
from bren_desktop.storage.engine import tuples

_SPACE = schema.space
_NAMES = tuple(field.name for field in fields(HeldSpace))
_ALL = f"SELECT {', '.join(_NAMES)} FROM space ORDER BY num"  # noqa: S608


def all_held(connection: Connection) -> Sequence[HeldSpace]:
    """Every space, in the order in which it came."""
    return [_held(dict(zip(_NAMES, row, strict=True))) for row in tuples(connection, _ALL, ())]


def _held(values: dict[str, Any]) -> HeldSpace:
    kinds = {
        "kind": SpaceKind(values["kind"]),
        "standing": Standing(values["standing"]),
        "home": bool(values["home"]),
    }
    return HeldSpace(**{**values, **kinds})


def put(connection: Connection, space: HeldSpace) -> None:
    """Keep or replace a space by its id. The last one that is put as home is the home of its kind."""
    values = {name: getattr(space, name) for name in _NAMES}
    values.update(home=int(space.home))
    if space.home:
        connection.execute(_SPACE.update().where(_SPACE.c.kind == space.kind).values(home=0))
    here = _SPACE.c.id == space.id
    if not connection.execute(_SPACE.update().where(here).values(**values)).rowcount:
        connection.execute(_SPACE.insert().values(**values, clock=0, loose=0))
