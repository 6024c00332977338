"""How many fields of a case, and of what hangs below it, stand in two versions."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

_PARENTS = "SELECT parent FROM child WHERE entity = ?"
_ANY = "SELECT EXISTS (SELECT 1 FROM rec WHERE conflicts > 0)"
_RECOUNT = """
UPDATE case_row SET conflicts = (SELECT conflicts FROM rec WHERE id = case_row.rec) + (
    SELECT coalesce(sum(r.conflicts), 0) FROM child c JOIN rec r ON r.kind = c.kind AND r.entity = c.entity
    WHERE c.parent = case_row.entity
) WHERE rec = (SELECT id FROM rec WHERE kind = 'casus' AND entity = ?)
"""


def parents(connection: Connection, entities: Iterable[str]) -> set[str]:
    """What these entities hang below."""
    return {parent for entity in entities for parent in connection.exec_driver_sql(_PARENTS, (entity,)).scalars()}


def recount(connection: Connection, changed: Collection[str], written: Collection[str]) -> None:
    """Count anew for cases of which something below `changed`, and for those just `written`."""
    cases = {*changed, *written} if written and connection.exec_driver_sql(_ANY).scalar() else set(changed)
    if cases:
        connection.exec_driver_sql(_RECOUNT, [(case,) for case in sorted(cases)])
