"""Who may write what, as every laptop judges it when a colleague's operation comes in.

Frozen per schema: laptops of all versions must judge alike, for ever, so a later rule is a new schema beside the old
one (docs/formats.md shows the table). `domain/rights.py` says what the program offers today; it never offers more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind

SCHEMA = 2
"""The schema that this version writes."""

_CHAIR = frozenset({Role.VOORZITTER, Role.PLAATSVERVANGER})
_OFFICE = _CHAIR | {Role.SECRETARIS}
_EDITORS = _OFFICE | {Role.PROCESREGISSEUR}
_DESK = _EDITORS | {Role.PRIVACY}
_READERS = _DESK | {Role.LID}


@dataclass(frozen=True, slots=True)
class _Table:
    """The roles per kind; fields that need more than their kind; `unknown` for kinds of a newer version."""

    kinds: Mapping[str, frozenset[Role]]
    fields: Mapping[tuple[str, str], frozenset[Role]]
    unknown: frozenset[Role] = _EDITORS


_TABLES: dict[int, _Table] = {
    1: _Table(
        kinds={
            Kind.CASE: _EDITORS,
            Kind.CONSENT: _EDITORS,
            Kind.CONTACT: _EDITORS,
            Kind.CONSULT: _EDITORS,
            Kind.DOCUMENT: _EDITORS,
            Kind.PERSON: _EDITORS,
            Kind.ORGANISATION: _EDITORS,
            Kind.EXPERT: _OFFICE,
            Kind.TEAM: _OFFICE,
        },
        fields={
            (Kind.DOCUMENT, "vrijgegeven_door"): _OFFICE,
            (Kind.TEAM, "secretaris_geeft_vrij"): _CHAIR,
        },
    )
}
_TABLES[2] = _Table(
    kinds={
        **_TABLES[1].kinds,
        Kind.TRANSITION: _EDITORS,
        Kind.DISCUSSION: _EDITORS,
        Kind.ADVICE: _EDITORS,
        Kind.FOLLOW_UP: _EDITORS,
        Kind.BRIDGE: _EDITORS,
        Kind.DEPLOYMENT: _EDITORS,
        Kind.ESCALATION: _EDITORS,
        Kind.FUTURE_PLAN: _EDITORS,
        Kind.CLOSING: _EDITORS,
        Kind.LESSON: _EDITORS,
        Kind.DISCLOSURE: _EDITORS,
        Kind.SNOOZE: _EDITORS,
        Kind.STAND_IN: _EDITORS,
        Kind.LINK: _EDITORS,
        Kind.ATTACHMENT: _EDITORS,
        Kind.REQUEST: _DESK,
        Kind.STATEMENT: _DESK,
        Kind.EMERGENCY_ACCESS: _READERS,
        Kind.CONCEPT: _CHAIR,
        Kind.WEIGHING: _CHAIR,
    },
    fields={
        **_TABLES[1].fields,
        (Kind.CASE, "toegewezen"): _OFFICE,
        (Kind.TEAM, "alleen_toegewezen"): _CHAIR,
        (Kind.TRANSITION, "besluit"): _CHAIR,
        (Kind.ADVICE, "vrijgegeven_op"): _CHAIR,
        (Kind.ADVICE, "vrijgegeven_door"): _CHAIR,
        (Kind.ADVICE, "vrijgegeven_stempel"): _CHAIR,
        (Kind.EMERGENCY_ACCESS, "beoordeeld_op"): _CHAIR | {Role.PRIVACY},
        (Kind.EMERGENCY_ACCESS, "beoordeeld_door"): _CHAIR | {Role.PRIVACY},
        (Kind.EMERGENCY_ACCESS, "oordeel"): _CHAIR | {Role.PRIVACY},
    },
)
SCHEMAS = frozenset(_TABLES)
"""The schemas that this version can judge; what says another one is held."""


def may_change(role: str, kind: str, fields: Iterable[str], schema: int = SCHEMA) -> bool:
    """Whether someone with `role` may change these fields of an entity of `kind`, by the table of `schema`.

    A role that is not known may change nothing; a field that is not known goes with its kind.
    """
    table = _TABLES[schema]
    needed = [table.kinds.get(kind, table.unknown), *(table.fields.get((kind, name)) for name in fields)]
    return all(roles is None or role in roles for roles in needed)


def withheld(role: str, kind: str, fields: Iterable[str]) -> frozenset[str]:
    """Those of these fields that someone with `role` may not change, of a kind that he may."""
    return frozenset(name for name in fields if not may_change(role, kind, (name,)))
