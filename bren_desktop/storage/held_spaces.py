"""The spaces with their secrets, as sync keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection

from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing
from bren_desktop.storage import schema

_SPACE = schema.space
_NAMES = tuple(field.name for field in fields(HeldSpace))


def all_held(connection: Connection) -> Sequence[HeldSpace]:
    """Every space, in the order in which it came."""
    return [_held(row) for row in connection.execute(_SPACE.select().order_by(_SPACE.c.num))]


def _held(row: Any) -> HeldSpace:
    values = {name: getattr(row, name) for name in _NAMES}
    kinds = {"kind": SpaceKind(row.kind), "standing": Standing(row.standing), "home": bool(row.home)}
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
